"""Loads: units of weight, names of bands, and weights as one answers them."""
