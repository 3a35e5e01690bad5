"""A file is proven against what it carries: each way it can be wrong is found, and said with its place."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.cli.main import main
from coach.export import proof as proofs
from coach.export.fingerprint import fingerprint, packed
from coach.export.proof import Proof, prove
from coach.export.render import blocks
from coach.export.riff import append_chunks
from coach.export.tags import Mark, Tags, marks
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm
from coach.sound.wav import write_wav
from coach.speech.clips import Clips
from coach.timeline.cue import CueKind, Timeline
from tests.support.fakes import ToneVoice
from tests.support.timelines import short

VOICE = Clips(ToneVoice())
PLAN = short(3)


def written(path: Path, sound: Pcm, chapters: tuple[Mark, ...] = marks(PLAN)) -> Path:
    """Write a sound with the proof of PLAN, as the export does."""
    write_wav(path, sound)
    append_chunks(path, Tags("A"), chapters, packed(fingerprint(PLAN, VOICE.clip)))
    return path


def mixed(timeline: Timeline = PLAN, voice: Clips = VOICE) -> Pcm:
    return np.concatenate(list(blocks(timeline, voice.clip)))


def said(proof: Proof) -> list[str]:
    return [problem.what for problem in proof.problems]


def with_cues_moved(by_s: float, which: Iterable[str]) -> Timeline:
    """Return PLAN with all cues of some texts moved."""
    names = set(which)
    segments = tuple(
        replace(each, cues=tuple(replace(cue, t=cue.t + by_s) if cue.text in names else cue for cue in each.cues))
        for each in PLAN.segments
    )
    return replace(PLAN, segments=segments)


def without(text: str) -> Timeline:
    segments = tuple(replace(each, cues=tuple(cue for cue in each.cues if cue.text != text)) for each in PLAN.segments)
    return replace(PLAN, segments=segments)


def test_a_file_as_planned_is_proven(tmp_path: Path) -> None:
    proof = prove(written(tmp_path / "a.wav", mixed()))
    assert proof.ok, proof.problems
    assert proof.worst_ms is not None
    assert proof.worst_ms <= 0.03
    assert proof.length_s == pytest.approx(PLAN.length_s, abs=1e-3)
    assert proof.speech_lufs == pytest.approx(-19, abs=0.3)
    assert [mark.title for mark in proof.chapters] == ["welcome", "set", "set", "set", "finish"]


@pytest.mark.parametrize("by_ms", [2, 30, 400])
def test_a_cue_that_comes_late_is_named_with_its_place(by_ms: int, tmp_path: Path) -> None:
    proof = prove(written(tmp_path / "a.wav", mixed(with_cues_moved(by_ms / 1000, ["Done."]))))
    assert said(proof) == [f"'Done.' is {by_ms:.1f} ms late; the maximum is 1"]
    assert proof.problems[0].t == pytest.approx(3.217 + 3 * 8.333 + 0.1, abs=1e-3)
    assert proof.worst_ms == pytest.approx(by_ms, abs=0.05)


def test_a_cue_within_its_bound_is_no_problem(tmp_path: Path) -> None:
    proof = prove(written(tmp_path / "a.wav", mixed(with_cues_moved(0.0009, ["In, slowly."]))))
    assert proof.ok
    assert proof.worst_ms == pytest.approx(0.9, abs=0.03)


@pytest.mark.parametrize("text", ["fall", "In, slowly."])
def test_a_cue_that_is_missing_is_named_wherever_it_is_missing(text: str, tmp_path: Path) -> None:
    proof = prove(written(tmp_path / "a.wav", mixed(without(text))))
    assert said(proof) == [f"'{text}' is missing"] * 3


def test_another_voices_clips_are_not_taken_for_it(tmp_path: Path) -> None:
    other = Clips(ToneVoice("other"))
    proof = prove(written(tmp_path / "a.wav", mixed(voice=other)))
    spoken = sum(cue.kind is CueKind.SAY for each in PLAN.segments for cue in each.cues)
    assert len([what for what in said(proof) if what.endswith(("is missing", "the maximum is 1"))]) >= spoken


@pytest.mark.parametrize(("db", "says"), [(-3.0, "at -22"), (10.0, "true peak")])
def test_a_file_at_another_level_is_found_out(db: float, says: str, tmp_path: Path) -> None:
    louder = np.clip(mixed() * 10 ** (db / 20), -32768, 32767).astype(np.int16)
    proof = prove(written(tmp_path / "a.wav", louder))
    assert any(says in what for what in said(proof)), proof.problems


def test_a_clip_too_short_for_the_measure_is_held_to_the_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK_S", 1.0)
    sound = mixed()
    at = round((3.217 + 3 * 8.333 + 0.1) * RATE_HZ)
    sound[at:] = np.rint(sound[at:] * 0.5)
    proof = prove(written(tmp_path / "a.wav", sound))
    assert said(proof) == ["'Done.' is 6.0 dB quieter than the voice; the maximum is 3"]


def test_a_file_that_was_cut_off_is_too_short_and_lacks_cues(tmp_path: Path) -> None:
    sound = mixed()
    proof = prove(written(tmp_path / "a.wav", sound[: len(sound) - 5 * RATE_HZ]))
    assert "it is 5.00 s too short" in said(proof)
    assert "'Done.' is missing" in said(proof)


def test_a_mute_file_is_not_proven(tmp_path: Path) -> None:
    proof = prove(written(tmp_path / "a.wav", mixed() * np.int16(0)))
    assert (proof.worst_ms, proof.true_peak_db, proof.speech_lufs) == (None, None, None)
    assert len(proof.problems) == 2 + 3 * 8 + 1


def test_chapters_must_be_those_that_were_planned(tmp_path: Path) -> None:
    planned = marks(PLAN)
    late = (planned[0], replace(planned[1], start_s=planned[1].start_s + 0.005), *planned[2:])
    named = (replace(planned[0], title="Hello"), *planned[1:])
    for wrong, says in [(planned[1:], "4 chapters, not 5"), (late, "chapter 2 is 5.0 ms off"), (named, "'Hello'")]:
        proof = prove(written(tmp_path / "a.wav", mixed(), wrong))
        assert any(says in what for what in said(proof))


def test_the_command_proves_a_file_where_there_is_nothing_but_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.wav", mixed())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    monkeypatch.setitem(os.environ, "PATH", "")
    monkeypatch.setattr("coach.speech.process.Worker.__init__", None)  # no voice either
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(path), "--json"])
    assert ended.value.code == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "ok", "length_s", "worst_ms", "median_ms", "true_peak_db", "speech_lufs", "chapters", "problems",
    ]  # fmt: skip
    assert told["ok"] is True
    assert told["chapters"][0] == {"title": "welcome", "start_s": 0.0, "end_s": pytest.approx(3.217, abs=1e-4)}
    assert not (tmp_path / "empty").exists()


def test_the_command_says_what_and_where_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.wav", mixed(without("tick")))
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(path)])
    assert ended.value.code == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"{path}: not as planned, 12 problems; 0:30 minutes")
    assert told[1].split(maxsplit=1) == ["0:04", "'tick' is missing"]


@pytest.mark.parametrize(
    ("name", "says"), [("none.mp3", "no such file"), (".", "is a folder"), ("a.txt", "has no fingerprint")]
)
def test_what_can_not_be_proven_is_one_line_and_code_2(
    name: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("words")
    assert main(["verify", str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_an_mp3_whose_sound_is_gone_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from coach.export.export import export

    whole, bare = tmp_path / "a.mp3", tmp_path / "b.mp3"
    export(short(1), VOICE.clip, whole, Tags("A"))
    shutil.copy(whole, bare)
    with bare.open("r+b") as file:
        size = int.from_bytes(bytes([0]) + whole.read_bytes()[7:10], "big")
        file.truncate(min(size, 2_000))
    assert main(["verify", str(bare)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
