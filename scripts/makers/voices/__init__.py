"""The voices that teach the recognizers: what they are called, and a synthesizer that speaks with them."""
