"""The screen read from the mat."""
