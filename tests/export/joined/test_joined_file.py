"""A joined MP3 is as long as planned for every player, proves itself, and sounds as one encoding of the whole."""

import base64
import json
import shutil
import subprocess
import threading
import wave
from pathlib import Path

import mutagen
import mutagen.mp3
import numpy as np
import pytest
import soundfile

from coach.export.decode import decoded
from coach.export.export import export
from coach.export.joined import maker
from coach.export.joined.cache import FrameCache
from coach.export.joined.mp3_frames import frame_ends, without_last
from coach.export.mp4 import read_chapters
from coach.export.proof import prove
from coach.export.render import blocks
from coach.export.tags import marks
from coach.timeline.cue import Timeline
from tests.support.driven_browser import browsing
from tests.support.joined import TAGS, built, clips, joined


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return built(tmp_path_factory.mktemp("routine"))


@pytest.fixture(scope="module")
def made(timeline: Timeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    return joined(timeline, folder / "a.mp3", FrameCache(folder / "cache"))


def test_it_proves_itself(made: Path) -> None:
    proof = prove(made)
    assert proof.problems == ()
    assert proof.worst_ms is not None
    assert proof.worst_ms < 0.1


def test_ffmpeg_mutagen_and_libsndfile_find_the_planned_length(made: Path, timeline: Timeline) -> None:
    assert sum(map(len, decoded(made))) == timeline.samples
    assert mutagen.File(made).info.length == pytest.approx(timeline.length_s, abs=1e-6)
    assert soundfile.info(made).frames == timeline.samples
    assert len(soundfile.read(made)[0]) == timeline.samples


DECODED = """(async () => {{
    const bytes = Uint8Array.from(atob("{}"), letter => letter.charCodeAt(0));
    const sound = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(bytes.buffer);
    return [sound.sampleRate, sound.numberOfChannels, sound.length];
}})()"""


def test_chromium_decodes_the_planned_length(made: Path, timeline: Timeline, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        found = browser.tab().run(DECODED.format(base64.b64encode(made.read_bytes()).decode()))
    assert found == [44_100, 1, timeline.samples]


@pytest.mark.skipif(shutil.which("mpg123") is None, reason="NOT TESTED: mpg123 is not here")
def test_mpg123_plays_the_planned_length(made: Path, timeline: Timeline, tmp_path: Path) -> None:
    subprocess.run(["mpg123", "-q", "-w", str(tmp_path / "a.wav"), str(made)], check=True)
    with wave.open(str(tmp_path / "a.wav")) as played:
        assert played.getnframes() == timeline.samples


def test_its_chapters_are_right_to_a_millisecond_for_ffmpeg_and_mutagen(made: Path, timeline: Timeline) -> None:
    planned = [(round(mark.start_s * 1000), round(mark.end_s * 1000)) for mark in marks(timeline)]
    assert [(round(mark.start_s * 1000), round(mark.end_s * 1000)) for mark in read_chapters(made)] == planned
    tags = mutagen.File(made).tags
    found = [tags[f"CHAP:{name}"] for name in tags["CTOC:toc"].child_element_ids]
    assert [(chapter.start_time, chapter.end_time) for chapter in found] == planned


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="NOT TESTED: ffprobe is not here")
def test_its_chapters_are_right_to_a_millisecond_for_ffprobe(made: Path, timeline: Timeline) -> None:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(made)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["chapters"]
    off_s = [
        abs(float(chapter[which]) - planned)
        for mark, chapter in zip(marks(timeline), found, strict=True)
        for which, planned in (("start_time", mark.start_s), ("end_time", mark.end_s))
    ]
    assert max(off_s) <= 0.001


def test_its_bit_rate_is_constant_and_its_frames_can_stand_alone(made: Path) -> None:
    info = mutagen.File(made).info
    assert info.bitrate_mode is mutagen.mp3.BitrateMode.CBR
    assert info.bitrate == pytest.approx(96_000, abs=5)  # the frames' padding begins anew with every passage
    stream = made.read_bytes()[mutagen.File(made).tags.size :]
    ends = frame_ends(stream)
    # The first nine bits of its side information say how far a frame leans on earlier ones.
    assert all(stream[end + 4] == 0 and stream[end + 5] & 0x80 == 0 for end in ends[:-1])


def test_it_sounds_as_near_to_the_source_as_one_encoding_of_the_whole(
    made: Path, timeline: Timeline, tmp_path: Path
) -> None:
    source = np.concatenate(list(blocks(timeline, clips().clip))).astype(np.float32) / 32768
    export(timeline, clips().clip, tmp_path / "whole.mp3", TAGS)
    assert signal_to_error_db(source, made) > signal_to_error_db(source, tmp_path / "whole.mp3") - 0.5


def signal_to_error_db(source: np.ndarray, path: Path) -> float:
    error = source - np.concatenate(list(decoded(path)))[: len(source)]
    return float(10 * np.log10((source**2).sum() / (error**2).sum()))


def test_made_again_from_the_cache_nothing_is_encoded_and_it_is_the_same(
    made: Path, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "encoded", None)
    again = joined(timeline, made.with_name("b.mp3"), FrameCache(made.parent / "cache"))
    assert again.read_bytes() == made.read_bytes()


def test_two_exporters_on_one_cache_write_the_same_file(timeline: Timeline, tmp_path: Path) -> None:
    targets = [tmp_path / "a.mp3", tmp_path / "b.mp3"]
    cache = tmp_path / "cache"
    both = [threading.Thread(target=joined, args=(timeline, path, FrameCache(cache), 2)) for path in targets]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert targets[0].read_bytes() == targets[1].read_bytes()
    assert prove(targets[0]).ok
    assert {path.suffix for path in cache.rglob("*.*")} == {".frames"}


def test_the_last_frame_is_found_from_the_end(made: Path) -> None:
    stream = made.read_bytes()[mutagen.File(made).tags.size :]
    ends = frame_ends(stream)
    for end in (ends[-1], ends[-2], ends[-3], ends[5]):
        assert without_last(stream[:end]) == stream[: ends[ends.index(end) - 1]]
