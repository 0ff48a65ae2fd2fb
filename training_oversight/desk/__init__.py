"""Pages across areas: what waits for me."""
