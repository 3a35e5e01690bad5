"""A timeline as text, JSON and captions; and the golden timelines that a person reviews."""

import itertools
import re
from pathlib import Path

import pytest

from coach.library.files import load_routine, routine_ids
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.captions import captions
from coach.timeline.cue import CueKind
from coach.timeline.dump import as_json, lrc, text, webvtt

GOLDEN = Path(__file__).parents[1] / "golden"
each = pytest.mark.parametrize("name", routine_ids())


@each
def test_the_timeline_is_the_one_that_was_reviewed(name: str) -> None:
    """After a change on purpose: `scripts/make golden`, and read what it changed."""
    now = text(build_timeline(load_routine(name), estimate), estimate)
    assert now == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@each
def test_the_text_has_every_sentence(name: str) -> None:
    timeline = build_timeline(load_routine(name), estimate)
    written = text(timeline)
    assert all(cue.text in written for segment in timeline.segments for cue in segment.cues if cue.kind is CueKind.SAY)
    assert len(re.findall(r"^ +\d+  [a-z]+", written, re.MULTILINE)) >= len(timeline.segments)


@each
def test_json_has_every_cue_and_adds_up(name: str) -> None:
    timeline = build_timeline(load_routine(name), estimate)
    shown = as_json(timeline)
    segments = shown["segments"]
    assert isinstance(segments, list)
    assert sum(len(segment["cues"]) for segment in segments) == sum(len(s.cues) for s in timeline.segments)
    assert shown["length_s"] == pytest.approx(
        sum(segment["length_s"] for segment in segments), abs=0.0005 * len(segments)
    )


@each
def test_captions_never_overlap_and_end_within_the_routine(name: str) -> None:
    timeline = build_timeline(load_routine(name), estimate)
    for measure in (None, estimate):
        found = captions(timeline, measure)
        assert all(caption.t < caption.end_t for caption in found)
        assert all(one.end_t <= other.t for one, other in itertools.pairwise(found))
        assert found[-1].end_t <= timeline.length_s


def test_webvtt_is_as_the_format_wants_it() -> None:
    written = webvtt(build_timeline(load_routine("bands"), estimate))
    head, *blocks = written.strip().split("\n\n")
    assert head == "WEBVTT"
    for block in blocks:
        times, words = block.split("\n")
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}", times)
        assert words


def test_lrc_is_as_players_want_it() -> None:
    written = lrc(build_timeline(load_routine("bands"), estimate)).splitlines()
    assert written[0] == "[ti:Bands]"
    assert all(re.match(r"\[\d\d:\d\d\.\d\d\]\S", line) for line in written[2:])
    assert [line[:10] for line in written[2:]] == sorted(line[:10] for line in written[2:])
