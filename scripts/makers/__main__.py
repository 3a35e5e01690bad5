"""Run a maker by its name."""

import sys
from pathlib import Path

from scripts.named import run

if __name__ == "__main__":
    sys.exit(run("make", Path(__file__).parent, sys.argv[1:]))
