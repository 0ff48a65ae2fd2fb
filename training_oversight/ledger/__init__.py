"""The ledger (问题台账): every problem stays on it until it is verified and written off."""
