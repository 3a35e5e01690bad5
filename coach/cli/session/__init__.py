"""`run`, `rehearse` and `walk`."""
