"""Check sets, reps, pace and pauses from the command line, and apply them to a routine."""

from dataclasses import replace

from coach.errors import InputError
from coach.library.bounds import REPS, REST_S, SETS, SPEECH_RATE
from coach.library.routine import Routine
from coach.timeline.step import FASTEST, SLOWEST, Shape, Words

GATE_S = (5.0, 120.0)


def shaped(routine: Routine, sets: int | None, reps: int | None, rest_s: float | None = None) -> Routine:
    """Give every block so many sets, reps and seconds of rest; None leaves its own. Raises InputError out of bounds."""
    checked_counts(sets, reps)
    blocks = tuple(
        replace(
            block, sets=sets or block.sets, reps=reps or block.reps, rest_s=block.rest_s if rest_s is None else rest_s
        )
        for block in routine.blocks
    )
    return replace(routine, blocks=blocks)


def checked_counts(sets: int | None, reps: int | None) -> None:
    """Raise InputError for sets or reps out of bounds."""
    _check("--sets", sets, SETS)
    _check("--reps", reps, REPS)


def shape_of(
    pace: float,
    rest_s: float | None,
    gate_s: float | None,
    *,
    fewer_words: bool,
    short_setups: bool = False,
    praise: bool = True,
) -> Shape:
    """Return how a file is told. Raises InputError out of bounds."""
    _check("--rest", rest_s, REST_S, " seconds")
    _check("--gate", gate_s, GATE_S, " seconds")
    usual = Shape()
    return Shape(
        pace=checked_pace(pace),
        gate_s=usual.gate_s if gate_s is None else gate_s,
        rest_s=rest_s,
        words=Words.SHORT if fewer_words else usual.words,
        short_setups=short_setups,
        praise=usual.praise if praise else None,
    )


def checked_pace(pace: float) -> float:
    """Return a pace within its bounds. Raises InputError out of them."""
    if not FASTEST <= pace <= SLOWEST:
        raise InputError(f"--pace {pace:g}: must be between {FASTEST:g} (faster) and {SLOWEST:g} (slower)")
    return pace


def checked_rate(words_a_minute: int | None) -> int | None:
    """Return a rate of speech within its bounds. Raises InputError out of them."""
    _check("--speech-rate", words_a_minute, SPEECH_RATE, " words a minute")
    return words_a_minute


def _check(option: str, value: float | None, bounds: tuple[float, float], unit: str = "") -> None:
    least, most = bounds
    if value is not None and not least <= value <= most:
        raise InputError(f"{option} {value:g}: must be {least:g} to {most:g}{unit}")
