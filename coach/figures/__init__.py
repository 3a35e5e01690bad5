"""Angles in, pictures out: SVG, the printable guide, a coarse drawing for the terminal, the cover of a file."""
