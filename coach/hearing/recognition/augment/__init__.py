"""Test-time augmentation: other views of one word."""
