"""Figures in, the README's table of the hearing out: each beside what it must be and what it aims at.

A bound stands here once: it is judged by, and shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import ge, le
from typing import Any

from scripts.benches.hearing.figures import Figures, share_of


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must reach, and what it aims at."""

    compare: Callable[[float, float], bool]
    required: float
    goal: float

    def holds(self, value: float) -> bool:
        """Tell whether a figure is what it must be."""
        return self.compare(value, self.required)


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A line of the table."""

    measure: str
    required: str
    goal: str
    measured: str
    reached: bool | None
    """None where it was not measured, or is not judged."""


_at_least, _at_most = partial(Bound, ge), partial(Bound, le)
_Pair = tuple[float, float]
"""Median and 95%."""

NOT_MEASURED = "not measured"

LIVE_MEMORY_MB, LIVE_SHARE = _at_most(261, 241), _at_most(0.06, 0.04)
"""What the ears may cost in a live session with speech: 20 MB more than before the spotter and her own samples."""
_TALK_SHARE = _at_most(0.05, 0.03)
"""What they may cost while others talk without end."""
_SCORES = (_at_most(9, 5), _at_most(1, 0.5))
"""Of a safety word, and of a sentence of other talk: how many sounds Moonshine scores."""
_REHEARSAL_SPEED = _at_least(40, 60)
"""How many times as fast as real time."""

_TALK_AN_HOUR, _TALK_H = _at_most(0.1, 0), 10.0
"""Shorter talk tells nothing of one command in ten hours."""
_ALONE, _ALONE_H = _at_most(0, 0), 3.0
_SHORT_BY_H = 0.01
"""So much less than the hours asked for still counts: a run ends between two sentences."""

_NATURAL = (
    ("what people say naturally: right · something else · silence", "natural",
     _at_least(0.88, 0.95), _at_most(0.01, 0)),
    ("the same in other words", "paraphrases", _at_least(0.75, 0.85), _at_most(0.02, 0.01)),
)  # fmt: skip
"""Each with the bounds of what is right, and of what is taken for something else."""

_SHARES: tuple[tuple[str, Mapping[str, Bound]], ...] = (
    ("right command, quiet, unseen voices and recordings", {"quiet": _at_least(0.986, 0.99)}),
    ("coach talking, your voice as loud as the echo, first try", {"coach0": _at_least(0.988, 0.99)}),
    ('"stop", "pause", "it hurts", same scene, within two tries', {"coach0_safety": _at_least(0.972, 0.99)}),
    ("a different command acted on instead", {"wrong": _at_most(0.003, 0.002)}),
    ("short remarks that aren't commands but are mistaken for them", {"remarks": _at_most(0.03, 0.01)}),
    ("kitchen noise, voice 10 dB above it; five words there, learned from three samples each",
     {"kitchen10": _at_least(0.87, 0.92), "taught": _at_least(0.93, 0.98)}),
    ("voices in distress: the coach at least pauses; counting aloud: mistaken for the answer",
     {"distress": _at_least(0.97, 1), "counting": _at_most(0, 0)}),
    ("other words mistaken for a command: with no question open; with a question open",
     {"other_words": _at_most(0.01, 0), "other_words_asked": _at_most(0.02, 0.01)}),
)  # fmt: skip

_OTHER_VOICES, _OTHER_VOICES_GOAL = ("breathless", "older"), 0.95
"""Measured, not judged."""

_CLOCKS = {"": "", "one thread ": "charged_", "live ": "live_"}
"""How she waits, and what such figures' names begin with."""

_WAITS_S: tuple[tuple[str, str, Mapping[str, _Pair], _Pair], ...] = (
    ("from the end of the word to silence, safety words: median / 95%", "silence",
     {"": (0.15, 0.5), "charged_": (0.13, 0.5), "live_": (0.15, 0.5)}, (0.1, 0.3)),
    ("from the end of the word to the action, other commands", "action",
     dict.fromkeys(("", "live_"), (0.5, 0.75)), (0.4, 0.6)),
)  # fmt: skip
"""How long at most, on each clock that is judged, and the goal."""


def markdown(found: Figures) -> str:
    """Write the table of the README."""
    lines = ["| measure | required | goal | measured |", "|---|---|---|---|"]
    for row in _rows(found):
        mark = ", **not reached**" if row.reached is False else ""
        lines.append(f"| {row.measure} | {row.required} | {row.goal} | {row.measured}{mark} |")
    return "\n".join(lines)


def _rows(found: Figures) -> list[RequirementRow]:
    """Return the lines of the table."""
    learned = found.get("learned")
    known = found | {"taught": share_of(learned["after"]["right"], learned["after"]["of"]) if learned else None}
    return [
        *(_natural(known, *each) for each in _NATURAL),
        *(_share(known, *each) for each in _SHARES),
        _other_voices(known),
        _talk(known.get("talk")),
        _alone(known.get("alone")),
        *(_wait(known, *each) for each in _WAITS_S),
        _scores(known.get("scores")),
        _listening(known),
        _rehearsal(known.get("rehearsal")),
    ]


def _natural(found: Figures, measure: str, key: str, right: Bound, wrong: Bound) -> RequirementRow:
    """Return what becomes of what people say naturally: right, something else, nothing."""
    required, goal = _three(right.required, wrong.required), _three(right.goal, wrong.goal)
    each = found.get(key)
    if not each:
        return RequirementRow(measure, required, goal, NOT_MEASURED, None)
    shares = " · ".join(f"{100 * each[name]:.1f}" for name in ("right", "wrong", "silence"))
    reached = right.holds(each["right"]) and wrong.holds(each["wrong"])
    return RequirementRow(measure, required, goal, f"{shares}% of {each['of']}", reached)


def _share(found: Figures, measure: str, bounds: Mapping[str, Bound]) -> RequirementRow:
    """Return a line with a share or two. Two are reached where both are."""
    each = [found.get(key) for key in bounds]
    held = [bound.holds(share["value"]) for bound, share in zip(bounds.values(), each, strict=True) if share]
    reached = all(held) if len(held) == len(bounds) or not all(held) else None
    required, goal = (_percents(getattr(bound, name) for bound in bounds.values()) for name in ("required", "goal"))
    return RequirementRow(measure, required, goal, _shares_of(each), reached)


def _other_voices(found: Figures) -> RequirementRow:
    measured = _shares_of([found.get(key) for key in _OTHER_VOICES])
    goal = _percents([_OTHER_VOICES_GOAL])
    return RequirementRow("a breathless voice; an older one (signal processing)", "measured", goal, measured, None)


def _talk(found: Mapping[str, Any] | None) -> RequirementRow:
    measure, bound = "other people's sentences mistaken for a command, per hour", _TALK_AN_HOUR
    measured = f"{found['value']:g} (in {found['hours']:g} h)" if found else NOT_MEASURED
    return RequirementRow(measure, f"{bound.required:g}", f"{bound.goal:g}", measured, _in_hours(found, bound, _TALK_H))


def _alone(found: Mapping[str, Any] | None) -> RequirementRow:
    measure, bound = "the coach alone, with its echo at 0 dB, mistaken for a command", _ALONE
    required = f"{bound.required:g} in {_ALONE_H:g} h"
    measured = f"{found['value']} in {found['hours']:g} h" if found else NOT_MEASURED
    return RequirementRow(measure, required, f"{bound.goal:g}", measured, _in_hours(found, bound, _ALONE_H))


def _in_hours(found: Mapping[str, Any] | None, bound: Bound, hours: float) -> bool | None:
    """Tell whether a count holds, and was taken over so many hours."""
    return bound.holds(found["value"]) and found["hours"] >= hours - _SHORT_BY_H if found else None


def _wait(found: Figures, measure: str, key: str, most_s: Mapping[str, _Pair], goal_s: _Pair) -> RequirementRow:
    """Return how long she waits: on the session's clock, and with the work of hearing, on one thread and live."""
    waits = {how: wait for how, name in _CLOCKS.items() if (wait := found.get(name + key))}
    measured = "; ".join(f"{how}{_ms(wait)} ms" for how, wait in waits.items()) or NOT_MEASURED
    judged = [(wait, most_s[_CLOCKS[how]]) for how, wait in waits.items() if _CLOCKS[how] in most_s]
    held = [wait[0] <= most[0] and wait[1] <= most[1] for wait, most in judged]
    return RequirementRow(measure, _waits(most_s), f"{_ms(goal_s)} ms", measured, all(held) if held else None)


def _scores(found: list[float] | None) -> RequirementRow:
    measure = "how many sounds Moonshine scores: for a safety word; for a sentence not meant for the coach"
    required, goal = ("; ".join(f"{getattr(bound, name):g}" for bound in _SCORES) for name in ("required", "goal"))
    if not found:
        return RequirementRow(measure, required, goal, NOT_MEASURED, None)
    reached = all(bound.holds(mean) for bound, mean in zip(_SCORES, found, strict=True))
    return RequirementRow(measure, required, goal, "; ".join(f"{mean:.1f}" for mean in found), reached)


def _listening(found: Figures) -> RequirementRow:
    """Return what listening costs; each figure is judged where it was measured."""
    bounds = (LIVE_SHARE, LIVE_MEMORY_MB, _TALK_SHARE)
    required, goal = (_costs(*(getattr(bound, name) for bound in bounds)) for name in ("required", "goal"))
    share, memory_mb, talk = (found.get(key) for key in ("listening", "memory", "talk_share"))
    measured, held = [NOT_MEASURED], []
    if share and memory_mb:
        measured = [f"{100 * share:.1f}%; {memory_mb:.0f} MB"]
        held = [LIVE_SHARE.holds(share), LIVE_MEMORY_MB.holds(memory_mb)]
    if talk:
        measured.append(f"others talking {100 * talk:.1f}%")
        held.append(_TALK_SHARE.holds(talk))
    measure = "listening live, with speech: share of one core; memory; share of one core while others talk"
    return RequirementRow(measure, required, goal, "; ".join(measured), all(held) if held else None)


def _rehearsal(speed: float | None) -> RequirementRow:
    measure, bound = "a rehearsed session with echo, echo cancellation and speech recognition", _REHEARSAL_SPEED
    measured, reached = (f"{speed:.0f} x", bound.holds(speed)) if speed else (NOT_MEASURED, None)
    return RequirementRow(measure, f"{bound.required:g} x real time", f"{bound.goal:g} x", measured, reached)


def _three(right: float, wrong: float) -> str:
    """Write these two shares, and what they leave."""
    return " · ".join(f"{100 * share:g}" for share in (right, wrong, 1 - right - wrong)) + "%"


def _percents(shares: Iterable[float]) -> str:
    return "; ".join(f"{100 * share:g}" for share in shares) + "%"


def _shares_of(found: list[Any]) -> str:
    """Write shares with what they are of."""
    texts = [f"{100 * each['value']:.1f}% of {each['of']}" if each else NOT_MEASURED for each in found]
    return "; ".join(texts) if any(found) else NOT_MEASURED


def _waits(most_s: Mapping[str, _Pair]) -> str:
    """Write the bounds of a live session, and of one thread where it is judged."""
    live = _ms(most_s["live_"])
    return f"{_ms(most_s['charged_'])} ms one thread, {live} live" if "charged_" in most_s else f"{live} ms live"


def _ms(pair: _Pair) -> str:
    return f"{1000 * pair[0]:,.0f} / {1000 * pair[1]:,.0f}"


def _costs(share: float, memory_mb: float, talk: float) -> str:
    return f"{100 * share:g}%; {memory_mb:g} MB; {100 * talk:g}%"
