"""A name that was not clear enough counts when the next answer is nearest to it as well."""

from dataclasses import replace

import pytest

from coach.hearing.policy.policy import DOUBTED_S, Policy, decide
from coach.hearing.policy.verdict import Context, Verdict
from coach.hearing.ports.ears import Heard
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import load_table

NAMES = ("Anna", "victor", "Bea")
PEOPLE = Policy(people_table(load_table(), NAMES), MOONSHINE)
AGAIN = MOONSHINE.name_again or MOONSHINE.number.one_word
ASKED = Context(frozenset({Command.NUMBER, *SAFETY}), question="who")


def unclear(name: str, t: float, **changes: object) -> tuple[Heard, float]:
    """Return a name that leads the others by just enough to be remembered, and when it is heard."""
    value = next(at for at, each in enumerate(NAMES) if each.lower() in name)
    said = Heard(name, Command.NUMBER, value, AGAIN.score, AGAIN.margin, t - 0.9, t - 0.4)
    return replace(said, **changes), t  # type: ignore[arg-type]  # test values by name


def judged(*answers: tuple[Heard, float], context: Context = ASKED) -> list[Verdict]:
    policy, found = PEOPLE, []
    for heard, t in answers:
        policy, verdict = decide(policy, heard, context, t)
        found.append(verdict)
    return found


def test_the_same_name_twice_counts_though_it_was_unclear_both_times() -> None:
    first, second = judged(unclear("victor", 10.0), unclear("i'm victor", 22.0))
    assert not first.accepted
    assert (second.accepted, second.value) == (True, 1)


def test_two_names_are_no_answer() -> None:
    assert not any(each.accepted for each in judged(unclear("victor", 10.0), unclear("anna", 12.0)))
    three = judged(unclear("victor", 10.0), unclear("anna", 12.0), unclear("victor", 14.0))
    assert not any(each.accepted for each in three)


@pytest.mark.parametrize("changes", [{"confidence": AGAIN.score - 0.1}, {"margin": AGAIN.margin - 0.1}])
@pytest.mark.parametrize("worse", [0, 1])
def test_both_answers_must_be_near_enough(changes: dict[str, float], worse: int) -> None:
    answers = [unclear("bea", t, **(changes if at == worse else {})) for at, t in enumerate((10.0, 22.0))]
    assert not any(each.accepted for each in judged(*answers))


def test_after_a_while_a_name_is_forgotten() -> None:
    assert not judged(unclear("anna", 10.0), unclear("anna", 10.0 + DOUBTED_S))[1].accepted


def test_what_is_said_over_the_coach_or_still_goes_on_is_not_remembered() -> None:
    speaking = replace(ASKED, coach_speaking=True)
    assert not judged(unclear("anna", 10.0), unclear("anna", 22.0), context=speaking)[1].accepted
    partial = unclear("anna", 10.0, partial=True)
    assert not any(each.accepted for each in judged(partial, partial, partial))


def test_where_no_name_is_asked_none_counts() -> None:
    context = Context(frozenset({Command.NUMBER}), question="effort")
    assert not judged(unclear("anna", 10.0), unclear("anna", 22.0), context=context)[1].accepted


def test_after_a_safety_word_that_was_acted_on_a_name_must_be_clear() -> None:
    pause = Heard("pause", Command.PAUSE, None, 0.0, 9.0, 21.1, 21.4, partial=True)
    policy, first = decide(PEOPLE, unclear("anna", 10.0)[0], ASKED, 10.0)
    policy, acted = decide(policy, pause, replace(ASKED, question=None), 21.5)
    _, second = decide(policy, unclear("anna", 22.0)[0], ASKED, 22.0)
    assert acted.accepted
    assert not first.accepted
    assert not second.accepted


def test_where_a_name_is_asked_for_a_safety_word_waits_for_its_final() -> None:
    """ "Paula" begins as "pause" does."""
    half = Heard("pause", Command.PAUSE, None, 0.0, 5.0, 9.1, 9.4, partial=True)
    policy, early = decide(PEOPLE, half, ASKED, 9.4)
    _, late = decide(policy, replace(half, partial=False), ASKED, 9.9)
    assert (early.accepted, late.accepted) == (False, True)
