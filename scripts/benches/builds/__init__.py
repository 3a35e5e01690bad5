"""The bench of two builds: the same files from both, compared byte by byte."""
