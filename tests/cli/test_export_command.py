"""`coach export` made to measure: what is asked for is in the file, and what can't be is one line."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import mutagen
import pytest

from coach.cli.files.shaping import shape_of
from coach.cli.main import main
from coach.errors import InputError
from coach.export.carried import carried
from coach.export.fingerprint import Fingerprint
from coach.sound.clip import RATE_HZ
from coach.timeline.cue import CueKind
from coach.timeline.step import Shape
from coach.timeline.whole_frames import MP3_FRAME

ODD = 'Tiny "ünï" 💪 / \\ \n=#;'
BARE = "warm_up = false\nbalance = false\nwind_down = false\n"
"""Nothing stands around the exercise, so that the file is short."""
ROUTINE = "name = {}\n" + BARE + '[[block]]\nexercise = "external-rotation"\nsets = {}\nreps = {}\n'
ENTRY = "import sys\nprint('on', flush=True)\nfrom coach.__main__ import main\nsys.exit(main())"


@pytest.fixture(scope="module", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def] # a generator
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(ROUTINE.format(json.dumps(ODD, ensure_ascii=False), 1, 2), "utf-8")
    return path


def exported(routine: Path, *arguments: object) -> int:
    """Export with a voice that is quick to speak; return the exit code."""
    return coach("export", routine, "--voice", "en-us", *arguments)


def coach(*arguments: object) -> int:
    """Run the program; return its exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def proof_of(path: Path) -> Fingerprint:
    return carried(path)[0]


FRAME_S = MP3_FRAME / RATE_HZ
"""A segment is longer by less than this."""


def sentences(path: Path) -> list[str]:
    return [clip.text for clip in proof_of(path).clips if clip.kind is CueKind.SAY]


@pytest.mark.slow
def test_sets_reps_pace_rest_and_gate_are_in_the_file(routine: Path, tmp_path: Path) -> None:
    plain, longer = tmp_path / "a.wav", tmp_path / "b.wav"
    assert exported(routine, "-o", plain) == 0
    # Without the sounds explained at the first gate, which takes the time that it takes.
    measures = ["--sets", 2, "--reps", 3, "--pace", 1.3, "--rest", 60, "--gate", 20, "--short-setups"]
    assert exported(routine, "-o", longer, *measures) == 0
    before, after = proof_of(plain), proof_of(longer)
    assert [mark.title.split(" · ", 1)[1] for mark in before.chapters[2:-1]] == ["1 of 1 · 2 reps"]
    assert [mark.title.split(" · ", 1)[1] for mark in after.chapters[2:-1]] == ["1 of 2 · 3 reps", "2 of 2 · 3 reps"]
    first, second = after.chapters[2:4]
    moving_s = 3 * 1.3 * 2 + 1  # out and back at their pace, and the hold
    way_out_s = second.end_s - second.start_s - (20 + 4 + 3 * moving_s)
    assert 2 < way_out_s < 12
    assert first.end_s - first.start_s == pytest.approx(20 + 4 + 3 * moving_s + way_out_s + 60, abs=3 * FRAME_S)


@pytest.mark.slow
def test_fewer_words_are_fewer_words(routine: Path, tmp_path: Path) -> None:
    plain, fewer = tmp_path / "a.wav", tmp_path / "b.wav"
    assert exported(routine, "-o", plain) == 0
    assert exported(routine, "-o", fewer, "--fewer-words") == 0
    told, less = ([len(text) for text in sentences(path)] for path in (plain, fewer))
    assert sum(less) < sum(told)
    assert proof_of(plain).length_s == pytest.approx(proof_of(fewer).length_s, abs=0.5)


@pytest.mark.slow
def test_an_odd_title_goes_through_every_format(
    routine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.mp3", "a.m4b", "a.wav"):
        assert exported(routine, "-o", tmp_path / name, "--verify", "--words") == 0
    assert capsys.readouterr().out.count("as planned") == 3
    tags = mutagen.File(tmp_path / "a.mp3").tags
    assert str(tags["TIT2"]) == str(tags["TALB"]) == ODD
    assert tags["APIC:"].data.startswith(b"\xff\xd8")
    assert {path.name for path in tmp_path.iterdir()} == {
        "a.mp3", "a.m4b", "a.wav", "a.lrc", "a.vtt", "tiny.toml",
    }  # fmt: skip


def test_split_writes_a_folder_of_tracks(routine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    assert exported(routine, "-o", folder, "--split", "--words", "--verify") == 0
    assert "4 tracks" in capsys.readouterr().out.splitlines()[0]
    tracks = sorted(folder.glob("*.mp3"))
    assert [path.name[:3] for path in tracks] == ["01 ", "02 ", "03 ", "04 "]
    assert all(path.with_suffix(".lrc").is_file() and path.with_suffix(".vtt").is_file() for path in tracks)
    assert (folder / "tiny.m3u8").is_file()


def test_verify_ends_with_1_where_the_file_is_not_as_planned(
    routine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.export.proof.MOST_PEAK_DB", -60.0)
    assert exported(routine, "-o", tmp_path / "a.wav", "--verify") == 1
    assert (tmp_path / "a.wav").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "a.mp3", "--rest", "10"], "--rest 10: must be 15 to 300 seconds"),
        (["-o", "a.mp3", "--rest", "nan"], "--rest nan"),
        (["-o", "a.mp3", "--gate", "1000"], "--gate 1000: must be 5 to 120 seconds"),
        (["-o", "a.mp3", "--format", "wav"], "--format wav doesn't match"),
        (["-o", "out", "--format", "ogg"], "--format ogg: choose one of"),
        (["-o", "a.mp3", "--split"], "the output is a folder"),
        (["-o", "out", "--split", "--format", "m4b"], "with --split, choose mp3 or wav"),
        (["-o", "none/out", "--split"], "there is no folder"),
    ],
)
def test_wrong_measures_are_one_line_and_code_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert coach("export", "bands", *arguments) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_asked_for_is_as_usual() -> None:
    assert shape_of(1.0, None, None, fewer_words=False) == Shape()
    with pytest.raises(InputError, match="--pace"):
        shape_of(float("nan"), None, None, fewer_words=False)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("after_s", [0.0, 0.02, 0.05, 0.1])
def test_ctrl_c_while_the_program_is_being_loaded_is_quiet(after_s: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENTRY, "routines"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    time.sleep(0.01 + after_s)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode in (0, 130)
    assert complaints == ""


@pytest.mark.slow
def test_verify_takes_json_of_an_export(routine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(routine, "-o", tmp_path / "a.mp3") == 0
    capsys.readouterr()
    assert coach("verify", tmp_path / "a.mp3", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert told["worst_ms"] <= 1
    assert told["true_peak_db"] <= -1
    assert told["speech_lufs"] == pytest.approx(-19, abs=1)
    assert [chapter["start_s"] for chapter in told["chapters"]] == sorted(each["start_s"] for each in told["chapters"])


def test_tracks_go_into_a_library_as_a_book_below_its_author(routine: Path, tmp_path: Path) -> None:
    library = tmp_path / "audiobooks"
    library.mkdir()
    assert exported(routine, "-o", library, "--split", "--library") == 0
    (author,) = library.iterdir()
    (book,) = author.iterdir()
    assert (author.name, (book / "cover.jpg").read_bytes()[:2]) == ("Coach", b"\xff\xd8")
    assert len(list(book.glob("[0-9][0-9] *.mp3"))) == len(list(book.glob("*.mp3"))) > 1
    assert exported(routine, "-o", tmp_path / "a.mp3", "--library") == 2
