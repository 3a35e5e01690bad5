"""A word that was refused and then understood is learned; one that was asked about, or heard in other doubt, is not."""

from dataclasses import replace

import pytest

from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import Command
from coach.live.learning import Learning

NEXT = Heard("next", Command.NEXT, None, -0.5, 6.0, 12.0, 12.4, before=b"vector")
FIRST = Heard("nest", None, None, -12.0, 0.0, 10.0, 10.4)
REFUSED = Verdict(False, VerdictReason.LOW_CONFIDENCE, Command.NEXT)
ACCEPTED = Verdict(True, VerdictReason.OK, Command.NEXT)


def learned(first: Verdict, heard: Heard = NEXT, verdict: Verdict = ACCEPTED) -> tuple[str, bytes] | None:
    learning = Learning()
    assert learning.after(FIRST, first) is None
    return learning.after(heard, verdict)


@pytest.mark.parametrize("reason", [VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN])
def test_a_word_that_was_refused_for_its_sound_and_then_understood_is_learned(reason: VerdictReason) -> None:
    assert learned(replace(REFUSED, reason=reason)) == ("next", b"vector")


def test_a_word_near_a_safety_word_was_asked_about_and_is_not_learned() -> None:
    assert learned(replace(REFUSED, near=Command.STOP)) is None


@pytest.mark.parametrize(
    "reason",
    [VerdictReason.OWN_VOICE, VerdictReason.NOT_ALLOWED_HERE, VerdictReason.TOO_EARLY, VerdictReason.REFRACTORY],
)
def test_what_was_refused_for_another_reason_is_not_learned(reason: VerdictReason) -> None:
    assert learned(replace(REFUSED, reason=reason)) is None


def test_nothing_is_learned_before_the_word_is_understood() -> None:
    assert learned(REFUSED, verdict=REFUSED) is None
    assert learned(ACCEPTED) is None
    assert learned(REFUSED, replace(NEXT, before=b"")) is None
    assert learned(REFUSED, replace(NEXT, command=Command.NUMBER, value=3)) is None


def test_a_partial_decides_nothing() -> None:
    learning = Learning()
    learning.after(FIRST, REFUSED)
    assert learning.after(replace(NEXT, partial=True), ACCEPTED) is None
    assert learning.after(NEXT, replace(ACCEPTED, confirms=True)) == ("next", b"vector")
