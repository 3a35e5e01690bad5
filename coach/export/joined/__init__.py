"""MP3 files joined from passages that are encoded once and cached."""
