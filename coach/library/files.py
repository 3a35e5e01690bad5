"""Load the shipped exercises and routines, and files of one's own: read, checked, judged for safety."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.library.bounds import Known, exercise_mistakes, routine_mistakes
from coach.library.checks import nearest, tables
from coach.library.exercise import Exercise
from coach.library.facts import ADDED, load_facts
from coach.library.lines import Place
from coach.library.own.folders import is_id, own_files, own_folder, use_beside
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


def load_exercises() -> dict[str, Exercise]:
    """Return the exercises by their ids: the shipped ones in the order they are taught, then those of one's own.

    What can't be read of the latter is left out: `own_problems` tells it, and so does a routine that names it.
    """
    return shipped_exercises() | {name: own for name, own in _own().items() if isinstance(own, Exercise)}


def own_problems() -> tuple[str, ...]:
    """Return what is wrong with the files of one's own exercises, a line for each mistake."""
    return tuple(str(own) for own in _own().values() if not isinstance(own, Exercise))


def _own() -> dict[str, Exercise | InputError]:
    """Return each exercise of one's own, or why it can't be read."""
    files = own_files()
    ids = frozenset({*shipped_exercises(), *files})
    return {name: _read_own(path, ids, _stamp(path)) for name, path in files.items()}


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes with a file's content."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@cache
def _read_own(path: Path, ids: frozenset[str], _stamp: tuple[int, int]) -> Exercise | InputError:
    try:
        if not is_id(path.stem):
            raise InputError(
                f"{path}: name an exercise's file in lower-case letters, digits and hyphens: heel-raise.toml"
            )
        if path.stem in shipped_exercises():
            raise InputError(f"{path}: would replace the coach's own {path.stem}; give it a different name")
        return _read_exercise(path, ids)
    except InputError as error:
        return error


@cache
def shipped_exercises() -> dict[str, Exercise]:
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
        raise InputError(f"there is no routine {id_or_path!r}{near} (or name a file that ends in .toml)")
    return _read_routine(_FOLDER / "routines" / f"{id_or_path}.toml")


def check_file(path: str | Path, person: Person | None = None) -> list[Problem]:
    """Return every mistake of a routine file, or of an exercise file, and what is unsafe in it; an empty list: fine."""
    person = person or Person()
    path = Path(path)
    try:
        file = read_toml(path)
        if _is_exercise(file.values):
            findings = judge_exercise(_checked_exercise(path), person)
        else:
            findings = judge(_read_routine(path), person)
    except BadFileError as error:
        return list(error.problems)
    return list(file.problems(_unsafe(finding) for finding in findings if finding.action is Action.REFUSE))


def _checked_exercise(path: Path) -> Exercise:
    """Read an exercise's file, in one's own folder or elsewhere. Raises InputError."""
    if path.resolve().parent == (_FOLDER / "exercises").resolve():
        return _read_exercise(path, frozenset(shipped_exercises()))
    found = _read_own(path, frozenset({*load_exercises(), path.stem}), _stamp(path))
    if isinstance(found, InputError):
        raise found
    return found


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
        how = f'use it in a routine: a [[block]] with exercise = "{path.stem}"'
    else:
        how = (
            f'put it next to the routine or in {own_folder()}; then use it in a [[block]] with exercise = "{path.stem}"'
        )
    raise InputError(f"{path}: this is an exercise, not a routine; {how}")


def _read_routine(path: Path) -> Routine:
    _refuse_exercise(path)
    _use_own(path)
    known = Known(load_exercises(), frozenset(load_exercises()), _facts())
    entry = load_toml(path, RoutineEntry, check=lambda values: routine_mistakes(values, known))
    blocks = tuple(_block(block) for block in entry.block)
    balance = _block(BlockEntry(BALANCE, 1, 3)) if entry.balance else None
    return Routine(path.stem, entry.name, blocks, warm_up=entry.warm_up, balance=balance, wind_down=entry.wind_down)


def _use_own(path: Path) -> None:
    """Find the exercises of one's own that a routine names. Raises InputError where one of them can't be read."""
    if path.parent == _FOLDER / "routines":
        return
    blocks = read_toml(path).values.get("block")
    names = {name for block in tables(blocks) if isinstance(name := block.get("exercise"), str)}
    use_beside(path.parent, {name for name in names if name not in shipped_exercises() or _hides(path.parent, name)})
    for name in sorted(names & {*own_files()}):
        found = _own()[name]
        if isinstance(found, InputError):
            raise found


def _hides(folder: Path, name: str) -> bool:
    """Tell whether a file beside a routine is an exercise of the coach's name."""
    path = folder / f"{name}.toml"
    return path.is_file() and _is_exercise(read_toml(path).values)


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
    completed = values | ({"figure": _whole_figure(values["figure"])} if "figure" in values else {})
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
