"""What of people must not be read by everybody who reads a record: sealed, looked at with a reason,
and found in what is typed freely."""
