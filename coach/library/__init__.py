"""TOML files in, checked `Exercise` and `Routine` values out."""
