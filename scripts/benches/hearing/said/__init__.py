"""What people say without having been told how, a file a scene: read by `natural.py`."""
