"""`coach history --edit ID --day DAY`, `--drop ID`, `--restore ID`: a session is put right by hand."""

from datetime import date
from pathlib import Path

from coach.cli.training.days import day_of
from coach.errors import InputError
from coach.training.storage import correcting


def corrected(path: Path, edit: int | None, day: str | None, drop: int | None, restore: int | None) -> str:
    """Do the one thing that is asked for, and return what was done. Raises InputError."""
    asked = {"--edit": edit, "--drop": drop, "--restore": restore}
    named = [option for option, session in asked.items() if session is not None]
    if len(named) != 1:
        raise InputError(f"{', '.join(named) or '--day'}: use one of {', '.join(asked)} at a time")
    if not path.exists():
        raise InputError(f"there is no history at {path} yet")
    if edit is not None:
        return _moved(path, edit, day)
    if day is not None:
        raise InputError(f"--day goes with --edit ID, not with {named[0]}")
    if drop is not None:
        correcting.drop(path, drop)
        return f"Session {drop} no longer counts. It's kept, though: coach history --restore {drop} brings it back."
    assert restore is not None
    correcting.drop(path, restore, dropped=False)
    return f"Session {restore} counts again."


def _moved(path: Path, session: int, day: str | None) -> str:
    if day is None:
        says = correcting.day_said(path, session)
        raise InputError(f"session {session} is dated {says}; give the correct date with --day YYYY-MM-DD")
    wanted = day_of(day, "--day")
    if wanted > date.today():
        raise InputError(f"--day {day}: that day hasn't come yet; give the day the session was on")
    before = correcting.move(path, session, wanted)
    return f"Session {session} is now dated {wanted}, not {before}. To leave it out: coach history --drop {session}"
