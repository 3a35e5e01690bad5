"""The acoustic models that come in wheels, each behind one file."""
