"""A block out, a block in: the sound devices, real or files."""
