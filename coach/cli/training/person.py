"""Make a routine safe for the person of the profile, with what that person should read about it."""

from dataclasses import dataclass, replace
from pathlib import Path

from coach.cli.files.shaping import shaped
from coach.errors import CoachError, InputError
from coach.library.exercise import Exercise
from coach.library.files import load_exercises, load_routine
from coach.library.order import order_notes
from coach.library.routine import Routine
from coach.library.safe_routine import make_safe
from coach.training import back_pain
from coach.training.history import History
from coach.training.loads import limits
from coach.training.profile import Profile, load_profile


@dataclass(frozen=True, slots=True)
class Past:
    """What a history says about a file that is written for her."""

    notices: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    """Exercises that a clinician has cleared."""


NOTHING_KNOWN = Past()


def fitting(
    name: str,
    profile: Path | None = None,
    *,
    sets: int | None = None,
    reps: int | None = None,
    rest_s: float | None = None,
    past: Past = NOTHING_KNOWN,
) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine made safe for a profile, and what was changed or wants care. Raises UnsafeError.

    `profile`: another person's file; None: the one of this machine. `sets`, `reps`, `rest_s`: of every block, where
    they are given; they are judged like a routine's own.
    """
    person = load_profile() if profile is None else load_other(profile)
    wanted = shaped(load_routine(name), sets, reps, rest_s)
    safe = make_safe(wanted, replace(person.person, cleared=past.cleared), load_exercises())
    whom = "you" if profile is None else person.name or profile.name
    changes = (f"changed for {whom}: {line}" for line in safe.changes)
    care = (*safe.warnings, *weights_told(safe.routine, person))
    return safe.routine, (*past.notices, *changes, *(f"take care: {line}" for line in care))


def weights_told(routine: Routine, profile: Profile) -> tuple[str, ...]:
    """Return what is to be read about weights of hers that a routine could use, and does not yet."""
    used = any("dumbbell" in block.exercise.equipment for block in routine.blocks)
    return limits.told(profile) if used else ()


def past_of(history: Path | None, profile: Path | None = None) -> Past:
    """Return what her history says: that her back hurt in the last session, and what a clinician has cleared.

    `history`: her file; None: the one of this machine, unless the profile is another person's. Raises InputError where
    a history that is named can't be read.
    """
    if history is None and profile is not None:
        return NOTHING_KNOWN
    if history is not None and not history.is_file():
        raise InputError(f"{history}: there is no such history; name a file such as history.sqlite3")
    try:
        found = History.open(history)
        said = back_pain.told(found)
        return Past(() if said is None else (said,), found.cleared_exercises())
    except CoachError as error:
        if history is not None:
            raise
        return Past((f"whether your back hurt last time is not known: {error}",))


def load_other(path: Path) -> Profile:
    """Read another person's profile, which has to be there. Raises InputError."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such profile; name a file such as profile.toml")
    return load_profile(path)


def cares(file: str) -> tuple[str, ...]:
    """Return what to read about a routine's file that has no mistake; nothing for an exercise's."""
    try:
        read = load_routine(file)
    except InputError:
        return ()
    variants = (_told_early(block.exercise) for block in read.blocks if block.exercise.variant_of)
    return (
        *fitting(file, past=past_of(None))[1],
        *(f"take care: {line}" for line in (*dict.fromkeys(variants), *order_notes(read))),
    )


def _told_early(exercise: Exercise) -> str:
    return f"{exercise.name}: a harder variant; that comes when three sets feel easy [extension.harder; ours]"
