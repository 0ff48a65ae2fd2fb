"""Long work asked for by a person: it waits its turn, says how far it is, survives a restart."""
