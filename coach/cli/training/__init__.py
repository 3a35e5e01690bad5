"""`profile`, `plan`, `history`, `progress` and `sources`."""
