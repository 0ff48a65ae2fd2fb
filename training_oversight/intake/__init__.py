"""Lists of others on their way into the register: read, cleaned, judged, written, taken back."""
