"""Recognize phrases in speech."""
