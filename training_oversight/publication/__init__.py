"""Approved, dated public lists, and the public site that shows nothing else."""
