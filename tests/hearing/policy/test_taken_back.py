"""An accepted partial of a safety word: when its final confirms it, and when it takes it back."""

from coach.hearing.policy.policy import decide
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.vocabulary.commands import Command
from tests.hearing.policy.test_policy import EVERYTHING, MOONSHINE, heard


def test_the_final_confirms_what_its_partial_set_off() -> None:
    policy, first = decide(MOONSHINE, heard("stop", partial=True, confidence=-1.9), Context(EVERYTHING), 10.5)
    policy, again = decide(policy, heard("stop", partial=True), Context(EVERYTHING), 10.6)
    policy, final = decide(policy, heard("stop", confidence=-1.9), Context(EVERYTHING), 10.9)
    assert [(v.accepted, v.confirms) for v in (first, again, final)] == [(True, False), (True, True), (True, True)]
    assert decide(policy, heard("stop", start=14.0), Context(EVERYTHING), 14.5)[1] == Verdict(
        True, VerdictReason.OK, Command.STOP
    )


def test_a_final_that_disagrees_takes_stop_back() -> None:
    policy, _ = decide(MOONSHINE, heard("stop", partial=True), Context(EVERYTHING), 10.5)
    later, verdict = decide(policy, heard("stopping by the shop"), Context(EVERYTHING), 11.5)
    assert verdict.takes_back is Command.STOP
    assert later.acted is None
    assert decide(policy, heard("next"), Context(EVERYTHING), 11.5)[1].takes_back is Command.STOP
    assert decide(policy, heard("it hurts"), Context(EVERYTHING), 11.5)[1].takes_back is None


def test_nothing_but_her_word_takes_pain_back() -> None:
    policy, _ = decide(MOONSHINE, heard("it hurts", partial=True), Context(EVERYTHING), 10.5)
    assert decide(policy, heard("it works"), Context(EVERYTHING), 11.5)[1].takes_back is None


def test_no_other_command_is_the_rest_of_a_breath_that_told_of_pain() -> None:
    policy, _ = decide(MOONSHINE, heard("it hurts", partial=True), Context(EVERYTHING), 10.5)
    for text in ("never mind", "next", "go on"):
        assert not decide(policy, heard(text, margin=8.0), Context(EVERYTHING), 11.5)[1].accepted
    sentence = heard("my bad first", command=Command.NEVER_MIND, confidence=0.0, margin=8.0, own_words=True)
    assert decide(policy, sentence, Context(EVERYTHING), 11.5)[1] == Verdict(
        False, VerdictReason.NOT_ALLOWED_HERE, Command.NEVER_MIND
    )
    assert decide(policy, heard("never mind", start=14.0), Context(EVERYTHING), 14.5)[1].accepted


def test_another_utterance_takes_nothing_back() -> None:
    policy, _ = decide(MOONSHINE, heard("stop", partial=True), Context(EVERYTHING), 10.5)
    assert decide(policy, heard("what a day", start=13.0), Context(EVERYTHING), 13.5)[1].takes_back is None


def test_what_was_said_over_the_coach_is_not_taken_back_by_the_coachs_last_words() -> None:
    over_coach = Context(EVERYTHING, coach_speaking=True)
    policy, _ = decide(MOONSHINE, heard("pause", partial=True), over_coach, 10.5)
    assert decide(policy, heard("pause and then we"), Context(EVERYTHING), 11.5)[1].takes_back is None
    assert decide(policy, heard("next"), Context(EVERYTHING), 11.5)[1].takes_back is Command.PAUSE


def test_a_final_that_hardly_fits_takes_its_own_partial_back() -> None:
    policy, _ = decide(MOONSHINE, heard("stop", partial=True, confidence=-1.0), Context(EVERYTHING), 10.5)
    takes_back = [
        decide(policy, heard("stop", confidence=confidence, margin=1.0), Context(EVERYTHING), 10.9)[1].takes_back
        for confidence in (-5.5, -6.5)
    ]
    assert takes_back == [None, Command.STOP]


def test_only_a_clear_other_command_takes_stop_back_and_is_acted_on() -> None:
    policy, _ = decide(MOONSHINE, heard("stop", partial=True, confidence=-1.0), Context(EVERYTHING), 10.5)
    verdicts = [
        decide(policy, heard("done", confidence=-0.9, margin=margin), Context(EVERYTHING), 11.5)[1]
        for margin in (3.3, 6.0)
    ]
    assert [(v.accepted, v.takes_back) for v in verdicts] == [(False, None), (True, Command.STOP)]
