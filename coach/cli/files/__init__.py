"""`export`, `batch`, `verify` and `guide`."""
