"""Test-time augmentation: other views of an unclear word."""
