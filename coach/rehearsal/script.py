"""A rehearsal's script: TOML in, what she says and when out, every mistake with its place."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.errors import InputError
from coach.library.exercise import Side
from coach.live.moment import Moment
from coach.timeline.cue import SegmentKind

QUESTIONS = ("end", "all_right", "hurt", "hurt_back", "hurt_next", "stop", "routine", "effort")
STATES = ("waiting", "playing", "paused", "asking", "finished")


@dataclass(frozen=True, slots=True)
class Line:
    """What she says at the first moment that matches."""

    at: Moment
    after_s: float
    """Seconds from the moment's start."""
    text: str
    """Empty: she keeps silent where she would have answered by herself."""


def load_script(path: Path) -> tuple[Line, ...]:
    """Read a script. Raises InputError with every mistake, one a line, each with its place."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: can't read the script ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: this is not TOML: {error}.") from error
    mistakes: list[str] = []
    lines = _lines(data, mistakes)
    if mistakes:
        raise InputError("\n".join(f"{path}: {mistake}" for mistake in mistakes))
    return lines


def _lines(data: Mapping[str, object], mistakes: list[str]) -> tuple[Line, ...]:
    _known(data, ("say",), "", mistakes)
    says = data.get("say", [])
    if not isinstance(says, list):
        mistakes.append("say: write each thing she says as its own [[say]].")
        return ()
    return tuple(_line(say, f"say[{index}]", mistakes) for index, say in enumerate(says, 1))


def _line(say: object, place: str, mistakes: list[str]) -> Line:
    if not isinstance(say, dict):
        mistakes.append(f"{place}: write it as [[say]] with at, after_s and text.")
        return Line(Moment(), 0.0, "")
    _known(say, ("at", "after_s", "text"), f"{place}.", mistakes)
    text = say.get("text")
    if not isinstance(text, str):
        mistakes.append(f'{place}.text: what she says, as "pause"; "" is silence.')
        text = ""
    return Line(_moment(say.get("at"), f"{place}.at", mistakes), _seconds(say, place, mistakes), text)


def _seconds(say: Mapping[str, object], place: str, mistakes: list[str]) -> float:
    value = say.get("after_s", 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        mistakes.append(f"{place}.after_s: seconds from the moment's start, 0 to 3600.")
        return 0.0
    return float(value)


def _moment(at: object, place: str, mistakes: list[str]) -> Moment:
    if not isinstance(at, dict) or not at:
        mistakes.append(f'{place}: when she says it, as {{kind = "set", rep = 3}}.')
        return Moment()
    names = ("kind", "exercise", "set", "side", "rep", "state", "question")
    _known(at, names, f"{place}.", mistakes)
    return Moment(
        kind=_choice(at, "kind", tuple(SegmentKind), place, mistakes),
        exercise=_choice(at, "exercise", None, place, mistakes),
        set=_count(at, "set", place, mistakes),
        side=_choice(at, "side", tuple(Side), place, mistakes),
        rep=_count(at, "rep", place, mistakes),
        state=_choice(at, "state", STATES, place, mistakes),
        question=_choice(at, "question", QUESTIONS, place, mistakes),
    )


def _choice(
    at: Mapping[str, object], key: str, allowed: tuple[str, ...] | None, place: str, mistakes: list[str]
) -> str | None:
    value = at.get(key)
    if value is None:
        return None
    if isinstance(value, str) and (allowed is None or value in allowed):
        return value
    wanted = f"one of {', '.join(allowed)}" if allowed else "a name in quotes"
    mistakes.append(f"{place}.{key}: {value!r} is not {wanted}.")
    return None


def _count(at: Mapping[str, object], key: str, place: str, mistakes: list[str]) -> int | None:
    value = at.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
        return value
    mistakes.append(f"{place}.{key}: {value!r} is not a whole number from 1.")
    return None


def _known(table: Mapping[str, object], names: tuple[str, ...], place: str, mistakes: list[str]) -> None:
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(names)}."
            mistakes.append(f"{place}{key}: not known here; {hint}")
