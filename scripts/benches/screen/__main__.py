"""Measure the page of --screen: how soon a phase is seen, how it keeps to the voice, what it costs the session.

Needs Chromium, and for the voice and the cost a loudspeaker that PulseAudio can record (a null sink will do).
Exit 1 where a figure is out of its bound. Without arguments all three; `drawn`, `voice` or `cost` names one.
"""

from collections.abc import Sequence

from scripts.benches.screen.cost import cost
from scripts.benches.screen.drawing import drawn
from scripts.benches.screen.keeping import voice
from scripts.named import options

PARTS = {"drawn": drawn, "voice": voice, "cost": cost}


def main(arguments: Sequence[str]) -> int:
    """Measure what was named; return 1 where one is out of its bound."""
    parser = options("bench screen", __doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], metavar="PART", help="drawn, voice, cost")
    wanted = parser.parse_args(arguments).part or list(PARTS)
    kept = [PARTS[name]() for name in wanted]
    return int(False in kept)
