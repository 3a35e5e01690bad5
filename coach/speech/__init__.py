"""Text in, `Clip`s out."""
