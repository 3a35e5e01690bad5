"""Make a routine safe for the person of the profile, with what that person should read about it."""

from pathlib import Path

from coach.errors import InputError
from coach.library.files import load_exercises, load_routine
from coach.library.problem import BadFileError
from coach.library.routine import Routine
from coach.library.safe_routine import make_safe
from coach.training.profile import Profile, load_profile


def fitting(name: str, profile: Path | None = None) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine made safe for a profile, and what was changed or wants care. Raises UnsafeError.

    `profile`: another person's file; None: the one of this machine.
    """
    person = load_profile() if profile is None else load_other(profile)
    safe = make_safe(load_routine(name), person.person, load_exercises())
    whom = "you" if profile is None else person.name or profile.name
    changes = (f"changed for {whom}: {line}" for line in safe.changes)
    return safe.routine, (*changes, *(f"take care: {line}" for line in safe.warnings))


def load_other(path: Path) -> Profile:
    """Read another person's profile, which has to be there. Raises InputError."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such profile; name a file such as profile.toml")
    return load_profile(path)


def cares(file: str) -> tuple[str, ...]:
    """Return what to read about a routine's file that has no mistake; nothing for an exercise's."""
    try:
        return fitting(file)[1]
    except BadFileError:
        return ()
