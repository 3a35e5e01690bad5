"""What a session did: log entries, and the files they are written to."""
