"""What families get back of what they paid in advance (退费), singly and after a sudden closing."""
