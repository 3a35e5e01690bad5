"""The parts of `scripts/bench_hearing`: utterances, scenes, trials, the report."""
