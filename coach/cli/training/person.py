"""Make a routine safe for a person, with what that person should read about it."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from coach.cli.files.shaping import shaped
from coach.cli.options import PERSON
from coach.errors import CoachError, InputError
from coach.library.citations import spelled_out
from coach.library.exercise import Exercise
from coach.library.files import load_exercises, load_routine
from coach.library.order import order_notes
from coach.library.routine import EVERYTHING, Routine, WantedParts, with_parts
from coach.library.safe_routine import make_safe
from coach.training import back_pain
from coach.training.history import History
from coach.training.loads import limits
from coach.training.people.names import find_person
from coach.training.profile import Profile, load_profile


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose profile a file is made by."""

    profile: Profile
    name: str = "you"
    """What she is called."""
    history: Path | None = None
    """Hers, where she is of this house."""


def whose(person: str | None, file: Path | None) -> Whose:
    """Return the profile of a person of this house, or of a file. Raises InputError; also where both are named."""
    if file is None:
        found = find_person(person)
        return Whose(load_profile(found.profile), history=found.history)
    if person is not None and person != os.environ.get(PERSON):
        raise InputError("--for names somebody in this household, --profile names a file: use one or the other")
    other = load_other(file)
    return Whose(other, other.name or file.name)


@dataclass(frozen=True, slots=True)
class Past:
    """What a history says about a file that is written for her."""

    notices: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    """Exercises that a clinician has cleared."""


NOTHING_KNOWN = Past()


def fitting(
    name: str,
    by: Whose,
    *,
    sets: int | None = None,
    reps: int | None = None,
    rest_s: float | None = None,
    around: WantedParts = EVERYTHING,
    past: Past = NOTHING_KNOWN,
) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine made safe for a profile, and what was changed or wants care. Raises UnsafeError.

    `sets`, `reps`, `rest_s`: of every block, where they are given; they are judged like a routine's own. `around`:
    what the profile says, unless it is said here.
    """
    whole = with_parts(load_routine(name), around.else_by(by.profile.around))
    wanted = shaped(whole, sets, reps, rest_s)
    safe = make_safe(wanted, replace(by.profile.person, cleared=past.cleared), load_exercises())
    changes = (f"changed for {by.name}: {line}" for line in safe.changes)
    care = (*safe.warnings, *weights_told(safe.routine, by.profile))
    return safe.routine, (*past.notices, *changes, *(f"take care: {line}" for line in care))


def weights_told(routine: Routine, profile: Profile) -> tuple[str, ...]:
    """Return what is to be read about weights of hers that a routine could use, and does not yet."""
    used = any("dumbbell" in block.exercise.equipment for block in routine.blocks)
    return limits.told(profile) if used else ()


def past_of(file: Path | None, own: Path | None = None) -> Past:
    """Return what her history says: that her back hurt in the last session, and what a clinician has cleared.


    `file`: a history that is named; it has to be readable, or InputError. `own`: else hers, where she is of this house.
    """
    if file is None and own is None:
        return NOTHING_KNOWN
    if file is not None and not file.is_file():
        raise InputError(f"{file}: there is no history file there; name one such as history.sqlite3")
    try:
        found = History.open(file, own=own)
        said = back_pain.told(found)
        return Past(() if said is None else (said,), found.cleared_exercises())
    except CoachError as error:
        if file is not None:
            raise
        return Past((f"I can't tell whether your back hurt last time: {error}",))


def load_other(path: Path) -> Profile:
    """Read another person's profile, which has to be there. Raises InputError."""
    if not path.is_file():
        raise InputError(f"{path}: there is no profile there; name a file such as profile.toml")
    return load_profile(path)


def cares(file: str, by: Whose) -> tuple[str, ...]:
    """Return what to read about a routine's file that has no mistake; nothing for an exercise's."""
    try:
        read = load_routine(file)
    except InputError:
        return ()
    variants = (_told_early(block.exercise) for block in read.blocks if block.exercise.variant_of)
    return (
        *fitting(file, by, past=past_of(None, by.history))[1],
        *(f"take care: {line}" for line in (*dict.fromkeys(variants), *order_notes(read))),
    )


def _told_early(exercise: Exercise) -> str:
    source = spelled_out("extension.harder; ours")
    return f"{exercise.name}: a harder variant, for when three sets feel easy [{source}]"
