"""The Vosk engine and its model."""
