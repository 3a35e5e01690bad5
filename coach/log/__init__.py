"""What a session did, as entries and as lines on the disk."""
