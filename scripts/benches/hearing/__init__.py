"""The bench of hearing: utterances, scenes, trials, the report."""
