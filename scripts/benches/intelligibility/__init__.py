"""The bench of the voices' words: what is said, what was heard, and how the two differ."""
