"""Makers: write files of the repository anew, the same on every run on one machine. `lines` only prints."""
