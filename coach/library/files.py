"""TOML files in, checked `Exercise` and `Routine` values out; a bad file comes back as all its mistakes at once.

The one file that imports pydantic: it checks the files against our own dataclasses, one adapter a type.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from coach.errors import InputError
from coach.library.bounds import Known, Mistake, exercise_mistakes, nearest, routine_mistakes
from coach.library.exercise import Exercise
from coach.library.facts import ADDED, load_facts
from coach.library.lines import Place, line_of, scan_lines
from coach.library.problem import BadFileError, Problem
from coach.library.routine import Block, Routine
from coach.library.routine_file import BlockEntry, RoutineEntry
from coach.library.safety import Action, Finding, Person, judge, judge_exercise
from coach.library.wording import message_of

Entry = TypeVar("Entry", Exercise, RoutineEntry)

_FOLDER = Path(__file__).parent

_TAUGHT = ("one-arm-row", "horizontal-abduction", "external-rotation", "bird-dog", "back-extension")  # plan.five

# A file's tables are named for one thing, the dataclass's fields for all of them.
_PLURALS = {"phase": "phases", "reminder": "reminders"}
_MAY_BE_ABSENT: dict[str, object] = {"variant_of": "", "reminder": [], "avoid": [], "switch": []}


@cache
def load_exercises() -> dict[str, Exercise]:
    """Return the shipped exercises by their ids, in the order they are taught."""
    paths = sorted((_FOLDER / "exercises").glob("*.toml"), key=lambda path: (_place_taught(path.stem), path.stem))
    return {path.stem: _read_exercise(path, frozenset(other.stem for other in paths)) for path in paths}


def _place_taught(name: str) -> int:
    return next((n for n, taught in enumerate(_TAUGHT) if name.startswith(taught)), len(_TAUGHT))


def routine_ids() -> list[str]:
    """Return the shipped routines' ids, the usual one first."""
    return sorted(
        (path.stem for path in (_FOLDER / "routines").glob("*.toml")), key=lambda name: ("strength" not in name, name)
    )


def load_routine(id_or_path: str) -> Routine:
    """Read a shipped routine by its id, or one's own by a path that ends in `.toml`.

    Raises InputError: no such routine (the nearest names), an unreadable file, or all of its mistakes.
    """
    if id_or_path.endswith(".toml"):
        return _read_routine(Path(id_or_path))
    if id_or_path not in routine_ids():
        near = nearest(id_or_path, frozenset(routine_ids()))
        raise InputError(f"there is no routine {id_or_path!r}{near} (or give a file that ends in .toml)")
    return _read_routine(_FOLDER / "routines" / f"{id_or_path}.toml")


def check_file(path: str | Path, person: Person | None = None) -> list[Problem]:
    """Return every mistake of a routine file, or of an exercise file, and what is unsafe in it; an empty list: fine."""
    person = person or Person()
    path = Path(path)
    try:
        data = _parse(path, _text(path))
        if "setup" in data or "phase" in data:
            findings = judge_exercise(_read_exercise(path, frozenset(load_exercises()) | {path.stem}), person)
        else:
            findings = judge(_read_routine(path), person)
    except BadFileError as error:
        return list(error.problems)
    return [_unsafe(path, finding) for finding in findings if finding.action is Action.REFUSE]


def _unsafe(path: Path, finding: Finding) -> Problem:
    place: Place = ("name",) if finding.block is None else ("block", finding.block)
    return Problem(str(path), line_of(scan_lines(_text(path)), place), _key(place), f"is not safe: {finding}")


def _read_routine(path: Path) -> Routine:
    text = _text(path)
    data = _parse(path, text)
    mistakes = [*routine_mistakes(data, Known(load_exercises(), frozenset(load_exercises()), _facts()))]
    entry = _validated(_routine_adapter(), data, mistakes)
    if mistakes or entry is None:
        raise BadFileError(_problems(path, text, mistakes))
    return Routine(path.stem, entry.name, tuple(_block(block) for block in entry.block))


def _block(entry: BlockEntry) -> Block:
    exercises = load_exercises()
    exercise = exercises[entry.exercise]
    own = tuple(
        replace(phase, seconds=entry.phases.get(phase.name, phase.seconds)) if not phase.first_only else phase
        for phase in exercise.phases
    )
    return Block(
        replace(exercise, phases=own),
        entry.sets,
        entry.reps,
        entry.rest,
        easier=exercises.get(exercise.variant_of),
        harder=next((other for other in exercises.values() if other.variant_of == exercise.id), None),
    )


def _read_exercise(path: Path, ids: frozenset[str]) -> Exercise:
    text = _text(path)
    data = _MAY_BE_ABSENT | _parse(path, text)
    mistakes = [*exercise_mistakes(data, Known({}, ids, _facts()))]
    fields = {_PLURALS.get(key, key): value for key, value in data.items()} | {"id": path.stem}
    fields["figure"] = _whole_figure(data.get("figure"))
    exercise = _validated(_exercise_adapter(), fields, mistakes)
    mistakes = [(place, message) for place, message in mistakes if not _taken_over(place, data)]
    if mistakes or exercise is None:
        raise BadFileError(_problems(path, text, mistakes))
    return exercise


def _whole_figure(figure: Any) -> Any:
    """Complete the poses: in a file, `middle` and `end` name only what differs from the start."""
    if not isinstance(figure, dict) or not isinstance(figure.get("start"), dict):
        return figure
    later = {name: figure[name] for name in ("middle", "end") if isinstance(figure.get(name), dict)}
    return figure | {name: figure["start"] | pose for name, pose in later.items()}


def _taken_over(place: Place, data: Mapping[str, Any]) -> bool:
    """Tell whether a mistake in a later pose is one of the start, where it is told already."""
    if len(place) < 3 or place[0] != "figure" or place[1] not in ("middle", "end"):
        return False
    return place[2] not in data["figure"][place[1]]


def _facts() -> frozenset[str]:
    return frozenset({*load_facts(), ADDED})


@cache
def _exercise_adapter() -> TypeAdapter[Exercise]:
    return TypeAdapter(Exercise)


@cache
def _routine_adapter() -> TypeAdapter[RoutineEntry]:
    return TypeAdapter(RoutineEntry)


def _validated(adapter: TypeAdapter[Entry], data: Mapping[str, Any], mistakes: list[Mistake]) -> Entry | None:
    """Check types and keys; what is wrong joins the mistakes."""
    try:
        # Through JSON, because strict mode refuses a dict for a dataclass but not an object; dates become text.
        return adapter.validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        mistakes.extend(_pydantic_mistakes(error))
        return None


def _pydantic_mistakes(error: ValidationError) -> Iterator[Mistake]:
    singular = {plural: name for name, plural in _PLURALS.items()}
    for detail in error.errors(include_url=False, include_context=True):
        place: Place = tuple(singular.get(str(part), part) if n == 0 else part for n, part in enumerate(detail["loc"]))
        yield place, message_of(detail["type"], place, detail.get("ctx", {}), detail["input"])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark of its encoding
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no text file (UTF-8)") from error
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise InputError(f"{path}: its lists are nested too deeply to be read") from error
    except ValueError as error:  # TOMLDecodeError, and what Python says to a number of thousands of digits
        raise BadFileError((_broken(path, text, str(error)),)) from error


def _broken(path: Path, text: str, message: str) -> Problem:
    """Take the line out of tomllib's own message: "... (at line 3, column 7)" or "(at end of document)"."""
    what, _, where = message.partition(" (at ")
    words = where.replace(",", "").rstrip(")").split()
    line = int(words[1]) if words[:1] == ["line"] else text.count("\n") + 1
    return Problem(str(path), line, "", f"is no valid TOML: {what[:1].lower()}{what[1:]}")


def _problems(path: Path, text: str, mistakes: list[Mistake]) -> tuple[Problem, ...]:
    lines = scan_lines(text)
    found = [
        Problem(str(path), line_of(lines, place), _key(place), message) for place, message in dict.fromkeys(mistakes)
    ]
    return tuple(sorted(found, key=lambda problem: (problem.line or 0, problem.key)))


def _key(place: Place) -> str:
    """Write a place as a person would, `block.reps`: the line says which of the blocks."""
    return ".".join(part for part in place if isinstance(part, str))
