"""Run a session with a simulated exerciser in a simulated room."""
