"""What developers run; the product does not need it."""
