"""Sound: clips, the mixer, the limiter, loudness, WAV files, resampling."""
