"""Keyword spotting: a small classifier that proposes when to look for a safety word."""
