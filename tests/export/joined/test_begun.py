"""Passages are encoded while other sentences are still spoken: only what is certain, and nothing stays behind."""

import time
from pathlib import Path

import pytest

from coach.export.export import export
from coach.export.joined.cache import FrameCache
from coach.export.joined.joining import Joining
from coach.export.proof import prove
from coach.sound import ffmpeg
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.timeline.cue import CueKind, Timeline
from tests.support.fakes import ToneVoice
from tests.support.joined import TAGS, built


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    return built(tmp_path)


@pytest.fixture
def speaker(tmp_path: Path, timeline: Timeline) -> Clips:
    """Return a voice that has spoken the first half of the sentences."""
    texts = list(dict.fromkeys(cue.text for each in timeline.segments for cue in each.cues if cue.kind is CueKind.SAY))
    half = Clips(ToneVoice(), ClipCache(tmp_path / "clips"))
    half.prepare(texts[: len(texts) // 2])
    return half


def entries(folder: Path, ending: str = "frames") -> list[Path]:
    return sorted(folder.rglob(f"*.{ending}"))


def begun(joining: Joining, timeline: Timeline, cache: Path) -> None:
    """Begin, and wait for the first entry."""
    joining.begin(timeline)
    until = time.monotonic() + 20
    while not entries(cache) and time.monotonic() < until:
        time.sleep(0.01)
    assert entries(cache)


def test_what_is_spoken_is_encoded_before_the_rest_is(tmp_path: Path, timeline: Timeline, speaker: Clips) -> None:
    assert isinstance(speaker.voice, ToneVoice)
    spoken = list(speaker.voice.spoken)
    joining = Joining(speaker, FrameCache(tmp_path / "cache"))
    begun(joining, timeline, tmp_path / "cache")
    assert speaker.voice.spoken == spoken
    export(timeline, speaker.clip, tmp_path / "a.mp3", TAGS, joining=joining)
    joining.close()
    assert prove(tmp_path / "a.mp3").ok


def test_a_file_is_right_whatever_was_begun_in_vain(tmp_path: Path, timeline: Timeline, speaker: Clips) -> None:
    other = built(tmp_path, reps=3)
    speaker.prepare(cue.text for each in other.segments for cue in each.cues if cue.kind is CueKind.SAY)
    joining = Joining(speaker, FrameCache(tmp_path / "cache"))
    begun(joining, other, tmp_path / "cache")
    export(timeline, speaker.clip, tmp_path / "a.mp3", TAGS, joining=joining)
    joining.close()
    assert prove(tmp_path / "a.mp3").ok


def test_closed_it_encodes_no_more_and_claims_nothing(tmp_path: Path, timeline: Timeline, speaker: Clips) -> None:
    joining = Joining(speaker, FrameCache(tmp_path / "cache"))
    joining.begin(timeline)
    joining.close()
    left = entries(tmp_path / "cache")
    assert not entries(tmp_path / "cache", "claim")
    time.sleep(0.1)
    assert entries(tmp_path / "cache") == left


def test_without_an_encoder_nothing_is_begun_and_nothing_is_said(
    tmp_path: Path, timeline: Timeline, speaker: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ffmpeg.SETTING, str(tmp_path / "none"))
    for each in (ffmpeg.ffmpeg_path, ffmpeg.ffmpeg_identity):
        each.cache_clear()
    try:
        joining = Joining(speaker, FrameCache(tmp_path / "cache"))
        joining.begin(timeline)
        joining.close()
    finally:
        monkeypatch.undo()
        for each in (ffmpeg.ffmpeg_path, ffmpeg.ffmpeg_identity):
            each.cache_clear()
    assert not entries(tmp_path / "cache")
