"""Start the program. Ctrl-C is answered from here on, while the rest is still being loaded."""

import sys

INTERRUPTED = 130


def main() -> int:
    """Run the program; return its exit code."""
    try:
        from coach.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
