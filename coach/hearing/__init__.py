"""Microphone and played blocks in, `Heard` and then a `Command` out."""
