"""Every paper with a number: drafted, approved by another, served, in force."""
