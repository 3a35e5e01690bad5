"""What is scored early, while she may still be speaking, and that it changes nothing that is understood."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.views import VIEWS
from coach.hearing.recognition.models.moonshine import Hypotheses, MoonshineModel, Sound
from coach.hearing.recognition.moonshine.engine import EARLY_S, MoonshineEngine
from coach.hearing.recognition.moonshine.safety_looks import SILENT_S, SafetyLooks
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import pieces, room, spoken


class Counting(MoonshineModel):
    """The real model, which tells how many sounds it was given."""

    sounds = 0

    def begin(self, sound: Sound) -> Hypotheses:
        self.sounds += 1
        return super().begin(sound)


@pytest.fixture(scope="module")
def model() -> Counting:
    return Counting()


@pytest.fixture
def engine(model: Counting, rescorer: Rescorer) -> Iterator[MoonshineEngine]:
    """Return ears that keep up with a microphone."""
    made = MoonshineEngine(load_table(), model, rescorer, paced=True, parallel=True)
    yield made
    made.close()


def finals(engine: MoonshineEngine, said: Sequence[Piece]) -> list[Heard]:
    return [heard for piece in said for heard in engine.hear_piece(piece) if not heard.partial]


@pytest.fixture(scope="module")
def unpaced(model: Counting) -> MoonshineEngine:
    """Return ears that hear a file, however long they take; what they rescore is no other ears' work."""
    return MoonshineEngine(load_table(), model)


def understood(engine: MoonshineEngine, heard: Heard) -> tuple[Command, str] | None:
    """Return what is understood, None where it fits too badly to be accepted."""
    least = engine.thresholds.command(heard.text)
    accepted = least.score_of(heard.confidence, heard.margin) >= least.score and heard.margin >= least.margin
    return (heard.command, heard.text) if heard.command and accepted else None


def in_one_piece(unpaced: MoonshineEngine, said: Sequence[Piece]) -> list[Heard]:
    """Return what is heard of a segment that comes in one piece, when it is over."""
    whole = replace(said[-1], samples=np.concatenate([each.samples for each in said]), start_t=said[0].start_t)
    return finals(unpaced, [replace(whole, first=True)])


def test_what_was_scored_early_costs_nothing_at_the_end(engine: MoonshineEngine, model: Counting) -> None:
    *before, last = pieces(room(spoken("next")))
    finals(engine, before)
    scored = model.sounds
    (final,) = engine.hear_piece(last)
    assert last.end is End.SILENCE
    assert (final.command, model.sounds) == (Command.NEXT, scored)


@pytest.mark.parametrize("text", ["next", "it hurts", "how many more", "the kettle"])
def test_early_scoring_changes_nothing_that_is_understood(
    engine: MoonshineEngine, unpaced: MoonshineEngine, text: str
) -> None:
    said = pieces(room(spoken(text)))
    early, late = finals(engine, said), in_one_piece(unpaced, said)
    assert [understood(engine, each) for each in early] == [understood(engine, each) for each in late]


def test_what_is_not_clear_and_no_safety_word_is_scored_again_with_all_its_sound(
    engine: MoonshineEngine, model: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    said, before = pieces(room(spoken("kettle"))), model.sounds
    (final,) = finals(engine, said)
    assert understood(engine, final) is None
    assert model.sounds - before >= 2 + len(VIEWS)


def test_several_words_that_both_models_write_and_that_are_no_phrase_are_scored_once(
    engine: MoonshineEngine, model: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    said, before = pieces(room(spoken("the kettle"))), model.sounds
    (final,) = finals(engine, said)
    assert (final.command, model.sounds - before) == (None, 1)


def test_a_phrase_with_a_breath_in_it_is_heard_whole(engine: MoonshineEngine) -> None:
    (final,) = finals(engine, pieces(room(spoken("it"), EARLY_S + 0.06, spoken("hurts"))))
    assert final.command is Command.IT_HURTS


def test_a_safety_word_that_no_look_saw_does_not_wait_for_its_silence(
    engine: MoonshineEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    heard = [each for piece in pieces(room(spoken("it hurts"))) for each in engine.hear_piece(piece)]
    assert [(each.command, each.partial) for each in heard] == [(Command.IT_HURTS, True), (Command.IT_HURTS, False)]


def test_neither_does_one_that_a_look_was_unsure_of(engine: MoonshineEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    *before, last = pieces(room(spoken("stop")))
    engine.hear_piece(before[0])
    engine._utterance.reported = True
    heard = [each for piece in (*before[1:], last) for each in engine.hear_piece(piece)]
    assert [(each.command, each.partial) for each in heard] == [(Command.STOP, True), (Command.STOP, False)]


def test_after_a_silence_early_scoring_replaces_the_first_look(engine: MoonshineEngine, model: Counting) -> None:
    *said, _last = pieces(room(spoken("the kettle")))
    silent = next(at for at, each in enumerate(said) if each.end_t - each.speech_end_t >= SILENT_S)
    finals(engine, said[:silent])
    before = model.sounds
    finals(engine, said[silent:])
    assert model.sounds - before == 1


def test_a_safety_word_that_is_not_clear_does_not_wait_for_its_silence_either(
    engine: MoonshineEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    monkeypatch.setattr("coach.hearing.recognition.scoring.cascade.CascadeScorer._agree", lambda *_: False)
    monkeypatch.setattr("coach.hearing.recognition.scoring.cascade.CLEAR_MARGIN", np.inf)
    heard = [each for piece in pieces(room(spoken("stop"))) for each in engine.hear_piece(piece)]
    assert [(each.command, each.partial) for each in heard] == [(Command.STOP, True), (Command.STOP, False)]


def test_what_the_templates_make_clear_needs_no_other_view(
    engine: MoonshineEngine, model: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyLooks, "look", lambda *_: ())
    monkeypatch.setattr("coach.hearing.recognition.scoring.cascade.CascadeScorer._agree", lambda *_: False)
    before = model.sounds
    (final,) = finals(engine, pieces(room(spoken("slower"))))
    assert (final.command, model.sounds - before) == (Command.SLOWER, 1)


def test_another_word_is_heard_once(engine: MoonshineEngine) -> None:
    heard = [each for piece in pieces(room(spoken("next"))) for each in engine.hear_piece(piece)]
    assert [(each.command, each.partial) for each in heard] == [(Command.NEXT, False)]
