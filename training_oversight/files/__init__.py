"""Evidence by content hash: written, checked, re-encoded, sent; no address of its own."""
