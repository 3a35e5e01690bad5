"""A hands-free, voice-guided audio coach for a spine that is losing bone density."""

__version__ = "0.1.0"
