"""What a session tells beside the exercises: a reason in turn, the floor's lay-out, walking at the end."""

from dataclasses import replace

import pytest

from coach.library.facts import load_facts
from coach.library.files import load_routine, routine_ids
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, SegmentKind
from coach.timeline.phrases import phrase, phrases
from coach.timeline.praise import WHY, reason
from coach.timeline.step import Shape

DAILY_LIFE = {
    "avoid.bend": "when you make the bed",
    "avoid.slouch": "whenever you look at your phone",
    "avoid.twist": "When you turn at home, move your feet",
    "avoid.reach": "At home, too, step closer before you reach",
}


def said(routine: str, shape: Shape, *kinds: SegmentKind) -> list[str]:
    segments = build_timeline(load_routine(routine), estimate, shape).segments
    wanted = [segment for segment in segments if not kinds or segment.kind in kinds]
    return [cue.text for segment in wanted for cue in segment.cues if cue.kind is CueKind.SAY]


@pytest.mark.parametrize("routine", routine_ids())
@pytest.mark.parametrize("live", [True, False])
def test_every_session_names_one_reason(routine: str, live: bool) -> None:
    reasons = {phrase(f"why.{name}") for name in WHY}
    assert sum(text in reasons for text in said(routine, Shape(live=live))) == 1


def test_a_single_exercise_has_its_reason_in_the_welcome() -> None:
    bands = load_routine("bands")
    alone = replace(bands, blocks=bands.blocks[:1])
    welcome = build_timeline(alone, estimate, Shape(live=True)).segments[0]
    assert reason(Shape()) in [cue.text for cue in welcome.cues]


def test_reasons_come_in_turn_over_the_sessions() -> None:
    told = [reason(Shape(times_done={"one-arm-row": done})) for done in range(len(WHY))]
    assert len(set(told)) == len(WHY)
    assert all(f"why.{name}" in load_facts() for name in WHY)


@pytest.mark.parametrize("routine", routine_ids())
def test_the_finish_says_to_walk_on_the_other_days(routine: str) -> None:
    assert phrase("finish.walk") in said(routine, Shape(), SegmentKind.FINISH)


@pytest.mark.parametrize("routine", ["spine-strength", "floor"])
def test_mat_chair_towel_and_phone_are_laid_out_before_the_way_down(routine: str) -> None:
    shape = Shape(live=True)
    before = said(routine, shape, SegmentKind.WELCOME, SegmentKind.REST)
    places = [*phrases("rest.lay_out", things="{}")[1:], phrase("rest.lay_towel")]
    assert all(before.count(place) == 1 for place in places)
    assert any("head end of the mat" in text for text in said(routine, shape, SegmentKind.MOVE))


def test_the_four_movements_to_avoid_are_tied_to_daily_life_once_each() -> None:
    whole = said("spine-strength", Shape(), SegmentKind.SETUP)
    assert {fact: sum(life in text for text in whole) for fact, life in DAILY_LIFE.items()} == dict.fromkeys(
        DAILY_LIFE, 1
    )
