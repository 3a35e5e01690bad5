"""The log: one JSON object a line, keys in the documented order, nothing lost."""

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.log.entries import (
    CommandEntry,
    DeviceEntry,
    Entry,
    FinishEntry,
    HeardEntry,
    PhaseEntry,
    RepEntry,
    SayEntry,
    SegmentEntry,
    SessionEntry,
    SilentEntry,
    StateEntry,
    line,
    without_talk,
)
from coach.log.writer import LogWriter
from coach.threads import Faults
from tests.support.killing import kill_thread

DOCUMENTED: list[tuple[Entry, list[str]]] = [
    (
        SessionEntry(0.0, 1, "2026-01-01T10:00:00+00:00", "bands", "en-us", "moonshine", False),
        ["event", "t", "schema", "started", "routine", "voice", "ears", "rehearsed"],
    ),
    (
        SegmentEntry(1.0, 1, "set", "One-arm row", "one-arm-row", "right", 1, 64.0),
        ["event", "t", "index", "kind", "title", "exercise", "side", "set", "length_s"],
    ),
    (SayEntry(1.0, "Welcome.", 0.8), ["event", "t", "text", "length_s"]),
    (PhaseEntry(1.0, "pull", "out", None, 3.0), ["event", "t", "name", "breath", "side", "length_s"]),
    (RepEntry(1.0, 1, 10, None), ["event", "t", "n", "of", "side"]),
    (
        HeardEntry(1.0, "next", "next", None, -0.4, 0.9, False, True, "ok"),
        [
            "event",
            "t",
            "text",
            "command",
            "value",
            "confidence",
            "word_end_t",
            "coach_speaking",
            "accepted",
            "reason",
            "why",
        ],
    ),
    (CommandEntry(1.0, "next", "playing/set", "playing/rest"), ["event", "t", "name", "from", "to"]),
    (StateEntry(1.0, "asking", "end"), ["event", "t", "state", "question"]),
    (SilentEntry(1.0, "pause"), ["event", "t", "after"]),
    (DeviceEntry(1.0, "microphone lost"), ["event", "t", "what"]),
    (FinishEntry(1.0, "completed", 50, 20), ["event", "t", "reason", "reps", "segments"]),
]


@pytest.mark.parametrize(("entry", "keys"), DOCUMENTED, ids=lambda value: getattr(value, "event", ""))
def test_keys_come_in_the_documented_order(entry: Entry, keys: list[str]) -> None:
    assert list(json.loads(line(entry))) == keys


def test_unknown_is_null_and_seconds_have_at_most_three_decimals() -> None:
    record = json.loads(line(HeardEntry(1.23456, "hm", None, None, float("-inf"), 2.0004, False, False, "unknown")))
    assert record["t"] == 1.235
    assert record["word_end_t"] == 2.0
    assert record["command"] is None
    assert record["confidence"] is None


def test_every_line_reaches_every_file(tmp_path: Path) -> None:
    paths = [tmp_path / "kept" / "a.jsonl", tmp_path / "b.jsonl"]
    log = LogWriter(paths)
    for n in range(50):
        log.add(SilentEntry(float(n), "speech"))
    log.close()
    for path in paths:
        assert [json.loads(text)["t"] for text in path.read_text("utf-8").splitlines()] == [float(n) for n in range(50)]


def test_a_log_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(InputError, match=r"can't write the log .*log\.jsonl"):
        LogWriter([in_the_way / "log.jsonl"])


def test_the_session_goes_on_when_the_disk_is_full() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    faults = Faults()
    log = LogWriter([full], faults.report)
    log.add(SilentEntry(0.0, "speech"))
    log.close()
    assert (log.lost, log.paths) == ([full], ())
    assert faults.taken() == [log.problem]
    assert str(full) in str(log.problem)


def test_the_usual_log_may_be_missing(tmp_path: Path) -> None:
    in_the_way, asked = tmp_path / "file", tmp_path / "b.jsonl"
    in_the_way.write_text("")
    log = LogWriter([asked], usual=in_the_way / "a.jsonl")
    log.add(SilentEntry(0.0, "speech"))
    log.close()
    assert log.paths == (asked,)
    assert "isn't being logged" in str(log.problem)
    assert asked.read_text()


def test_a_log_thread_that_dies_loses_no_line(tmp_path: Path) -> None:
    faults, path = Faults(), tmp_path / "a.jsonl"
    log = LogWriter([path], faults.report)
    for n in range(20):
        kill_thread("log")
        log.add(SilentEntry(float(n), "speech"))
    log.close()
    assert [json.loads(text)["t"] for text in path.read_text("utf-8").splitlines()] == [float(n) for n in range(20)]
    assert set(faults.taken()) == {"log: KilledError"}


def test_the_words_of_other_talk_are_left_out_where_people_are_real() -> None:
    talk = HeardEntry(1.0, "where are my glasses", None, None, -9.0, 2.0, False, False, "unknown")
    command = HeardEntry(1.0, "next", "next", None, 0.0, 2.0, False, True, "ok")
    assert json.loads(line(without_talk(talk)))["text"] is None
    assert without_talk(command) == command
