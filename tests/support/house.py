"""A house of several people, and what one command for one of them opens, writes and prints."""

import contextlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.cli.main import main
from coach.training.dose import Dose
from coach.training.people.folders import FIRST, PersonFolders
from coach.training.people.names import add_person
from coach.training.profile import Profile
from coach.training.profile_file import save_profile
from tests.support.opened import opened
from tests.support.training import MONDAY, write_session

READING = (
    ("profile",), ("profile", "--json"), ("plan", "--today", "2027-05-04"), ("plan", "--json"), ("history",),
    ("history", "--json"), ("history", "--csv"), ("history", "--strong-csv"), ("progress",), ("progress", "--json"),
    ("report", "--json"), ("plan", "floor"),
)  # fmt: skip
WRITING = (
    ("profile", "--set", "weights=1, 2"), ("profile", "--set", "limits=floor"), ("history", "--drop", "1"),
    ("history", "--restore", "1"), ("history", "--edit", "1", "--day", "2027-05-02"), ("plan", "--clear", "bird-dog"),
    ("plan", "--walked", "30", "--today", "2027-05-03"),
)  # fmt: skip
TRAINING = ("rehearse", "external.toml", "--by-text", "--plain", "--no-warm-up", "--no-balance", "--no-wind-down")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    folders: PersonFolders
    mark: str
    """A word that stands in her files only."""


def furnished(names: Sequence[str]) -> tuple[Person, ...]:
    """Let people move in, the first one as the first person, each with a profile and a history of her own."""
    save_profile(Profile(name=names[0]), FIRST.profile)
    people = []
    for number, name in enumerate(names):
        folders = add_person(name) if number else FIRST
        mark = f"zq{chr(ord('a') + number)}zq"
        save_profile(Profile(name=name, bands=(mark,)), folders.profile)
        write_session(folders.history, MONDAY, [Dose("bird-dog", 1, 10 + number)], reps=10 + number)
        people.append(Person(name, folders, mark))
    return tuple(people)


def ran(*arguments: str) -> tuple[int, str]:
    """Run the program in this process; return its exit code and all that it printed."""
    out, code = io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main(list(arguments))
        except SystemExit as done:
            code = int(done.code or 0)
    return code, out.getvalue()


def crossings(people: Sequence[Person], at: int, command: Sequence[str]) -> Iterator[str]:
    """Run a command for one person; yield whatever of another's it opened, changed or showed."""
    her = people[at]
    others = [person for person in people if person is not her]
    before = {person.name: contents(person.folders) for person in others}
    with opened() as files:
        code, said = ran(*command, "--for", her.name)
    if code not in (0, 2):
        yield f"exit {code}: {said}"
    for path in files:
        owner = owner_of(path, people)
        # Whose name is asked for is looked up in everybody's profile.
        if owner is not None and owner is not her and path.name != "profile.toml":
            yield f"{path} is {owner.name}'s"
    for person in others:
        if contents(person.folders) != before[person.name]:
            yield f"what is {person.name}'s has changed"
        if person.mark in said:
            yield f"it shows what is {person.name}'s: {said}"


def contents(person: PersonFolders) -> dict[Path, bytes]:
    """Return all that one person has, without what lies in the others' folders."""
    apart = [folder / "people" for folder in FIRST.all]
    return {
        path: path.read_bytes()
        for folder in person.all
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.is_file() and (person.key or not any(path.is_relative_to(other) for other in apart))
    }


def owner_of(path: Path, people: Sequence[Person]) -> Person | None:
    """Return whose folders a path lies in; the first person's hold all the others'."""
    for person in (*people[1:], people[0]):
        if any(path.is_relative_to(folder) for folder in person.folders.all):
            return person
    return None
