"""Authorities, divisions, departments, officers, and what each may see and do."""
