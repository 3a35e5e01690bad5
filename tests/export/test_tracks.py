"""An export as tracks: numbered, in order, together the very sound of the single file."""

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import mutagen
import numpy as np
import pytest

from coach.errors import InputError, MachineError
from coach.export.decode import decoded
from coach.export.export import export
from coach.export.proof import prove
from coach.export.tags import Tags
from coach.export.target import Format
from coach.export.tracks import export_tracks
from coach.export.words import lyrics_too_long, write_words
from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.wav import read_wav
from coach.speech.clips import Clips
from coach.timeline.cue import SegmentKind, Timeline
from tests.support.fakes import ToneVoice
from tests.support.timelines import say, segment, short

TAGS = Tags("Short", "Coach", "No advice", album="Short")


@pytest.fixture(scope="module")
def clips() -> Clips:
    return Clips(ToneVoice())


def test_tracks_are_numbered_tagged_and_listed(clips: Clips, tmp_path: Path) -> None:
    tracks = export_tracks(short(), clips.clip, tmp_path / "out", Format.MP3, TAGS)
    names = ["01 welcome.mp3", "02 set.mp3", "03 set.mp3", "04 finish.mp3"]
    assert [path.name for path, _ in tracks] == names
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [*names, "short.m3u8"]
    tags = mutagen.File(tracks[2][0]).tags
    assert [str(tags[name]) for name in ("TIT2", "TALB", "TPE1", "TRCK")] == ["set", "Short", "Coach", "3/4"]
    playlist = (tmp_path / "out" / "short.m3u8").read_text("utf-8").splitlines()
    assert playlist[0] == "#EXTM3U"
    assert playlist[1:3] == ["#EXTINF:3,Coach - welcome", names[0]]
    assert [line for line in playlist if not line.startswith("#")] == names


def test_the_folder_is_a_book_as_audiobook_servers_keep_one(clips: Clips, tmp_path: Path) -> None:
    book = tmp_path / "Coach" / "Short"
    book.parent.mkdir()
    export_tracks(short(1), clips.clip, book, Format.MP3, replace(TAGS, cover=b"\xff\xd8 a picture"))
    assert (book / "cover.jpg").read_bytes() == b"\xff\xd8 a picture"
    for track in sorted(book.glob("*.mp3")):
        tags = mutagen.File(track).tags
        assert (str(tags["TPE1"]), str(tags["TALB"])) == (book.parent.name, book.name)


def test_the_tracks_as_wav_are_the_single_file_cut_up(clips: Clips, tmp_path: Path) -> None:
    export(short(3), clips.clip, tmp_path / "a.wav", TAGS)
    tracks = export_tracks(short(3), clips.clip, tmp_path / "out", Format.WAV, TAGS)
    pieces = [read_wav(path)[0] for path, _ in tracks]
    assert np.array_equal(np.concatenate(pieces), read_wav(tmp_path / "a.wav")[0])


def test_more_than_255_tracks_lie_in_their_order(clips: Clips, tmp_path: Path) -> None:
    timeline = Timeline("long", "Long", tuple(segment(SegmentKind.SET, 0.1) for _ in range(300)))
    tracks = export_tracks(timeline, clips.clip, tmp_path, Format.WAV, TAGS)
    names = [path.name for path, _ in tracks]
    assert len(names) == 300
    assert names == sorted(names)
    assert sum(len(read_wav(path)[0]) for path, _ in tracks) == round(30.0 * RATE_HZ)


def test_the_tracks_as_mp3_are_the_single_file_and_every_one_is_proven(clips: Clips, tmp_path: Path) -> None:
    export(short(), clips.clip, tmp_path / "a.mp3", TAGS)
    tracks = export_tracks(short(), clips.clip, tmp_path / "out", Format.MP3, TAGS)
    whole = np.concatenate(list(decoded(tmp_path / "a.mp3")))
    at = 0.0
    for path, part in tracks:
        piece, first = np.concatenate(list(decoded(path))), round(at * RATE_HZ)
        assert len(piece) == pytest.approx(part.length_s * RATE_HZ, abs=37)
        assert np.corrcoef(piece, whole[first : first + len(piece)])[0, 1] > 0.94  # MP3 drops some of the tests' noise
        assert [problem for problem in prove(path).problems if "LUFS" not in problem.what] == []
        at += part.length_s


def test_a_second_export_leaves_no_track_of_the_first_and_nothing_else_is_touched(clips: Clips, tmp_path: Path) -> None:
    export_tracks(short(4), clips.clip, tmp_path, Format.WAV, TAGS)
    (tmp_path / "07 mine.wav").write_bytes(b"mine")
    (tmp_path / "short.m3u8").write_text((tmp_path / "short.m3u8").read_text() + "../else.wav\n")
    export_tracks(short(1), clips.clip, tmp_path, Format.WAV, TAGS)
    names = ["01 welcome.wav", "02 set.wav", "03 finish.wav", "07 mine.wav", "short.m3u8"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_folder_that_can_not_be_made_is_refused(clips: Clips, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        export_tracks(short(1), clips.clip, tmp_path / "none" / "out", Format.WAV, TAGS)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("kind", [Format.MP3, Format.WAV])
def test_a_disk_that_fills_up_leaves_only_whole_tracks(kind: Format, clips: Clips, tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = 5 * 88_200  # as a WAV the welcome is shorter, a set longer; pydub encodes from a WAV
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises(MachineError, match=r"02 set\..*: "):
            export_tracks(short(), clips.clip, tmp_path, kind, TAGS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in tmp_path.iterdir()] == [f"01 welcome.{kind}"]


def test_words_stand_at_their_times_beside_the_file(clips: Clips, tmp_path: Path) -> None:
    odd = Timeline("a", "Two\nlines", (segment(SegmentKind.WELCOME, 70.0, say(61.5, "Odd\nwords & more.")),))
    write_words(odd, clips.measure, tmp_path / "a.mp3")
    lyrics = (tmp_path / "a.lrc").read_text("utf-8")
    assert lyrics == "[ti:Two lines]\n[length:01:10.00]\n[01:01.50]Odd words & more.\n"
    captions = (tmp_path / "a.vtt").read_text("utf-8")
    assert re.fullmatch(r"WEBVTT\n\n00:01:01\.500 --> 00:01:0\d\.\d{3}\nOdd words &amp; more\.\n", captions)


def test_lyrics_of_more_than_99_minutes_count_on_and_are_told(clips: Clips, tmp_path: Path) -> None:
    whole = Timeline("a", "Walk", (segment(SegmentKind.WALK, 7200.0, say(5999.5, "One."), say(6065.25, "Two.")),))
    write_words(whole, clips.measure, tmp_path / "a.mp3")
    decoded = [ffmpeg_path(), "-v", "error", "-i", str(tmp_path / "a.lrc"), "-f", "srt", "-"]
    read = subprocess.run(decoded, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"(\S+) --> .*\n(\S+)", read) == [("01:39:59,500", "One."), ("01:41:05,250", "Two.")]
    assert "a.vtt" in str(lyrics_too_long(whole, tmp_path / "a.mp3"))


def test_lyrics_that_every_player_reads_need_no_word() -> None:
    short = Timeline("a", "Walk", (segment(SegmentKind.WALK, 5999.9, say(5990.0, "One.")),))
    assert lyrics_too_long(short, Path("a.mp3")) is None
