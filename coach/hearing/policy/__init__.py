"""Decide whether what was heard counts."""
