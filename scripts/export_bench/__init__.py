"""The parts of `scripts/bench_export`: each measures some rows of its table."""
