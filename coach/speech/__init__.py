"""Speech synthesis: voices, their worker processes, and the cache of clips."""
