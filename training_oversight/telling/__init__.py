"""What people without an account tell the county, and what they hear of it."""
