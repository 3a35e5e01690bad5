"""Clips and a timeline in, blocks of samples out."""
