"""The ports of hearing: ears, the recognition engine inside them, and an engine's thresholds."""
