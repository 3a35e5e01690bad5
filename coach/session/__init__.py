"""Commands and time in, effects and a `Record` out; and the one loop that carries them out."""
