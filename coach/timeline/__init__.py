"""A routine in, a `Timeline` of time-stamped cues out: plain values, no effects."""
