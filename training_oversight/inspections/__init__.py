"""Inspection visits (现场检查) and what they find."""
