"""Find where speech begins and ends."""
