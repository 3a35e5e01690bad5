"""A sentence in her own words: when it counts."""

import json
from dataclasses import replace
from typing import Any

import pytest

from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.vosk.thresholds import VOSK
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.wire import heard_line, parse_heard

POLICY = Policy(load_table(), MOONSHINE)
EVERYTHING = Context(frozenset(Command))
SAID = Heard("could we slow it down a bit", Command.SLOWER, None, 0.0, 8.0, 10.0, 11.2, own_words=True)
HURT = replace(SAID, text="my knee is killing me", command=Command.IT_HURTS, value=7)


def judge(heard: Heard, context: Context = EVERYTHING, **changes: Any) -> Verdict:
    return decide(POLICY, replace(heard, **changes), context, now=12.0)[1]


def test_a_sentence_that_was_well_heard_counts_with_its_value() -> None:
    assert judge(SAID) == Verdict(True, VerdictReason.OK, Command.SLOWER)
    assert judge(HURT) == Verdict(True, VerdictReason.OK, Command.IT_HURTS, 7)


def test_a_sentence_that_was_badly_heard_does_not() -> None:
    assert judge(SAID, confidence=-9.0).reason is VerdictReason.LOW_CONFIDENCE
    assert judge(SAID, margin=0.0).reason is VerdictReason.MARGIN
    assert not judge(SAID, confidence=float("nan")).accepted


def test_a_doubtful_safety_word_in_a_sentence_is_asked_about() -> None:
    verdict = judge(HURT, confidence=-9.0)
    assert not verdict.accepted
    assert verdict.near is Command.IT_HURTS


@pytest.mark.parametrize("words", range(3, 9))
def test_a_safety_word_needs_less_than_another_command(words: int) -> None:
    other, safe = (MOONSHINE.sentence("so " * words, safety=safety) for safety in (False, True))
    assert other is not None
    assert safe is not None
    assert safe.score < other.score


@pytest.mark.parametrize("safety", [False, True])
def test_the_longer_a_sentence_the_less_well_it_need_fit(safety: bool) -> None:
    scores = [each.score for words in range(2, 12) if (each := MOONSHINE.sentence("so " * words, safety=safety))]
    assert scores == sorted(scores, reverse=True)
    assert len({*scores}) > 2
    assert scores[-1] > -8.0


def test_two_words_that_fit_badly_stop_nothing_and_more_of_them_do() -> None:
    assert not judge(replace(HURT, text="bad knee"), confidence=-4.0).accepted
    assert judge(HURT, confidence=-4.0).accepted


def test_what_is_closed_stays_closed() -> None:
    closed = Context(SAFETY)
    assert judge(SAID, closed).reason is VerdictReason.NOT_ALLOWED_HERE
    assert judge(HURT, closed).accepted


def test_a_place_alone_counts_only_where_it_is_asked_for() -> None:
    place = replace(HURT, text="the left knee", about="hurt_back")
    assert judge(place, replace(EVERYTHING, question="hurt_back")).accepted
    for question in (None, "hurt"):
        verdict = judge(place, replace(EVERYTHING, question=question))
        assert verdict.reason is VerdictReason.UNKNOWN
        assert verdict.near is None


@pytest.mark.parametrize("said", [SAID, HURT])
def test_the_coachs_own_words_are_not_hers(said: Heard) -> None:
    words = [(word, 10.0 + 0.2 * at, 10.2 + 0.2 * at) for at, word in enumerate(said.text.split())]
    verdict = judge(said, replace(EVERYTHING, coach_words=tuple(words)), confidence=2.0)
    assert not verdict.accepted
    assert verdict.near is None


def test_the_coach_who_speaks_of_something_else_does_not_matter_to_a_safety_word() -> None:
    words = (("breathe", 10.0, 10.4), ("out", 10.4, 10.8))
    assert judge(HURT, replace(EVERYTHING, coach_speaking=True, coach_words=words)).accepted


def test_a_sentence_confirms_its_own_partial() -> None:
    partial = Heard("stop", Command.STOP, None, 0.0, 8.0, 10.0, 10.4, partial=True)
    policy, _ = decide(POLICY, partial, EVERYTHING, now=10.5)
    final = replace(SAID, text="stop it's too loud", command=Command.STOP)
    verdict = decide(policy, final, EVERYTHING, now=11.5)[1]
    assert verdict.confirms
    assert verdict.takes_back is None


def test_a_sentence_that_pauses_and_fits_badly_takes_no_stop_back() -> None:
    partial = Heard("stop", Command.STOP, None, 0.0, 8.0, 10.0, 10.4, partial=True)
    policy, _ = decide(POLICY, partial, EVERYTHING, now=10.5)
    final = replace(SAID, text="stop for a moment", command=Command.PAUSE, confidence=-5.5)
    assert decide(policy, final, EVERYTHING, now=11.5)[1].takes_back is None


def test_an_engine_without_such_a_threshold_is_not_asked_for_one() -> None:
    assert VOSK.sentence("slow down", safety=True) is None
    assert VOSK.sentence("slow down", safety=False) is None


def test_a_sentence_comes_through_the_process_as_it_was() -> None:
    said = replace(HURT, about="hurt_back")
    assert parse_heard(json.loads(heard_line(said))["heard"]) == said
