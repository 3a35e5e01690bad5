"""Tags, chapters and proof in a file: written in three formats, read back by us and by others."""

import subprocess
from dataclasses import replace
from pathlib import Path

import mutagen
import mutagen.id3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputError
from coach.export.carried import carried
from coach.export.export import chapters_merged, export
from coach.export.fingerprint import PROOF_HZ, fingerprint, packed, unpacked
from coach.export.id3 import id3, replace_tag
from coach.export.mp4 import ffmetadata, parsed
from coach.export.proof import prove
from coach.export.tags import Mark, Tags, marks
from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import ffmpeg_path
from coach.speech.clips import Clips
from coach.timeline.cue import SegmentKind, Timeline
from tests.support.fakes import ToneVoice
from tests.support.timelines import segment, short

TITLE = 'Dos à dos "허리" 💪; a=b #1 \\ ' + "x" * 500
TAGS = Tags(
    title=TITLE, artist="Coach", comment="No\nadvice", album="Album", genre="Fitness", year=2031, track=(3, 12),
    cover=b"\xff\xd8 not quite a picture",
)  # fmt: skip
FORMATS = ("mp3", "wav", "m4b")


@pytest.fixture(scope="module")
def clips() -> Clips:
    return Clips(ToneVoice())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_carries_its_chapters_and_its_proof(kind: str, clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    export(short(3), clips.clip, path, Tags(TITLE, comment="No\nadvice"))
    proof, found = carried(path)
    assert packed(proof) == packed(fingerprint(short(3), clips.clip))
    assert [mark.title for mark in found] == ["welcome", "set", "set", "set", "finish"]
    assert found[0].start_s == 0
    for mark, plan in zip(found, marks(short(3)), strict=True):
        assert (mark.start_s, mark.end_s) == pytest.approx((plan.start_s, plan.end_s), abs=1e-3)


@pytest.mark.parametrize("kind", FORMATS)
def test_ffmpeg_reads_title_and_chapters(kind: str, clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    export(short(), clips.clip, path, Tags(TITLE[:40]))
    said = subprocess.run([ffmpeg_path(), "-i", str(path)], capture_output=True, check=False).stderr.decode()
    assert f"title           : {TITLE[:40]}" in said
    assert "Chapter #0:3" in said
    assert "fingerprint" not in said


def test_every_frame_of_the_tag_is_read_by_others(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    export(short(), clips.clip, path, TAGS)
    tags = mutagen.File(path).tags
    assert tags.version == (2, 3, 0)
    named = {name: str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TCON", "TYER", "TRCK", "TLAN") if name in tags}
    named.setdefault("TYER", str(tags.get("TDRC")))
    assert named == {
        "TIT2": TITLE, "TPE1": "Coach", "TALB": "Album", "TCON": "Fitness", "TYER": "2031", "TRCK": "3/12",
        "TLAN": "eng",
    }  # fmt: skip
    assert tags["COMM::eng"].text == ["No\nadvice"]
    assert (tags["APIC:"].type, tags["APIC:"].mime, tags["APIC:"].data) == (3, "image/jpeg", TAGS.cover)


def test_chapters_are_in_an_ordered_table_on_the_top_level(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    export(short(12), clips.clip, path, TAGS)
    tags = mutagen.File(path).tags
    table = tags["CTOC:toc"]
    assert table.flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    found = [tags[f"CHAP:{name}"] for name in table.child_element_ids]
    assert [(str(each.sub_frames["TIT2"]), each.start_time, each.end_time) for each in found] == [
        (mark.title, round(mark.start_s * 1000), round(mark.end_s * 1000)) for mark in marks(short(12))
    ]


def test_a_tag_saved_anew_by_others_still_proves_the_file(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    export(short(), clips.clip, path, TAGS)
    for version in (3, 4):
        saved = mutagen.File(path)
        saved.tags.update_to_v24()
        saved.save(v2_version=version)
        proof, found = carried(path)
        assert found == tuple(Mark(mark.title, *whole_ms(mark)) for mark in proof.chapters)


def whole_ms(mark: Mark) -> tuple[float, float]:
    """Return when a chapter begins and ends as ID3 keeps it."""
    return round(mark.start_s, 3), round(mark.end_s, 3)


LONG = Timeline(
    "long",
    "Long",
    tuple(
        replace(segment(kind, 0.2), title=f"Exercise {number}{rest}")
        for number in range(60)
        for kind, rest in ((SegmentKind.SETUP, ""), *((SegmentKind.SET, f" · {place} of 4") for place in range(4)))
    ),
)
"""300 chapters, of 60 exercises."""


@pytest.mark.parametrize(("name", "count"), [("a.mp3", 60), ("a.m4b", 300), ("a.wav", 300)])
def test_more_chapters_than_a_table_counts_are_merged_in_mp3_only(
    name: str, count: int, clips: Clips, tmp_path: Path
) -> None:
    export(LONG, clips.clip, tmp_path / name, replace(TAGS, cover=b""))
    proof = prove(tmp_path / name)
    assert proof.ok, proof.problems
    assert len(proof.chapters) == count
    assert proof.chapters[-1].end_s == pytest.approx(LONG.length_s, abs=1e-3)
    told = chapters_merged(LONG, tmp_path / name)
    assert (told is not None) == (count == 60)
    assert told is None or "its 300 chapters were merged into 60, one per exercise" in told


@given(st.text(), st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=4))
def test_ffmpegs_metadata_reads_back(title: str, chapters: list[str]) -> None:
    given_marks = tuple(Mark(text, number * 1.5, number * 1.5 + 1.5) for number, text in enumerate(chapters))
    assert parsed(ffmetadata(Tags(title.replace("\r", "")), given_marks)) == given_marks


def test_a_fingerprint_holds_the_start_of_each_distinct_clip(clips: Clips) -> None:
    proof = unpacked(packed(fingerprint(short(9), clips.clip)))
    assert len(proof.clips) == len({(cue.kind, cue.text) for each in short().segments for cue in each.cues})
    assert len(proof.cues) == 2 + 9 * 8 + 1
    for one in proof.clips:
        assert len(one.start) == min(round(0.1 * PROOF_HZ), round(one.frames / RATE_HZ * PROOF_HZ))
        assert np.abs(one.start).max() == 127


@given(st.binary())
def test_what_is_no_fingerprint_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        unpacked(data)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has no fingerprint"),
        (b"just some words, and quite a few of them", "has no fingerprint"),
        (b"ID3\x03\0\0\0\0\0\x7fTIT2\xff\xff\xff\xff", "has no fingerprint"),
        (b"RIFF\0\0\0\0WAVEcue \xff\xff\xff\xff\0\0", "has no fingerprint"),
        (b"RIFF\0\0\0\0WAVEcue \x0a\0\0\0\1\0\0\0\1\0\0\0\1\0", "has no fingerprint"),
        (b"\0\0\0\x08ftyp\0\0\0\0uuid", "has no fingerprint"),
    ],
)
def test_a_file_that_carries_nothing_is_refused_in_one_line(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(content)
    with pytest.raises(InputError, match=says):
        carried(tmp_path / "a.mp3")


def test_a_damaged_fingerprint_is_refused_in_one_line(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    export(short(), clips.clip, path, TAGS)
    replace_tag(path, id3(TAGS, marks(short()), b"x\x9cdamaged"))
    with pytest.raises(InputError, match="can't be checked"):
        carried(path)


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        carried(tmp_path / "a.mp3")
    with pytest.raises(InputError, match="is a folder"):
        carried(tmp_path)
