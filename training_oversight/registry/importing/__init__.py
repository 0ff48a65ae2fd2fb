"""Counties' own lists on their way into the register, and the register as such a list."""
