"""Looking through an old ledger before it is imported (旧台账体检)."""
