"""Benches: each measures something, prints figures, and exits with 1 where a bound is missed."""
