"""What each command and each answer does."""
