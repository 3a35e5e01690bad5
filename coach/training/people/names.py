"""Find a person by a name, add one, give one another name."""

import contextlib
import unicodedata
from dataclasses import replace
from pathlib import Path

from coach.errors import InputError
from coach.library.own.folders import use_folder
from coach.library.toml_reader import read_toml
from coach.places import private_folder
from coach.training.people.folders import FIRST, PersonFolders, others
from coach.training.profile import Profile, load_profile
from coach.training.profile_file import save_profile

LONGEST = 40
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that Windows gives to devices."""


def everybody() -> tuple[PersonFolders, ...]:
    """Return everybody, the first person first."""
    return (FIRST, *others())


def name_of(person: PersonFolders) -> str:
    """Return what a person is called: by the profile, or by the folders. Empty: the first person, without a name."""
    with contextlib.suppress(InputError):
        name = read_toml(person.profile).values.get("name")
        if isinstance(name, str) and name.strip():
            return name.strip()
    return person.key


def find_person(name: str | None) -> PersonFolders:
    """Return a person by name, upper or lower case; without a name the first one. InputError: who there is.

    From then on the exercises of one's own are hers.
    """
    if name is None or not name.strip():
        return _chosen(FIRST)
    wanted = key_of(name)
    by_key = next((person for person in others() if person.key == wanted), None)
    called = next((person for person in everybody() if key_of(name_of(person)) == wanted), None)
    if found := by_key or called:
        return _chosen(found)
    known = ", ".join(name_of(person) or "the first person, who has no name yet" for person in everybody())
    raise InputError(
        f"nobody called {name.strip()!r} trains here; the people here are {known}. Add one: coach people add NAME"
    )


def _chosen(person: PersonFolders) -> PersonFolders:
    """Take her own exercises from now on."""
    use_folder(person.exercises)
    return person


def add_person(name: str) -> PersonFolders:
    """Add a person with an empty profile. InputError: no name for a folder, or somebody has it."""
    person = PersonFolders(_free_key(name))
    save_profile(Profile(name=_shown(name)), person.profile)
    private_folder(person.history.parent)
    return person


def rename_person(old: str, new: str) -> None:
    """Give a person another name; of the first person only the profile changes. InputError as in `add_person`."""
    person = find_person(old)
    profile = load_profile(person.profile)
    same = key_of(new) in (person.key, key_of(name_of(person)))
    key = key_of(new) if same and person.key else _free_key(new, person)
    if person.key and key != person.key:
        _move(person, PersonFolders(key))
        person = PersonFolders(key)
    save_profile(_named(profile, new), person.profile)


def key_of(name: str) -> str:
    """Return a name as a folder's name: composed, in small letters."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _free_key(name: str, but: PersonFolders | None = None) -> str:
    """Return the key of a name that can be a folder on every system, and that nobody has."""
    key = key_of(name)
    letters = all(each.isalnum() or each in " -'" or unicodedata.category(each).startswith("M") for each in key)
    if not 1 <= len(key) <= LONGEST or len(key.encode()) > 4 * LONGEST or not letters or not key[0].isalnum():
        raise InputError(
            f"{name!r} isn't a valid name: use 1 to {LONGEST} letters, digits, spaces or hyphens, "
            "starting with a letter"
        )
    if key in _RESERVED:
        raise InputError(f"{name!r} can't be used as a folder name on every computer; choose a different name")
    taken = {key_of(name_of(person)): person for person in everybody()} | {person.key: person for person in others()}
    if key in taken and taken[key] != but:
        raise InputError(f"somebody is called {name_of(taken[key]) or name!r} already; choose a different name")
    return key


def _move(old: PersonFolders, new: PersonFolders) -> None:
    """Move a person's folders, all or none."""
    moved: list[tuple[Path, Path]] = []
    try:
        for source, target in zip(old.all, new.all, strict=True):
            if source.is_dir():
                source.rename(target)
                moved.append((source, target))
    except OSError as error:
        for source, target in moved:
            target.rename(source)
        raise InputError(f"{source}: can't be renamed ({error.strerror or error})") from error


def _named(profile: Profile, name: str) -> Profile:
    return replace(profile, name=_shown(name))


def _shown(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
