"""Complaints: a call becomes one order with one owner, and an answer."""
