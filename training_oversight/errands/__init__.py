"""Long work that a person asked for: exports, big imports, batches of papers, geocoding."""
