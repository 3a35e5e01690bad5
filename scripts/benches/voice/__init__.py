"""The bench of the voices' speed, and the figures that are kept of each voice."""
