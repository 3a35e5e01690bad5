"""Score phrases: prefix tree, rescoring, fusion of views, templates."""
