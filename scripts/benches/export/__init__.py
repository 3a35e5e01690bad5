"""The bench of exports: each part measures some rows of its table."""
