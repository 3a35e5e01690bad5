"""Make a routine safe for the person of the profile, with what that person should read about it."""

from coach.library.files import load_exercises, load_routine
from coach.library.problem import BadFileError
from coach.library.routine import Routine
from coach.library.safe_routine import make_safe
from coach.training.profile import load_profile


def fitting(name: str) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine made safe for the profile, and what was changed or wants care. Raises UnsafeError."""
    safe = make_safe(load_routine(name), load_profile().person, load_exercises())
    changes = (f"changed for you: {line}" for line in safe.changes)
    return safe.routine, (*changes, *(f"take care: {line}" for line in safe.warnings))


def cares(file: str) -> tuple[str, ...]:
    """Return what to read about a routine's file that has no mistake; nothing for an exercise's."""
    try:
        return fitting(file)[1]
    except BadFileError:
        return ()
