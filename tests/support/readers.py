"""Every reader that a person's file goes through, each with a file that it takes."""

import json
import os
import random
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from coach.cli.files.people import read_people
from coach.devices.files import FileDevices
from coach.errors import CoachError
from coach.export.carried import carried
from coach.export.export import export
from coach.export.fingerprint import fingerprint, packed, unpacked
from coach.export.listening import Listening
from coach.export.tags import Tags
from coach.hearing.vocabulary import phrase_table
from coach.library import files
from coach.library.files import check_file, load_exercises, load_routine
from coach.library.safe_routine import make_safe
from coach.library.safety import Person
from coach.rehearsal import script
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.wav import write_wav
from coach.speech.clips import Clips
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.training.profile import Profile, load_profile
from coach.training.profile_file import profile_text
from tests.support.fakes import ToneVoice
from tests.support.mutations import BINARY, TEXT, Change, mutated
from tests.support.timelines import short

LIBRARY = Path(files.__file__).parent
LONGEST_S = 10.0
WHOLE_PROFILE = profile_text(Profile(weights=(1.0, 2.0), bands=("yellow", "red"), name="Anna")).encode()
ROUTINE = b"""name = "Mine"

[[block]]
exercise = "one-arm-row"
sets = 2
reps = 12
rest = 60
phases = { pull = 4 }

[[block]]
exercise = "bird-dog"
sets = 1
reps = 10
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads one kind of file."""

    ending: str
    content: bytes
    read: Callable[[Path], object]
    changes: tuple[Change, ...] = TEXT


def all_readers(folder: Path) -> dict[str, Reader]:
    """Return every reader by the name of what it reads. Files of sound are made in the folder."""
    return {
        "routine": Reader("toml", ROUTINE, _routine),
        "exercise": Reader("toml", (LIBRARY / "exercises" / "bird-dog.toml").read_bytes(), check_file),
        "script": Reader("toml", script.TOUR.read_bytes(), _script),
        "profile": Reader("toml", WHOLE_PROFILE, load_profile),
        "phrases": Reader("toml", (phrase_table.FOLDER / "en.toml").read_bytes(), phrase_table.load_table),
        "list": Reader("csv", b'name,routine,sets,pace\nAnna,bands,2,1.15\n"Bea, B.",floor,,"1,0"\n', read_people),
        "noise": Reader("wav", _wav(folder), _noise, BINARY),
        "microphone": Reader("wav", _wav(folder), _microphone, BINARY),
        **{
            f"exported {kind}": Reader(kind, _exported(folder, kind), carried, BINARY) for kind in ("mp3", "wav", "m4b")
        },
    }


def _routine(path: Path) -> None:
    """Read a routine as `show`, `export` and `check` do."""
    routine = load_routine(str(path))
    assert not any(problem.line is None for problem in check_file(path))
    build_timeline(make_safe(routine, Person(), load_exercises()).routine, estimate)


def _script(path: Path) -> None:
    script.load_script(path, load_routine("spine-strength"))


def _noise(path: Path) -> None:
    block = np.zeros(320, np.int16)
    Room(RoomSpec(noise_file=path)).hear_16k(block, block)


def _microphone(path: Path) -> None:
    FileDevices(None, path).exchange(np.zeros(882, np.int16))


def _wav(folder: Path) -> bytes:
    path = folder / "sound.wav"
    write_wav(path, np.sin(np.arange(4_000) / 10).astype(np.float32), 16_000)
    return path.read_bytes()


def _exported(folder: Path, kind: str) -> bytes:
    path = folder / f"exported.{kind}"
    export(short(3), Clips(ToneVoice()).clip, path, Tags("A title"))
    return path.read_bytes()


def read_mutated(name: str, reader: Reader, folder: Path, seed: int) -> None:
    """Read one mutated file: it is taken, or refused in lines that name it, within ten seconds."""
    chance = random.Random(f"{name} {seed}")
    path = folder / f"{seed}.{reader.ending}"
    path.write_bytes(mutated(reader.content, chance, reader.changes))
    began = time.process_time()  # a busy machine is no fault
    refused = _refused(reader, path)
    assert time.process_time() - began < LONGEST_S
    if refused is not None:
        assert str(path) in str(refused).splitlines()[0]
        assert refused.exit_code == 2
    path.unlink()


def _refused(reader: Reader, path: Path) -> CoachError | None:
    try:
        reader.read(path)
    except CoachError as error:
        return error
    return None


def read_crafted_fingerprint(seed: int) -> None:
    """Take a fingerprint whose values are odd: refused as a ValueError, or listened to without any other."""
    chance = random.Random(seed)
    whole = _whole_fingerprint()
    size = 4 + int.from_bytes(whole[:4], "big")
    head = json.loads(whole[4:size])
    _spoil(head, chance)
    written = json.dumps(head).encode()
    data = zlib.compress(len(written).to_bytes(4, "big") + written + whole[size : chance.choice((size + 9, None))])
    try:
        found = unpacked(data)
    except ValueError:
        return
    listening = Listening(found)
    listening.feed(np.zeros(44_100, np.float32))
    listening.finish()


@cache
def _whole_fingerprint() -> bytes:
    return zlib.decompress(packed(fingerprint(short(3), Clips(ToneVoice()).clip)))


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1,
    2**70,
    1e308,
    float("inf"),
    float("nan"),
    "",
    "say",
    [],
    [[]],
    {},
    [1],
    0.5,
)


def _spoil(value: Any, chance: random.Random) -> None:
    """Put something odd somewhere into a nested value."""
    while isinstance(value, dict | list) and value:
        key = chance.choice([*(value if isinstance(value, dict) else range(len(value)))])
        if not isinstance(value[key], dict | list) or not value[key] or chance.random() < 0.2:
            value[key] = chance.choice(ODD)
            return
        value = value[key]


def peak_mb() -> float:
    """Return the most memory this process has had; 0 where the system does not say."""
    if os.name != "posix":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
