"""Makers: each writes files of the repository anew, the same on every run."""
