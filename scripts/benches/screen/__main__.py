"""Measure the page of --screen: how soon a phase is seen, how it keeps to the voice, what it costs the session.

Also whether it delays the first word. Needs Chromium, and for all but the drawing PulseAudio: sessions run on null
sinks of a server of their own. Exit 1 where a figure is out of its bound. Without arguments all four parts, in about
eight minutes.
"""

import contextlib
from collections.abc import Sequence

from scripts.benches.screen.cost import cost
from scripts.benches.screen.drawing import drawn
from scripts.benches.screen.keeping import voice
from scripts.benches.screen.sound_server import own_sound_server
from scripts.benches.screen.starting import start
from scripts.named import options

PARTS = {"drawn": drawn, "voice": voice, "cost": cost, "start": start}
SOUNDING = {"voice", "cost"}


def main(arguments: Sequence[str]) -> int:
    """Measure what was named; return 1 where one is out of its bound."""
    parser = options("bench screen", __doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    wanted = parser.parse_args(arguments).part or list(PARTS)
    # One server for all parts: PortAudio keeps to the one it found first.
    with own_sound_server() if SOUNDING & set(wanted) else contextlib.nullcontext():
        kept = [PARTS[name]() for name in wanted]
    return int(False in kept)
