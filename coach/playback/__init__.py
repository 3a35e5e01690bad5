"""Carry out the session's effects as blocks of sound."""
