"""Score phrases: prefix tree, rescoring, templates."""
