"""Export: a timeline as an audio file with chapters, tags and a proof."""
