"""What the county may edit: kinds, violation types, checklists, notice types, limits, calendar."""
