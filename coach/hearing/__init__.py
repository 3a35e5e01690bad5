"""Hearing: recognize spoken commands while the coach plays. README.md follows one block to a command."""
