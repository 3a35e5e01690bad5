"""Cancel the coach's own echo."""
