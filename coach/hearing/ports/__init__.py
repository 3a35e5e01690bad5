"""The ports of hearing: ears and recognition engines."""
