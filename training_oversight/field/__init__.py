"""The visit on the phone, with and without network: what is taken along, and what comes back."""
