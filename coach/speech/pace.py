"""Words a minute: how fast a sentence is said. Needs no voice and no numpy.

Older listeners follow slow, clear speech best: 140 to 150 words a minute are comfortable (Jensema 1998; Krause 2019).
A count, and what follows it in its sentence, keeps the time of a set: it is said no slower than the set's phases allow.
"""

from coach.library.bounds import SPEECH_RATE, USUAL_SPEECH_RATE

USUAL_RATE = USUAL_SPEECH_RATE
MOST_RATE = 186.0  # of a single sentence of short words, which would come faster than the others
STEP = 10  # words a minute: few rates need few processes

_ONES = "one two three four five six seven eight nine"
_COUNTS = frozenset(
    f"{_ONES} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty".split()
) | {f"twenty-{one}" for one in _ONES.split()}


def is_count(text: str) -> bool:
    """Tell whether a text counts a rep: `Three. Out, and pull up.`"""
    first = text.partition(" ")[0]
    return first[-1:] in {".", ","} and first[:-1].lower() in _COUNTS


def words_a_minute(text: str, length_s: float) -> float:
    """Return how fast a text is said that takes so long."""
    return 60 * len(text.split()) / length_s


def slower_rate(rate: float, text: str, length_s: float, wanted_rate: float = USUAL_RATE) -> float | None:
    """Return the rate for a text that takes so long at `rate`, where `wanted_rate` is meant; None: slow enough."""
    fast, most = words_a_minute(text, length_s), wanted_rate * MOST_RATE / USUAL_RATE
    return None if fast <= most else max(float(STEP), rate * most / fast // STEP * STEP)


def within_bounds(rate: float) -> float:
    """Return the nearest rate that can be asked for."""
    least, most = SPEECH_RATE
    return float(min(most, max(least, rate)))
