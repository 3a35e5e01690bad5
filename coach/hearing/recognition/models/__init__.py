"""The models that ship in wheels, each behind one gate."""
