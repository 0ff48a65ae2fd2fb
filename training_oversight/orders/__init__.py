"""Orders of the 12345 centre: its lists coming in, what is asked of it, and what goes back."""
