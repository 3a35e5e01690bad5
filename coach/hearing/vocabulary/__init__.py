"""The vocabulary: the commands, the phrases that mean them, and what phrases sound like."""
