"""The policy by example, and its promises over generated moments."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.recognition.moonshine import thresholds as moonshine_thresholds
from coach.hearing.recognition.vosk import thresholds as vosk_thresholds
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase, load_table
from tests.support.places import open_in

TABLE = load_table()
PHRASES = TABLE.phrases()
EVERYTHING = frozenset(Command)
MOONSHINE, VOSK = Policy(TABLE, moonshine_thresholds.MOONSHINE), Policy(TABLE, vosk_thresholds.VOSK)
SURE = 1.0
"""A confidence that both engines reach where they are sure."""


def heard(text: str, start: float = 10.0, **changes: object) -> Heard:
    phrase = next((each for each in PHRASES if each.text == text), None)
    said = Heard(
        text=text,
        command=phrase.command if phrase else None,
        value=phrase.value if phrase else None,
        confidence=0.0 if phrase else -math.inf,
        margin=math.inf,
        word_start_t=start,
        word_end_t=start + 0.5,
    )
    return replace(said, **changes)  # type: ignore[arg-type]  # test values by name


def judge(text: str, context: Context | None = None, **changes: Any) -> Verdict:
    return decide(MOONSHINE, heard(text, **changes), context or Context(EVERYTHING), now=11.0)[1]


def test_a_whole_phrase_well_heard_and_open_counts() -> None:
    assert judge("next") == Verdict(True, VerdictReason.OK, Command.NEXT)
    assert judge("I'm Ready!", command=Command.READY, confidence=0.0).accepted


def test_a_number_carries_its_value() -> None:
    verdict = judge("seven", Context(EVERYTHING, question="effort"))
    assert (verdict.command, verdict.value) == (Command.NUMBER, 7)


def test_speech_that_is_no_phrase_is_unknown() -> None:
    assert judge("dinner is ready").reason is VerdictReason.UNKNOWN
    assert judge("next week", command=Command.NEXT, confidence=0.0).reason is VerdictReason.UNKNOWN


def test_a_phrase_of_one_command_is_not_another_command() -> None:
    assert judge("next", command=Command.SKIP).reason is VerdictReason.UNKNOWN


@pytest.mark.parametrize("text", ["yes", "no", "three", "i'm fine"])
def test_answers_outside_a_question_are_refused(text: str) -> None:
    assert judge(text, Context(open_in(TABLE, "set"))).reason is VerdictReason.NOT_ALLOWED_HERE


def test_where_the_routine_is_asked_a_number_names_none() -> None:
    asking = Context(EVERYTHING, question="routine")
    assert judge("two", asking).reason is VerdictReason.NOT_ALLOWED_HERE
    assert judge("bands", asking).value == 1


def test_where_a_number_is_asked_a_routine_is_none() -> None:
    assert judge("floor", Context(EVERYTHING, question="effort")).reason is VerdictReason.NOT_ALLOWED_HERE


def test_without_a_question_numbers_and_routines_are_open() -> None:
    assert judge("two").accepted
    assert judge("floor").accepted


COACH = Context(EVERYTHING, coach_speaking=True, coach_words=(("Say next when you want to go on", 9.0, 12.0),))


def test_the_coachs_own_words_are_refused() -> None:
    assert judge("next", COACH).reason is VerdictReason.OWN_VOICE
    assert judge("repeat", COACH).accepted


def test_the_coachs_words_count_a_little_before_and_after() -> None:
    assert judge("next", COACH, start=12.4).reason is VerdictReason.OWN_VOICE
    assert judge("next", COACH, start=12.6).accepted
    assert judge("next", COACH, start=8.4, word_end_t=8.9).reason is VerdictReason.OWN_VOICE
    assert judge("next", COACH, start=8.0, word_end_t=8.7).accepted


def test_the_coachs_words_may_come_word_by_word() -> None:
    words = (("go", 10.0, 10.2), ("back", 10.2, 10.5), ("now", 10.5, 10.8))
    assert judge("go back", Context(EVERYTHING, True, words)).reason is VerdictReason.OWN_VOICE


def test_a_safety_word_counts_whatever_the_coach_says() -> None:
    said = Context(EVERYTHING, True, (("Please stop if it hurts", 9.0, 12.0),))
    assert judge("stop", said).accepted
    assert judge("it hurts", said).accepted


def test_vosk_must_be_surer_while_the_coach_speaks() -> None:
    quiet, speaking = Context(EVERYTHING), Context(EVERYTHING, coach_speaking=True)
    said = heard("repeat", confidence=0.9)
    assert decide(VOSK, said, quiet, 11.0)[1].accepted
    assert decide(VOSK, said, speaking, 11.0)[1].reason is VerdictReason.LOW_CONFIDENCE


def test_the_same_command_counts_once_a_second() -> None:
    policy, first = decide(MOONSHINE, heard("next"), Context(EVERYTHING), 1.0)
    again, second = decide(policy, heard("next one"), Context(EVERYTHING), 1.9)
    assert (first.accepted, second.reason) == (True, VerdictReason.REFRACTORY)
    assert decide(again, heard("next"), Context(EVERYTHING), 2.1)[1].accepted
    assert decide(policy, heard("done"), Context(EVERYTHING), 1.2)[1].accepted


def test_another_number_is_a_correction_not_the_same_again() -> None:
    policy, _ = decide(MOONSHINE, heard("three"), Context(EVERYTHING), 1.0)
    assert decide(policy, heard("four"), Context(EVERYTHING), 1.5)[1].accepted


def test_a_partial_of_a_word_that_has_ended_is_judged_like_its_final() -> None:
    badly: dict[str, Any] = {"confidence": -8.0, "margin": 9.0}
    assert judge("stop", **badly).accepted
    assert judge("stop", partial=True, ended=True, **badly).accepted
    assert judge("stop", partial=True, **badly).reason is VerdictReason.LOW_CONFIDENCE


def test_only_partials_of_safety_words_count() -> None:
    assert judge("stop", partial=True).accepted
    assert judge("next", partial=True).reason is VerdictReason.UNKNOWN
    assert judge("next", partial=True, ended=True).reason is VerdictReason.UNKNOWN


def test_a_near_miss_of_a_safety_word_is_passed_on() -> None:
    assert judge("stop", confidence=-7.6, margin=1.0).near is Command.STOP
    assert judge("top", near=Command.STOP).near is Command.STOP
    assert judge("top", near=Command.STOP, partial=True).near is None
    assert judge("stop").near is None


def test_the_coachs_own_safety_words_are_no_near_miss() -> None:
    said = Context(EVERYTHING, True, (("Stop if it hurts", 9.0, 12.0),))
    assert judge("stop", said, confidence=-7.9, margin=1.0).near is None
    assert judge("it hers", said, near=Command.IT_HURTS).near is None
    assert judge("top", Context(EVERYTHING, True, (("Breathe in", 9.0, 12.0),)), near=Command.STOP).near is Command.STOP


def test_two_echoed_commands_close_all_but_safety_words_while_the_coach_speaks() -> None:
    policy, speaking = MOONSHINE, replace(COACH, coach_words=())
    for t in (13.0, 23.0):
        words = (("Say next when you want to go on", t - 4.0, t - 1.0),)
        assert not policy.half_duplex
        policy, verdict = decide(policy, heard("next", start=t), Context(EVERYTHING, False, words), t + 0.6)
        assert verdict.accepted
    assert policy.half_duplex
    assert decide(policy, heard("repeat", start=30.0), speaking, 30.6)[1].reason is VerdictReason.OWN_VOICE
    assert decide(policy, heard("stop", start=30.0), speaking, 30.6)[1].accepted
    assert decide(policy, heard("repeat", start=30.0), Context(EVERYTHING), 30.6)[1].accepted


def test_a_command_of_her_own_between_them_resets_the_breaker() -> None:
    policy = MOONSHINE
    for t in (13.0, 23.0, 33.0):
        words = () if t == 23.0 else (("Say next when you want to go on", t - 4.0, t - 1.0),)
        policy, _ = decide(policy, heard("next", start=t), Context(EVERYTHING, False, words), t + 0.6)
    assert not policy.half_duplex


def test_without_an_echo_canceller_only_safety_words_count_while_the_coach_speaks() -> None:
    policy = replace(MOONSHINE, half_duplex=True)
    speaking = Context(EVERYTHING, coach_speaking=True)
    assert decide(policy, heard("next"), speaking, 11.0)[1].reason is VerdictReason.OWN_VOICE
    assert decide(policy, heard("pause"), speaking, 11.0)[1].accepted


NUMBERS = {each.text for each in PHRASES if each.command is Command.NUMBER and each.choice is None}
engines = st.sampled_from([MOONSHINE.thresholds, VOSK.thresholds])
times = st.floats(0.0, 100.0)
sentences = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map(lambda ps: " ".join(p.text for p in ps))
said_words = st.builds(lambda text, t, length: (text, t, t + length), sentences, times, st.floats(0.1, 5.0))
contexts = st.builds(
    Context,
    open=st.frozensets(st.sampled_from(Command)),
    coach_speaking=st.booleans(),
    coach_words=st.lists(said_words, max_size=3).map(tuple),
    question=st.sampled_from([None, "routine", "effort", "stop"]),
)


@st.composite
def utterances(draw: st.DrawFn) -> Heard:
    phrase: Phrase = draw(st.sampled_from(PHRASES))
    start = draw(times)
    return Heard(
        text=draw(st.sampled_from([phrase.text, phrase.text.capitalize() + "!", "something else"])),
        command=draw(st.sampled_from([phrase.command, phrase.command, None])),
        value=phrase.value,
        confidence=draw(st.floats(-16.0, 1.0) | st.just(math.nan)),
        margin=draw(st.floats(-16.0, 16.0) | st.just(math.inf) | st.just(math.nan)),
        word_start_t=start,
        word_end_t=start + draw(st.floats(0.1, 2.0)),
        partial=draw(st.booleans()),
        near=draw(st.sampled_from([None, *SAFETY])),
    )


moments = st.lists(st.tuples(utterances(), contexts, st.floats(0.0, 3.0)), min_size=1, max_size=8)


@given(engines, moments, st.booleans())
def test_promises_over_any_course_of_moments(
    engine: Thresholds, course: list[tuple[Heard, Context, float]], half_duplex: bool
) -> None:
    policy, now = Policy(TABLE, engine, half_duplex=half_duplex), 0.0
    last: dict[tuple[Command, int | None], float] = {}
    for said, context, later in course:
        now += later
        before = policy
        policy, verdict = decide(policy, said, context, now)
        assert decide(before, said, context, now) == (policy, verdict)
        assert verdict.accepted == (verdict.reason is VerdictReason.OK)
        if said.command in SAFETY:
            assert verdict.reason not in {VerdictReason.OWN_VOICE, VerdictReason.REFRACTORY}
        assert not (verdict.accepted and verdict.near)
        if not verdict.accepted:
            continue
        assert verdict.command is not None
        assert verdict.command in context.open
        assert said.text != "something else"
        safety = verdict.command in SAFETY
        number = said.command is Command.NUMBER and said.text in NUMBERS
        least = engine.partial(said.text) if safety else engine.command(said.text, number=number)
        assert least.score_of(said.confidence, said.margin) >= min(least.score, least.over_coach)
        assert said.margin >= least.margin
        assert safety or not said.partial
        assert safety or not (half_duplex and context.coach_speaking)
        key = (verdict.command, verdict.value)
        assert safety or now - last.get(key, -math.inf) >= 1.0
        last[key] = now


@given(engines, st.sampled_from([p for p in PHRASES if p.command in SAFETY]), contexts, times, st.booleans())
def test_a_safety_word_well_heard_always_counts_where_it_is_open(
    engine: Thresholds, phrase: Phrase, context: Context, now: float, half_duplex: bool
) -> None:
    policy = Policy(TABLE, engine, half_duplex=half_duplex)
    said = heard(phrase.text, confidence=SURE)
    context = replace(context, open=context.open | SAFETY)
    for t in (now, now + 0.1):
        policy, verdict = decide(policy, said, context, t)
        assert verdict.accepted
