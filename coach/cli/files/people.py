"""Read a list of people (CSV): what each of them wants, and every bad row with its line."""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from coach.cli.bar import Step
from coach.cli.files.people_table import NEEDED, Fields, choice, number, rows, whole
from coach.cli.files.shaping import checked_rate, shape_of, shaped
from coach.cli.training.person import NOTHING_KNOWN, Past, load_other, past_of, weights_told
from coach.errors import InputError
from coach.export.file_names import safe_name, same_file_key
from coach.export.target import TRACK_FORMATS, Format
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Routine, WantedParts, with_parts
from coach.library.safe_routine import make_safe
from coach.library.safety import Person
from coach.timeline.step import Shape
from coach.training.people.names import find_person
from coach.training.profile import Profile, load_profile

LONGEST_ADDRESS = 1_000  # letters: a code of more is too fine for a telephone's camera


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person wants."""

    line: int
    """In the list, from 1."""
    name: str
    file_name: str
    """Without an ending."""
    routine: Routine
    shape: Shape = field(default_factory=Shape)
    voice: str | None = None
    speech_rate: int | None = None
    """Words a minute; None: the usual ones."""
    kind: Format = Format.MP3
    split: bool = False
    """A folder of tracks."""
    words: bool = False
    """Also .lrc and .vtt."""
    music: Path | None = None
    title: str | None = None
    """Of the title tag; None: the routine's name."""
    guide: bool | None = None
    """Also a page; None: as the command says."""
    address: str | None = None
    """Of a page on the web, for the code on her page."""
    told: tuple[str, ...] = ()
    """What her profile changed or wants care, and what bars her after back pain."""


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    why: str


def read_people(path: Path, step: Step = lambda _done, _of: None) -> tuple[tuple[Wanted, ...], tuple[BadRow, ...]]:
    """Read a list. Raises InputError where the whole of it can't be read."""
    files = _Files(path.parent)
    wanted: list[Wanted] = []
    bad: list[BadRow] = []
    lines: dict[str, int] = {}  # by what is one file on some system
    all_rows = list(rows(path))
    for done, (line, fields) in enumerate(all_rows):
        step(done, len(all_rows))
        try:
            row = _wanted(line, fields, files)
            before = lines.setdefault(same_file_key(row.file_name), line)
            if before != line:
                raise InputError(f"{row.name} is already in line {before}; give one of them a different name")
            wanted.append(row)
        except InputError as error:
            bad.append(BadRow(line, " ".join(str(error).split())))  # one line a row, whatever is wrong with its routine
    return tuple(wanted), tuple(bad)


class _Files:
    """The routines and profiles that a list names, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.routine = cache(load_routine)
        self.profile = cache(self._profile)

    def _profile(self, name: str) -> Profile:
        return load_other(self.folder / name)


def _wanted(line: int, fields: Fields, files: _Files) -> Wanted:
    if fields.get(""):
        raise InputError(f"{fields['']!r} is one value too many; put quotes around anything that contains a comma")
    for name in NEEDED:
        if not fields.get(name):
            raise InputError(f"has no {name}")
    shape = _shape(fields)
    routine, told, usual_rate = _routine(fields, files)
    return Wanted(
        line,
        fields["name"],
        safe_name(fields["name"]),
        routine,
        shape,
        fields.get("voice"),
        checked_rate(whole(fields, "speech_rate")) or usual_rate,
        *_form(fields),
        words=choice(fields, "words") or False,
        music=_music(fields, files.folder),
        title=_title(fields, routine),
        guide=choice(fields, "guide"),
        address=_address(fields),
        told=told,
    )


def _routine(fields: Fields, files: _Files) -> tuple[Routine, tuple[str, ...], int | None]:
    """Return a row's routine, made safe for its person, what is to be told, and the rate of speech she likes.

    Raises UnsafeError.
    """
    routine = files.routine(_routine_name(fields["routine"]))
    routine = shaped(routine, whole(fields, "sets"), whole(fields, "reps"), number(fields, "rest"))
    profile, past = _whose(fields, files)
    person = replace(profile.person if profile else Person(), cleared=past.cleared)
    around = WantedParts(*(choice(fields, name) for name in ("warm_up", "balance", "wind_down")))
    routine = with_parts(routine, around.else_by((profile or Profile()).around))
    safe = make_safe(routine, person, load_exercises())
    care = (*safe.warnings, *weights_told(safe.routine, profile or Profile()))
    changes = (f"changed for {fields['name']}: {change}" for change in safe.changes)
    of_hers = (*changes, *(f"take care: {line}" for line in care)) if profile else ()
    return safe.routine, (*past.notices, *of_hers), profile.speech_rate if profile else None


def _routine_name(written: str) -> str:
    """Return a routine's id in small letters; a file's name as it is."""
    return written if written.lower().endswith(".toml") else written.lower()


def _shape(fields: Fields) -> Shape:
    pace, praise = number(fields, "pace"), choice(fields, "praise")
    return shape_of(
        1.0 if pace is None else pace,
        number(fields, "rest"),
        number(fields, "gate"),
        fewer_words=choice(fields, "fewer_words") or False,
        short_setups=choice(fields, "short_setups") or False,
        praise=praise is not False,
    )


def _form(fields: Fields) -> tuple[Format, bool]:
    """Return the format, and whether it is tracks."""
    written, split = fields.get("format", Format.MP3).lower().removeprefix("."), choice(fields, "split") or False
    possible = TRACK_FORMATS if split else tuple(Format)
    if written not in possible:
        raise InputError(
            f"format {fields['format']!r}{' with split' if split else ''}: choose one of {', '.join(possible)}"
        )
    return Format(written), split


def _music(fields: Fields, folder: Path) -> Path | None:
    if "music" not in fields:
        return None
    found = (folder / fields["music"]).resolve()
    if not found.exists():
        raise InputError(f"music {fields['music']!r}: there is no such file or folder next to the list")
    return found


def _title(fields: Fields, routine: Routine) -> str | None:
    """Return what the title tag says: with "yes" the routine and the person's name, else what is written."""
    written = fields.get("title")
    if written is None or written.lower() in ("yes", "no"):
        return f"{routine.name} for {fields['name']}" if written and written.lower() == "yes" else None
    return written


def _address(fields: Fields) -> str | None:
    address = fields.get("address")
    if address is None:
        return None
    if not address.lower().startswith(("http://", "https://")) or len(address.split()) > 1:
        raise InputError(f"address {address!r:.60} isn't a web address such as https://example.org/anna")
    if len(address) > LONGEST_ADDRESS:
        raise InputError(f"the address has {len(address)} characters; the maximum is {LONGEST_ADDRESS}")
    return address


def _whose(fields: Fields, files: _Files) -> tuple[Profile | None, Past]:
    """Return whose profile and history a row is made by: files of its own, or a person's of this house.

    Without either only what holds for all: never the profile of this machine.
    """
    own, history, person = (fields.get(name) for name in ("profile", "history", "person"))
    if not person:
        past = past_of(files.folder / history) if history else NOTHING_KNOWN
        return (files.profile(own) if own else None), past
    if own or history:
        raise InputError(
            '"person" names somebody in this household, "profile" and "history" name files; use one or the other'
        )
    found = find_person(person)
    return load_profile(found.profile), past_of(None, found.history)
