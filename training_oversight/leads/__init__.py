"""Leads: what somebody saw or heard, until a visit, a department or a reason answers it."""
