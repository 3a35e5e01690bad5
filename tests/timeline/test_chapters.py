"""Chapters: what the buttons of a player jump to."""

import itertools
from dataclasses import replace

import pytest

from coach.library.files import load_routine, routine_ids
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.chapters import Chapter, as_timeline, at_most, chapters
from coach.timeline.cue import SegmentKind as Kind
from coach.timeline.cue import Timeline
from tests.support.timelines import segment

HEADS = {Kind.WELCOME, Kind.WARM_UP, Kind.WIND_DOWN, Kind.SETUP, Kind.SET, Kind.FINISH}


def timeline_of(name: str) -> Timeline:
    return build_timeline(load_routine(name), estimate)


def kinds(chapter: Chapter) -> list[Kind]:
    return [each.kind for each in chapter.segments]


@pytest.mark.parametrize("name", routine_ids())
def test_chapters_are_the_whole_timeline_in_order(name: str) -> None:
    timeline = timeline_of(name)
    found = chapters(timeline)
    assert tuple(itertools.chain.from_iterable(each.segments for each in found)) == timeline.segments
    assert found[0].start_s == 0
    for before, after in itertools.pairwise(found):
        assert after.start_s == pytest.approx(before.start_s + before.length_s, abs=2e-3)
    assert found[-1].start_s + found[-1].length_s == pytest.approx(timeline.length_s, abs=2e-3)


@pytest.mark.parametrize("name", routine_ids())
def test_each_set_up_and_each_set_and_side_is_a_chapter(name: str) -> None:
    for chapter in chapters(timeline_of(name)):
        assert len(HEADS & set(kinds(chapter))) == 1


def test_a_rest_belongs_to_the_chapter_before_it_and_what_leads_in_to_the_one_after() -> None:
    order = [Kind.WELCOME, Kind.MOVE, Kind.MOVE, Kind.SETUP, Kind.GATE, Kind.SET, Kind.SWITCH, Kind.SET, Kind.REST]
    order += [Kind.SWITCH, Kind.GATE, Kind.SET, Kind.REST, Kind.SETUP, Kind.MOVE, Kind.FINISH]
    timeline = Timeline("a", "A", tuple(segment(kind, 1.0) for kind in order))
    assert [kinds(chapter) for chapter in chapters(timeline)] == [
        [Kind.WELCOME],
        [Kind.MOVE, Kind.MOVE, Kind.SETUP],
        [Kind.GATE, Kind.SET],
        [Kind.SWITCH, Kind.SET, Kind.REST],
        [Kind.SWITCH, Kind.GATE, Kind.SET, Kind.REST],
        [Kind.SETUP],
        [Kind.MOVE, Kind.FINISH],
    ]


def test_what_leads_in_to_nothing_is_a_chapter_of_its_own() -> None:
    timeline = Timeline("a", "A", (segment(Kind.REST, 1.0), segment(Kind.SET, 1.0), segment(Kind.GATE, 1.0)))
    assert [kinds(chapter) for chapter in chapters(timeline)] == [[Kind.REST], [Kind.SET], [Kind.GATE]]
    assert chapters(Timeline("a", "A", ())) == ()


def test_titles_tell_the_set_up_from_the_sets() -> None:
    titles = [chapter.title for chapter in chapters(timeline_of("spine-strength"))]
    assert titles[:2] == ["Welcome to Spine strength", "Warm up"]
    assert titles[5:7] == [
        "One-arm row · set-up",
        "One-arm row · right arm · 1 of 1 · 10 reps",
    ]
    assert len(set(titles)) == len(titles)


def test_a_chapter_is_a_timeline_of_its_own() -> None:
    timeline = timeline_of("bands")
    chapter = chapters(timeline)[2]
    part = as_timeline(timeline, chapter)
    assert (part.routine, part.title, part.segments) == ("bands", chapter.title, chapter.segments)
    assert part.length_s == chapter.length_s


def long(exercises: int, sets: int) -> Timeline:
    """A routine of so many exercises, each with its set-up and its sets."""
    kinds = [Kind.SETUP, *[Kind.SET] * sets]
    named = [
        replace(
            segment(kind, 1.0), title=f"Exercise {number}" + ("" if kind is Kind.SETUP else f" · {place} of {sets}")
        )
        for number in range(exercises)
        for place, kind in enumerate(kinds)
    ]
    return Timeline("long", "Long", (segment(Kind.WELCOME, 1.0), *named, segment(Kind.FINISH, 1.0)))


def test_more_chapters_than_a_format_holds_become_one_for_each_exercise() -> None:
    timeline = long(30, 10)
    whole = chapters(timeline)
    assert len(whole) == 332
    assert at_most(whole, 332) == whole
    merged = at_most(whole, 255)
    assert [chapter.title for chapter in merged] == ["welcome", *(f"Exercise {n}" for n in range(30)), "finish"]
    assert tuple(itertools.chain.from_iterable(chapter.segments for chapter in merged)) == timeline.segments
    assert [chapter.start_s for chapter in merged] == [0.0, *(1.0 + 11 * n for n in range(30)), 331.0]


def test_the_same_exercise_twice_in_a_row_stays_two_chapters() -> None:
    twice = long(1, 9).segments[1:-1] * 2
    merged = at_most(chapters(Timeline("a", "A", twice)), 10)
    assert [chapter.title for chapter in merged] == ["Exercise 0", "Exercise 0"]


@pytest.mark.parametrize("exercises", [254, 300, 1_000])
def test_more_exercises_than_a_format_holds_chapters_are_put_together(exercises: int) -> None:
    timeline = long(exercises, 1)
    merged = at_most(chapters(timeline), 255)
    assert 100 < len(merged) <= 255
    assert tuple(itertools.chain.from_iterable(chapter.segments for chapter in merged)) == timeline.segments
    assert merged[-1].title.endswith("finish")
