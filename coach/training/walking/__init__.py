"""Walks in the history: how long, whether it hurt, and what that means for the next one."""
