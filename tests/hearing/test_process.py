"""The ears' process: never blocks the caller, is started again when it dies, ends when it is closed."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep

import numpy as np
import pytest

from coach.hearing.ports.ears import Heard
from coach.hearing.process import HANGS_S, QUEUE_LENGTH, EarsProcess
from coach.hearing.recipe import Recipe, Recognizer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.wire import Message, MessageKind, block_message, heard_line, messages, parse_heard, split_block
from tests.support.killing import kill_thread
from tests.support.spoken import blocks, floor, room, spoken

RECIPE = Recipe(Recognizer.MOONSHINE, load_table(), headphones=True)
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def kept() -> Iterator[EarsProcess]:
    made = EarsProcess(RECIPE)
    yield made
    made.close()


@pytest.fixture
def ears(kept: EarsProcess) -> EarsProcess:
    """Return ears that are there, all commands open, whatever the test before did to them."""
    kept.expect(frozenset(entry.command for entry in RECIPE.table.entries))
    wait_until(lambda: kept.ready)
    return kept


def wait_until(true: Callable[[], object]) -> None:
    until = perf_counter() + PATIENCE_S
    while not true() and perf_counter() < until:
        sleep(0.02)
    assert true()


def play(ears: EarsProcess, text: str) -> list[Heard]:
    """Speak to the ears, then wait in silence for the final."""
    heard = [h for each in blocks(room(spoken(text))) for h in ears.hear(each, np.zeros_like(each))]
    wait_until(lambda: ears.ready)
    until = perf_counter() + PATIENCE_S
    while not any(not h.partial for h in heard) and perf_counter() < until:
        quiet = floor(0.02)
        heard += ears.hear(quiet, np.zeros_like(quiet))
        sleep(0.01)
    return heard


def test_opening_does_not_wait_for_the_model() -> None:
    ears = EarsProcess(RECIPE)
    waited = ears.ready
    ears.close()
    assert not waited


def test_numpy_has_one_thread_in_the_process() -> None:
    tells = "import json, os; print(json.dumps({'failed': os.environ['OMP_NUM_THREADS']}))"
    ears = EarsProcess(RECIPE, worker=("-c", tells))
    wait_until(lambda: ears.trouble)
    ears.close()
    assert ears.trouble == "1"


def test_what_is_said_while_the_model_loads_is_recognized_and_closing_twice_is_no_error() -> None:
    ears = EarsProcess(RECIPE)
    assert play(ears, "next")[-1].command is Command.NEXT
    ears.close()
    ears.close()
    assert ears.pid is None


def test_a_process_that_dies_is_reported_and_started_again(ears: EarsProcess) -> None:
    before = play(ears, "next")[-1]
    first, died = ears.pid, ears.deaths
    assert first is not None
    os.kill(first, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    wait_until(lambda: ears.deaths == died + 1)
    assert "being restarted" in str(ears.trouble)
    assert not ears.speaking
    wait_until(lambda: ears.ready)
    assert ears.trouble is None
    assert ears.pid != first
    final = play(ears, "next")[-1]
    assert final.command is Command.NEXT
    assert final.word_start_t > before.word_end_t


def test_the_open_commands_outlive_a_process(ears: EarsProcess) -> None:
    ears.expect(frozenset({Command.NUMBER}))
    died = ears.deaths
    assert ears.pid is not None
    os.kill(ears.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    wait_until(lambda: ears.deaths == died + 1)
    wait_until(lambda: ears.ready)
    final = play(ears, "two")[-1]
    assert (final.command, final.value) == (Command.NUMBER, 2)


def test_a_process_that_reads_nothing_never_blocks_the_caller() -> None:
    ears = EarsProcess(RECIPE, worker=("-c", "import time; time.sleep(600)"))
    quiet = floor(0.02)
    wait_until(lambda: ears.pid)
    for _ in range(20 * QUEUE_LENGTH):  # far more than the queue and the pipe hold
        ears.hear(quiet, np.zeros_like(quiet))
    ears.close()
    assert ears.pid is None


WAITS_THEN_TELLS = """
import json, pathlib, sys, time
from coach.hearing.wire import MessageKind, messages
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.01)
opened = None
for message in messages(sys.stdin.buffer):
    if message.kind is MessageKind.EXPECT:
        opened = message.body.decode()
    if message.kind is MessageKind.BLOCK:
        print(json.dumps({"failed": f"{message.place} {opened}"}), flush=True)
"""


def test_what_is_open_is_told_before_the_next_block_however_long_the_queue_was_full(tmp_path: Path) -> None:
    ears = EarsProcess(RECIPE, worker=("-c", WAITS_THEN_TELLS, str(tmp_path / "go")))
    ears.expect(frozenset({Command.YES, Command.NO}))
    quiet = floor(0.02)
    wait_until(lambda: ears.pid)
    for _ in range(2 * QUEUE_LENGTH):
        ears.hear(quiet, np.zeros_like(quiet))
    ears.expect(frozenset({Command.NEXT}))
    for _ in range(2 * QUEUE_LENGTH):
        ears.hear(quiet, np.zeros_like(quiet))
    (tmp_path / "go").touch()
    ears.hear(quiet, np.zeros_like(quiet))
    last = f"{(4 * QUEUE_LENGTH) * len(quiet)} "
    wait_until(lambda: str(ears.trouble).startswith(last))
    ears.close()
    assert ears.trouble == f"{last}{Command.NEXT}"


def test_a_process_that_hangs_is_killed_and_started_again() -> None:
    hangs = 'import time; print(\'{"ready": "moonshine"}\', flush=True); time.sleep(600)'
    ears = EarsProcess(RECIPE, worker=("-c", hangs))
    wait_until(lambda: ears.ready)
    first, quiet = ears.pid, floor(0.02)
    for _ in range(round(HANGS_S / 0.02) + 2):
        ears.hear(quiet, np.zeros_like(quiet))
    wait_until(lambda: ears.deaths == 1)
    wait_until(lambda: ears.ready)
    second = ears.pid
    assert second != first
    ears.hear(quiet, np.zeros_like(quiet))  # what was queued before it was there counts as nothing against it
    assert (ears.pid, ears.deaths) == (second, 1)
    ears.close()


def test_a_process_that_cannot_be_started_is_reported_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", "nowhere/python")
        ears = EarsProcess(RECIPE)
        wait_until(lambda: ears.trouble)
        assert "trying again" in str(ears.trouble)
    wait_until(lambda: ears.ready)
    assert ears.trouble is None
    ears.close()


def test_ears_that_cannot_be_loaded_say_why_and_are_not_tried_again(tmp_path: Path) -> None:
    ears = EarsProcess(Recipe(Recognizer.VOSK, load_table(), model=tmp_path / "nowhere"))
    wait_until(lambda: ears.trouble)
    assert "nowhere" in str(ears.trouble)
    wait_until(lambda: ears.pid is None)
    assert ears.deaths == 0
    ears.close()


def test_a_block_survives_the_pipe(tmp_path: Path) -> None:
    mic, played = floor(0.02, seed=5), floor(0.02, seed=6)
    path = tmp_path / "pipe"
    path.write_bytes(
        block_message(mic, played, 12_345).encoded() + Message(MessageKind.EXPECT, b"stop").encoded() + b"\x02cut"
    )
    with path.open("rb") as pipe:
        first, second = messages(pipe)
    assert (first.kind, first.place, second.body) == (MessageKind.BLOCK, 12_345, b"stop")
    assert all(np.array_equal(a, b) for a, b in zip(split_block(first.body), (mic, played), strict=True))


def test_a_recognized_phrase_survives_the_pipe() -> None:
    import json

    heard = Heard("stop", Command.STOP, None, -0.5, float("inf"), 1.0, 1.5, partial=True, near=None)
    assert parse_heard(json.loads(heard_line(heard))["heard"]) == heard


TOLD_S = 3.0


def listen(ears: EarsProcess, until_true: Callable[[], object]) -> float:
    """Go on in real time until something holds; return the most that the ears were behind, in seconds."""
    quiet, most_s, began = floor(0.02), 0.0, perf_counter()
    while not until_true():
        assert perf_counter() - began < PATIENCE_S
        ears.hear(quiet, np.zeros_like(quiet))
        most_s = max(most_s, ears.behind_s)
        sleep(0.02)
    return most_s


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGSTOP"])
def test_a_process_that_dies_or_is_stopped_shows_and_is_there_again_by_itself(ears: EarsProcess, number: str) -> None:
    listen(ears, lambda: ears.ready and ears.behind_s < 1)
    first, died = ears.pid, ears.deaths
    assert first is not None
    os.kill(first, getattr(signal, number))
    most_s = listen(ears, lambda: ears.deaths == died + 1)
    assert most_s < 3 * TOLD_S  # it is told by then: see `live/vigil`
    listen(ears, lambda: ears.ready and ears.behind_s < 1)
    assert ears.pid != first
    assert ears.trouble is None


def test_half_an_answer_of_a_process_that_was_killed_stops_nothing() -> None:
    lines = ('{"he', "[]", '{"heard": 3}', '{"failed": "at last"}')
    tells = f"print({chr(10).join(lines)!r}, flush=True)"
    ears = EarsProcess(RECIPE, worker=("-c", tells))
    wait_until(lambda: ears.trouble)
    ears.close()
    assert ears.trouble == "at last"


def test_ears_whose_keeper_dies_hear_again(ears: EarsProcess) -> None:
    first = ears.pid
    kill_thread("ears")
    listen(ears, lambda: ears.pid not in (None, first) and ears.ready)
    assert play(ears, "next")[-1].command is Command.NEXT


def test_ears_whose_reader_dies_hear_again(ears: EarsProcess) -> None:
    kill_thread("ears' answers")
    assert play(ears, "next")[-1].command is Command.NEXT
