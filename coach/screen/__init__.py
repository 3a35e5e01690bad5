"""The screen read from the mat: a page on the loopback that follows the session and sends keys back."""
