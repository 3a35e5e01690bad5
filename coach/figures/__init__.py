"""Drawings of the exercises: SVG, the printable guide, the terminal, the cover of a file."""
