"""Campaigns (专项行动): who is visited, by whom, and how far it is."""
