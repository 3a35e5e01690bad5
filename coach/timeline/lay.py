"""Lay sentences out in time: one after the other, or spread over given seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.timeline.cue import Cue, CueKind

Measure = Callable[[str], float]
"""Seconds a sentence takes: a clip's trimmed length, or an estimate."""

BREATH_S = 0.6  # between two sentences that belong together
TONE_S = 0.9  # for an earcon that is explained, and a little quiet
LEAST_GAP_S = 0.4  # when they are spread and there is little room


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    pause_s: float = BREATH_S
    """After it."""
    tone: str | None = None
    """An earcon that sounds before it: the one that it explains."""


@dataclass(frozen=True, slots=True)
class Laid:
    cues: tuple[Cue, ...]
    length_s: float


def seconds(value: float) -> float:
    """Round to the three decimals that times carry."""
    return round(value, 3)


def in_turn(lines: Sequence[Line], measure: Measure) -> Laid:
    """Lay sentences one after the other, each with its own pause behind it."""
    cues: list[Cue] = []
    t = 0.0
    for line in lines:
        if line.tone:
            cues.append(Cue(seconds(t), CueKind.EARCON, line.tone))
            t += TONE_S
        cues.append(Cue(seconds(t), CueKind.SAY, line.text))
        t += measure(line.text) + line.pause_s
    return Laid(tuple(cues), seconds(t))


def spread(lines: Sequence[Line], length_s: float, measure: Measure) -> Laid:
    """Lay sentences over given seconds, with the same quiet after each; too many make it longer."""
    spoken = sum(measure(line.text) for line in lines)
    gap = max(LEAST_GAP_S, (length_s - spoken) / len(lines))
    laid = in_turn([Line(line.text, gap) for line in lines], measure)
    return Laid(laid.cues, max(length_s, laid.length_s))
