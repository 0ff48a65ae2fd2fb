"""Joint enforcement (联合执法): several departments, each under its own power."""
