"""Run a session in real time: the loop, and what only it knows."""
