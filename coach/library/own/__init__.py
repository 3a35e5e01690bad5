"""Exercises of one's own: where they lie, and how one begins."""
