"""The thresholds at work: by length and duration, by the margin over others, and over the coach."""

import math
from dataclasses import replace

import pytest

from coach.hearing.policy.policy import decide
from coach.hearing.policy.verdict import Context, VerdictReason
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.recipe import Recognizer, thresholds_of
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.people import people_table
from tests.hearing.policy.test_policy import EVERYTHING, MOONSHINE, TABLE, heard, judge


def test_a_low_score_is_refused() -> None:
    assert judge("next", confidence=-7.0, margin=2.0).reason is VerdictReason.LOW_CONFIDENCE
    assert judge("next", confidence=math.nan).reason is VerdictReason.LOW_CONFIDENCE


def test_a_small_margin_is_refused() -> None:
    assert judge("next", margin=0.1).reason is VerdictReason.MARGIN
    assert judge("next", margin=math.nan).reason is VerdictReason.MARGIN


def test_a_confusable_phrase_needs_a_large_margin() -> None:
    assert [judge("ready", margin=margin).accepted for margin in (3.0, 5.0)] == [False, True]


def test_over_the_coach_a_long_phrase_needs_confidence_and_margin() -> None:
    over = Context(EVERYTHING, coach_speaking=True)
    assert judge("next one", over, confidence=-1.0, margin=7.0).accepted
    assert not judge("next one", over, confidence=-4.0, margin=7.0).accepted
    assert judge("next one", confidence=-4.0, margin=7.0).accepted


def test_over_the_coach_only_a_safety_words_margin_makes_up_for_low_confidence() -> None:
    over = Context(EVERYTHING, coach_speaking=True)
    assert judge("easier", over, confidence=-7.0, margin=9.0).accepted
    assert judge("easier", over, confidence=-9.4, margin=11.6).reason is VerdictReason.LOW_CONFIDENCE
    assert judge("stop", over, confidence=-9.4, margin=11.6).accepted


def test_a_large_margin_makes_up_for_some_confidence() -> None:
    for text in ("next one", "next"):
        assert judge(text, confidence=-7.5, margin=7.0).accepted
        assert judge(text, confidence=-7.5, margin=2.0).reason is VerdictReason.LOW_CONFIDENCE
        assert judge(text, confidence=-11.0, margin=math.inf).reason is VerdictReason.LOW_CONFIDENCE


def test_a_confusable_phrases_margin_adds_nothing_to_its_score() -> None:
    assert judge("ready", confidence=-3.0, margin=7.0).accepted
    assert judge("ready", confidence=-4.0, margin=math.inf).reason is VerdictReason.LOW_CONFIDENCE


def test_a_brief_sound_needs_more_confidence() -> None:
    brief = replace(heard("stop", confidence=-7.0), word_end_t=10.1)
    assert [
        decide(MOONSHINE, each, Context(EVERYTHING), 10.6)[1].accepted
        for each in (brief, replace(brief, confidence=-5.0), replace(brief, word_end_t=10.4))
    ] == [False, True, True]


def test_the_margin_of_a_phrase_that_takes_too_long_adds_nothing() -> None:
    long = replace(heard("next", confidence=-7.5, margin=7.0), word_end_t=11.5)
    assert [
        decide(MOONSHINE, each, Context(EVERYTHING), 12.0)[1].accepted
        for each in (long, replace(long, confidence=-3.0), replace(long, word_end_t=11.0))
    ] == [False, True, True]


def test_a_safety_word_over_the_coach_needs_a_margin_unless_a_partial_came_before() -> None:
    over = Context(EVERYTHING, coach_speaking=True)
    assert judge("stop", over, margin=0.5).reason is VerdictReason.MARGIN
    assert judge("stop", over, margin=2.0).accepted
    assert judge("stop", margin=0.5).accepted
    policy, partial = decide(MOONSHINE, heard("stop", partial=True, margin=0.5), over, 10.5)
    assert partial.accepted
    assert decide(policy, heard("stop", margin=0.5), over, 10.9)[1].confirms


def test_a_number_needs_a_margin_over_the_others() -> None:
    asked = Context(EVERYTHING, question="effort")
    assert judge("five", asked, confidence=-7.0, margin=5.0).accepted
    assert judge("five", asked, confidence=-2.0, margin=0.5).reason is VerdictReason.MARGIN


PEOPLE = replace(MOONSHINE, table=people_table(TABLE, ("Anna", "Victor")))


@pytest.mark.parametrize(
    ("confidence", "margin", "counts"),
    [(-15.0, 8.0, True), (-15.0, 4.0, False), (-8.0, 4.0, True), (-8.0, 1.5, False), (0.0, 0.5, False)],
)
def test_a_name_may_fit_badly_but_leads_the_others(confidence: float, margin: float, *, counts: bool) -> None:
    for text in ("victor", "i'm victor"):
        said = replace(heard(text), command=Command.NUMBER, value=1, confidence=confidence, margin=margin)
        assert decide(PEOPLE, said, Context(EVERYTHING, question="who"), 11.0)[1].accepted is counts


@pytest.mark.parametrize("engine", [thresholds_of(each) for each in Recognizer], ids=list(Recognizer))
@pytest.mark.parametrize("phrase", ["stop", "it hurts"])
def test_safety_words_have_the_lowest_thresholds(engine: Thresholds, phrase: str) -> None:
    ordinary, safety = engine.ordinary.of(phrase), engine.final(phrase, seen=False)
    assert safety.score <= ordinary.score
    assert safety.over_coach <= ordinary.over_coach
    assert safety.margin <= ordinary.margin
    assert safety.margin_weight >= ordinary.margin_weight


def test_a_partials_margin_adds_nothing_to_its_score() -> None:
    assert judge("it hurts", partial=True, margin=math.inf, confidence=-4.0).accepted
    assert not judge("it hurts", partial=True, margin=math.inf, confidence=-6.0).accepted


def test_an_emergency_counts_only_as_a_final_for_nothing_takes_it_back() -> None:
    assert not judge("help me", partial=True).accepted
    assert judge("help me").accepted
