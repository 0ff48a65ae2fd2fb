"""Every job and its hour; claims and catch-up."""
