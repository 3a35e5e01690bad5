"""Make a routine safe for the person of the profile, with what that person should read about it."""

from pathlib import Path

from coach.errors import CoachError, InputError
from coach.library.files import load_exercises, load_routine
from coach.library.order import order_notes
from coach.library.routine import Routine
from coach.library.safe_routine import make_safe
from coach.training import back_pain
from coach.training.history import History
from coach.training.loads import limits
from coach.training.profile import Profile, load_profile


def fitting(name: str, profile: Path | None = None) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine made safe for a profile, and what was changed or wants care. Raises UnsafeError.

    `profile`: another person's file; None: the one of this machine.
    """
    person = load_profile() if profile is None else load_other(profile)
    safe = make_safe(load_routine(name), person.person, load_exercises())
    whom = "you" if profile is None else person.name or profile.name
    changes = (f"changed for {whom}: {line}" for line in safe.changes)
    care = (*safe.warnings, *weights_told(safe.routine, person))
    return safe.routine, (*changes, *(f"take care: {line}" for line in care))


def weights_told(routine: Routine, profile: Profile) -> tuple[str, ...]:
    """Return what is to be read about weights of hers that a routine could use, and does not yet."""
    used = any("dumbbell" in block.exercise.equipment for block in routine.blocks)
    return limits.told(profile) if used else ()


def pain_notices(history: Path | None, profile: Path | None = None) -> tuple[str, ...]:
    """Return what back pain in the last session has to say about a file that is written for her.

    `history`: her file; None: the one of this machine, unless the profile is another person's. Raises InputError where
    a history that is named can't be read.
    """
    if history is None and profile is not None:
        return ()
    if history is not None and not history.is_file():
        raise InputError(f"{history}: there is no such history; name a file such as history.sqlite3")
    try:
        said = back_pain.told(History.open(history))
    except CoachError as error:
        if history is not None:
            raise
        return (f"whether your back hurt last time is not known: {error}",)
    return () if said is None else (said,)


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
    return (*fitting(file)[1], *(f"take care: {line}" for line in order_notes(read)))
