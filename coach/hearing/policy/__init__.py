"""The policy: whether what was heard counts as a command."""
