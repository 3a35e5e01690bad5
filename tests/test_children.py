"""Whatever Python process the coach starts, a module that lies in the working folder is never run."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import pytest

from coach.cli.files.batching import processes
from coach.hearing.process import EarsProcess
from coach.hearing.recipe import Recipe, Recognizer
from coach.hearing.recognition.vosk.engine import try_out
from coach.hearing.vocabulary.phrase_table import load_table
from coach.speech.natural_voice import NaturalVoice, missing_parts
from coach.speech.system_voice import SystemVoice
from tests.architecture.tree import SOURCES, where

STRAY = ("numpy", "json", "struct", "wave", "socket", "typing", "coach")
MARKS = "from pathlib import Path\nPath(__file__).with_suffix('.was_run').touch()\n"
PATIENCE_S = 60.0


def ears_listen() -> None:
    ears = EarsProcess(Recipe(Recognizer.MOONSHINE, load_table(), headphones=True))
    until = time.monotonic() + PATIENCE_S
    while not ears.ready and time.monotonic() < until:
        time.sleep(0.02)
    assert ears.ready
    ears.close()


def system_voice_speaks() -> None:
    voice = SystemVoice()
    assert voice.render(["One."])
    voice.close()


def natural_voice_speaks() -> None:
    if missing_parts():
        pytest.skip("the natural voice is not installed (./scripts/setup --voice): NOT tested")
    voice = NaturalVoice()
    assert voice.render(["One."])
    voice.close()


def vosk_model_is_tried() -> None:
    assert try_out(Path("nowhere"))


def pool_works() -> None:
    pool: Executor
    with processes(1).open() as pool:
        assert pool.submit(abs, -1).result(timeout=PATIENCE_S) == 1


@pytest.mark.parametrize(
    "start", [ears_listen, system_voice_speaks, natural_voice_speaks, vosk_model_is_tried, pool_works]
)
def test_no_child_runs_a_module_of_the_working_folder(
    start: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in STRAY:
        (tmp_path / f"{name}.py").write_text(MARKS)
    monkeypatch.chdir(tmp_path)
    start()
    assert list(tmp_path.glob("*.was_run")) == []


def test_one_place_knows_how_a_child_is_started() -> None:
    assert [where(path) for path in SOURCES if "sys.executable" in path.read_text("utf-8")] == ["children.py"]
