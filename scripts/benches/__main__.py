"""Run a bench by its name."""

import sys
from pathlib import Path

from scripts.named import run

if __name__ == "__main__":
    sys.exit(run("bench", Path(__file__).parent, sys.argv[1:]))
