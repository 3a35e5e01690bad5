"""What is scored while she is perhaps still speaking, and that it changes nothing that is understood."""

from collections.abc import Sequence

import pytest

from coach.hearing.commands import Command
from coach.hearing.ears import Heard, Pcm
from coach.hearing.endpointer import Endpointer
from coach.hearing.engine import End, Piece
from coach.hearing.moonshine_ears import QUIET_S, MoonshineEngine
from coach.hearing.moonshine_model import Branches, MoonshineModel, Sound
from coach.hearing.table import load_table
from tests.spoken import blocks, room, spoken


class Counting(MoonshineModel):
    """The real model, which tells how many sounds it was given."""

    sounds = 0

    def begin(self, sound: Sound) -> Branches:
        self.sounds += 1
        return super().begin(sound)


@pytest.fixture(scope="module")
def model() -> Counting:
    return Counting()


def pieces(mic: Pcm) -> list[Piece]:
    endpointer = Endpointer()
    return [piece for block in blocks(mic) for piece in endpointer.feed(block, block)]


def heard_in(engine: MoonshineEngine, said: Sequence[Piece]) -> list[Heard]:
    return [heard for piece in said for heard in engine.hear_piece(piece)]


def test_what_was_scored_ahead_costs_nothing_at_the_end(model: Counting) -> None:
    engine = MoonshineEngine(load_table(), model)
    *before, last = pieces(room(spoken("next")))
    heard_in(engine, before)
    scored = model.sounds
    (final,) = engine.hear_piece(last)
    assert last.end is End.SILENCE
    assert (final.command, model.sounds) == (Command.NEXT, scored)


@pytest.mark.parametrize("text", ["next", "it hurts", "how many more", "the kettle"])
def test_scoring_ahead_changes_nothing_that_is_understood(
    model: Counting, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = pieces(room(spoken(text)))
    ahead = heard_in(MoonshineEngine(load_table(), model), said)
    monkeypatch.setattr(MoonshineEngine, "_is_perhaps_over", lambda *_: False)
    after = heard_in(MoonshineEngine(load_table(), model), said)
    assert [(each.command, each.text) for each in ahead] == [(each.command, each.text) for each in after]


def test_what_is_not_clear_is_heard_with_all_its_sound(model: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    said = pieces(room(spoken("the kettle")))
    ahead = heard_in(MoonshineEngine(load_table(), model), said)
    monkeypatch.setattr(MoonshineEngine, "_is_perhaps_over", lambda *_: False)
    assert heard_in(MoonshineEngine(load_table(), model), said) == ahead


def test_two_views_at_once_are_scored_as_one_after_the_other(model: Counting) -> None:
    said = pieces(room(spoken("the kettle")))
    engine = MoonshineEngine(load_table(), model, paced=True)
    at_once = heard_in(engine, said)
    engine.close()
    one_by_one = heard_in(MoonshineEngine(load_table(), model), said)
    assert [each for each in at_once if not each.partial] == [each for each in one_by_one if not each.partial]


def test_who_goes_on_after_a_breath_is_heard_whole(model: Counting) -> None:
    mic = room(spoken("it"), QUIET_S + 0.06, spoken("hurts"))
    *_, final = heard_in(MoonshineEngine(load_table(), model), pieces(mic))
    assert (final.command, final.partial) == (Command.IT_HURTS, False)
