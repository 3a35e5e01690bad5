"""Load the shipped exercises and routines, and files of one's own: read, checked, judged for safety."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.library.bounds import Known, exercise_mistakes, routine_mistakes
from coach.library.checks import nearest
from coach.library.exercise import Exercise
from coach.library.facts import ADDED, load_facts
from coach.library.lines import Place
from coach.library.problem import BadFileError, Mistake, Problem
from coach.library.routine import Block, Routine
from coach.library.routine_file import BlockEntry, RoutineEntry
from coach.library.safety import Action, Finding, Person, judge, judge_exercise
from coach.library.toml_reader import load_toml, read_toml, validated

_FOLDER = Path(__file__).parent

BALANCE = "balance-hold"
_TAUGHT = ("one-arm-row", "horizontal-abduction", "external-rotation", "bird-dog", "back-extension")  # plan.five

# A file's tables are named for one thing, the dataclass's fields for all of them.
_PLURALS = {"phase": "phases", "reminder": "reminders"}
_MAY_BE_ABSENT: dict[str, object] = {"variant_of": "", "reminder": [], "avoid": [], "switch": [], "ending": []}


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
        file = read_toml(path)
        if _is_exercise(file.values):
            findings = judge_exercise(_read_exercise(path, frozenset(load_exercises()) | {path.stem}), person)
        else:
            findings = judge(_read_routine(path), person)
    except BadFileError as error:
        return list(error.problems)
    return list(file.problems(_unsafe(finding) for finding in findings if finding.action is Action.REFUSE))


def _unsafe(finding: Finding) -> Mistake:
    place: Place = ("name",) if finding.block is None else ("block", finding.block)
    return place, f"is not safe: {finding}"


def _is_exercise(values: Mapping[str, Any]) -> bool:
    return "block" not in values and not {"setup", "phase", "movement", "position"}.isdisjoint(values)


def _refuse_exercise(path: Path) -> None:
    """Say of an exercise's file that it is no routine, and how it comes into one. Raises InputError."""
    if not _is_exercise(read_toml(path).values):
        return
    if path.stem in load_exercises():
        how = f'put it into a routine: a [[block]] with exercise = "{path.stem}"'
    else:
        how = "a routine names exercises of the coach's (coach exercises lists them); coach check reads this one"
    raise InputError(f"{path}: this is an exercise, not a routine; {how}")


def _read_routine(path: Path) -> Routine:
    _refuse_exercise(path)
    known = Known(load_exercises(), frozenset(load_exercises()), _facts())
    entry = load_toml(path, RoutineEntry, check=lambda values: routine_mistakes(values, known))
    blocks = tuple(_block(block) for block in entry.block)
    balance = _block(BlockEntry(BALANCE, 1, 3)) if entry.balance else None
    return Routine(path.stem, entry.name, blocks, warm_up=entry.warm_up, balance=balance, wind_down=entry.wind_down)


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
    file = read_toml(path)
    values = _MAY_BE_ABSENT | file.values
    completed = values | {"figure": _whole_figure(values.get("figure"))}
    exercise, mistakes = validated(completed, Exercise, named=_PLURALS, given={"id": path.stem})
    own = [mistake for mistake in mistakes if not _taken_over(mistake[0], values)]
    file.refuse([*exercise_mistakes(values, Known({}, ids, _facts())), *own])
    assert exercise is not None  # without a mistake there is an exercise
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
