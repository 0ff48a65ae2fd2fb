"""Training Oversight (校外培训监管台账): a county's ledger of off-campus training supervision."""
