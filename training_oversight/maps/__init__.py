"""Where the institutions are: the map, the nearest, positions set by hand and found by address."""
