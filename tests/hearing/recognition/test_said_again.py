"""A word that is said again: real ears and the policy refuse the first, understand the second, and learn the first."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context, Verdict
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import ByLength, Threshold
from coach.hearing.recognition.learned import with_further
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.moonshine.said_again import AGAIN_S
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.learning import Learning
from coach.sound.pcm import Pcm
from tests.support.spoken import pieces, room, spoken

HERS = "en-gb+f2"
NEVER = Threshold(score=99.0, margin=99.0, over_coach=99.0)
OPEN = frozenset({Command.NEXT, Command.DONE, Command.REPEAT})


@pytest.fixture(scope="module")
def engine() -> Iterator[MoonshineEngine]:
    made = MoonshineEngine(load_table())
    made.expect(OPEN)
    yield made
    made.close()


def heard(engine: MoonshineEngine, *said: Pcm | float) -> tuple[list[Heard], list[Verdict], list[tuple[str, bytes]]]:
    """Return what was heard, what the policy made of it, the first word refused, and what can be learned."""
    engine.learn((), further=True)
    policy, learning = Policy(load_table(), engine.thresholds), Learning()
    strict = Policy(load_table(), replace(engine.thresholds, ordinary=ByLength(NEVER, NEVER)))
    finals, verdicts, learned = list[Heard](), list[Verdict](), list[tuple[str, bytes]]()
    for piece in pieces(room(*said)):
        for each in engine.hear_piece(piece):
            policy, verdict = decide(policy if finals else strict, each, Context(OPEN), each.word_end_t)
            policy = policy if finals else Policy(load_table(), engine.thresholds)
            finals, verdicts = [*finals, each], [*verdicts, verdict]
            learned += [found for found in [learning.after(each, verdict)] if found]
    return finals, verdicts, learned


def test_a_refused_word_that_is_then_understood_is_one_more_sample_of_it(engine: MoonshineEngine) -> None:
    _, verdicts, learned = heard(engine, spoken("done", HERS), 1.2, spoken("done", HERS))
    assert [each.accepted for each in verdicts] == [False, True]
    ((text, sample),) = learned
    (word,) = with_further((), text, sample)
    assert (word.text, len(word.samples)) == ("done", 1)
    assert np.isfinite(word.samples).all()


def test_what_was_said_too_long_ago_or_was_another_word_is_no_sample(engine: MoonshineEngine) -> None:
    for said in (
        (spoken("done", HERS), AGAIN_S + 0.6, spoken("done", HERS)),
        (spoken("next", HERS), 1.2, spoken("done", HERS)),
    ):
        finals, _, learned = heard(engine, *said)
        assert (finals[-1].text, finals[-1].before, learned) == ("done", b"", [])


def test_nothing_is_kept_of_what_she_says_where_she_did_not_ask_for_it(engine: MoonshineEngine) -> None:
    engine.learn(())
    found = [
        each
        for piece in pieces(room(spoken("repeat", HERS), 1.2, spoken("repeat", HERS)))
        for each in engine.hear_piece(piece)
    ]
    assert [(each.text, each.before) for each in found] == [("repeat", b""), ("repeat", b"")]
