"""The commands and the phrases that mean them."""
