"""Exercises, routines and the safety rules: values read and checked from TOML."""
