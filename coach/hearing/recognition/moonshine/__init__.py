"""The Moonshine engine, its thresholds and its decisions."""
