"""Two records of one institution: finding them, joining them, taking them apart again."""
