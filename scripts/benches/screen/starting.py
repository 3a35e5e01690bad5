"""Whether the page delays a session: the first word of a cold process, without and with it, turn about."""

import tempfile
from pathlib import Path

from scripts.benches.session import first_word_on_pulse

TRIES = 3
SLACK_S = 0.1
"""The clock of one first word is not better than this."""


def start() -> bool:
    """Compare the best tries: a machine that is busy with something else is late without the page too."""
    without, with_page = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(TRIES):
            for words, options in ((without, ()), (with_page, ("--screen",))):
                own = Path(folder, f"{number}-{len(options)}")
                own.mkdir()
                words.append(first_word_on_pulse("bands", own, *options))
    later_s = min(with_page) - min(without)
    print(f"start: first word after {min(without):.2f} s, with the page after {min(with_page):.2f} s")
    return later_s <= SLACK_S
