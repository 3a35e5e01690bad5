"""The timeline: a routine as time-stamped cues. Plain values, no effects."""
