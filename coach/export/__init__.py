"""A timeline in, an audio file out."""
