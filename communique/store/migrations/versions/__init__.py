"""One module per step, in order of its number."""
