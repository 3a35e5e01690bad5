"""How the history lies on the disk: opening it in any state, what its values must be, reading what is left of it."""
