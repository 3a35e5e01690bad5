"""The embedded ears on speech of the project's own voices."""

import numpy as np
import pytest

from coach.errors import MachineError
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.preprocessing import preprocess
from coach.hearing.recognition.models.moonshine import MoonshineModel, Sound, model_folder
from coach.hearing.recognition.models.tokenizer import END, Tokenizer
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.scoring.prefix_tree import DEEP_BEAM, Node, PrefixTreeScorer, build_tree
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.recognition.scoring.spellings import phrase_spellings, spellings
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import floor, pieces, room, spoken


@pytest.fixture(scope="module")
def scorer(model: MoonshineModel) -> PrefixTreeScorer:
    return PrefixTreeScorer(model, tokenizer())


@pytest.fixture
def engine(model: MoonshineModel, rescorer: Rescorer) -> MoonshineEngine:
    return MoonshineEngine(load_table(), model, rescorer)


def tokenizer() -> Tokenizer:
    return Tokenizer(model_folder() / "tokenizer.bin")


def sound(text: str) -> Sound:
    return preprocess(spoken(text), 20.0)


def tree(*phrases: str) -> Node:
    return build_tree([(phrase, spellings(phrase)) for phrase in phrases], tokenizer())


def through(engine: MoonshineEngine, mic: Pcm) -> list[Heard]:
    return [heard for piece in pieces(mic) for heard in engine.hear_piece(piece)]


def test_one_token_after_the_other_gives_the_same_in_a_batch_as_alone(model: MoonshineModel) -> None:
    start = model.begin(sound("please pause"))
    tokens = start.log_p[0].argsort()[-3:].tolist()
    together = model.extend(start, [0, 0, 0], tokens)
    for row, token in enumerate(tokens):
        alone = model.extend(start, [0], [token]).log_p[0]
        likely = alone.argsort()[-5:]
        # int8 rounding depends on the batch: tenths of a nat.
        assert np.allclose(together.log_p[row][likely], alone[likely], atol=0.3)


def test_the_model_ends_a_sentence_that_it_has_written(model: MoonshineModel) -> None:
    at = model.begin(sound("I'm ready"))
    for token in tokenizer().encode("I'm ready."):
        assert at.log_p[0, token] > -3.0
        at = model.extend(at, [0], [token])
    assert at.log_p[0, END] > -0.5


def test_log_probabilities_are_of_one_choice(model: MoonshineModel) -> None:
    assert np.exp(model.begin(sound("stop")).log_p[0]).sum() == pytest.approx(1.0, abs=1e-3)


def test_a_very_short_sound_is_no_error(model: MoonshineModel) -> None:
    assert np.isfinite(model.begin(np.ones(10, np.float32)).log_p).all()


def test_the_phrase_that_was_said_fits_as_well_as_the_free_transcript(scorer: PrefixTreeScorer) -> None:
    scores = scorer.score(sound("I'm ready"), tree("i'm ready", "i'm done", "next", "stop"))
    assert scores.ended
    assert next(iter(scores.ratios)) == "i'm ready"
    assert scores.ratios["i'm ready"] > -1.0


def test_a_phrase_keeps_its_score_whatever_else_is_open(scorer: PrefixTreeScorer) -> None:
    alone = scorer.score(sound("repeat that"), tree("repeat that")).ratios
    among = scorer.score(sound("repeat that"), tree(*(p.text for p in load_table().phrases()))).ratios
    assert alone["repeat that"] == pytest.approx(among["repeat that"], abs=0.3)


def test_ratios_come_best_first(scorer: PrefixTreeScorer) -> None:
    ratios = list(scorer.score(sound("done"), tree("done", "down", "dawn", "dumb")).ratios.values())
    assert ratios == sorted(ratios, reverse=True)


def test_a_name_that_is_searched_deeper_always_has_a_ratio(scorer: PrefixTreeScorer) -> None:
    names = {"paula": "Paula.", "victor": "Victor."}
    spelled = [(name, {spelling, spelling + ".."}) for name, spelling in names.items()]
    deep = scorer.score(sound("pause"), build_tree(spelled, tokenizer(), names)).ratios
    assert list(deep) == ["paula", "victor"]
    assert all(ratio >= -DEEP_BEAM for ratio in deep.values())
    assert "victor" not in scorer.score(sound("pause"), build_tree(spelled, tokenizer())).ratios


def test_talk_is_rejected_before_any_phrase_is_scored(scorer: PrefixTreeScorer) -> None:
    talk = sound("the train comes at half past seven so we should all be there in good time for it")
    scores = scorer.score(talk, tree("stop"))
    assert not scores.ended
    assert not scores.ratios


def test_i_is_spelled_as_a_capital_and_numbers_in_digits_too() -> None:
    assert "I'm ready." in spellings("i'm ready")
    assert {"Yes, please.", "Yes please."} <= spellings("yes please")
    ten = next(p for p in load_table().phrases() if p.text == "ten")
    assert {"Ten.", "10."} <= phrase_spellings(ten)


def test_nothing_preprocessed_is_digital_zero_or_too_loud() -> None:
    for samples in (np.zeros(8_000, np.int16), spoken("stop"), np.full(8_000, -32_768, np.int16)):
        made = preprocess(samples, 1.0)
        assert np.isfinite(made).all()
        assert np.abs(made).max() <= 0.5 + 1e-6
        assert np.count_nonzero(made) > 0.99 * len(made)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("next", Command.NEXT),
        ("repeat that", Command.REPEAT),
        ("I'm done", Command.DONE),
        ("how many more", Command.HOW_MANY_LEFT),
        ("please pause", Command.PAUSE),
    ],
)
def test_a_phrase_is_heard_as_its_command(engine: MoonshineEngine, text: str, command: Command) -> None:
    final = through(engine, room(spoken(text)))[-1]
    assert (final.command, final.partial) == (command, False)
    assert final.text == text.lower()
    assert final.confidence > -1.0


def test_a_number_comes_with_its_value(engine: MoonshineEngine) -> None:
    engine.expect(frozenset({Command.NUMBER}))
    final = through(engine, room(spoken("seven")))[-1]
    assert (final.command, final.value) == (Command.NUMBER, 7)


@pytest.mark.parametrize("text", ["stop", "it hurts", "pause"])
def test_a_safety_word_is_seen_before_its_segment_ends(engine: MoonshineEngine, text: str) -> None:
    heard = through(engine, room(spoken(text)))
    assert [h.partial for h in heard] == sorted((h.partial for h in heard), reverse=True)
    assert heard[0].partial
    assert heard[0].command is heard[-1].command
    assert any(h.partial and h.confidence > engine.thresholds.partial(text).score for h in heard)


def test_only_safety_words_are_partials(engine: MoonshineEngine) -> None:
    heard = through(engine, room(spoken("next"), 0.6, spoken("stop"), 0.6, spoken("done")))
    assert {h.command for h in heard if h.partial} <= SAFETY


def test_what_is_no_phrase_is_reported_with_the_free_transcript(engine: MoonshineEngine) -> None:
    (heard,) = (h for h in through(engine, room(spoken("there is no more milk for the cat"))) if not h.partial)
    assert heard.command is None
    assert "milk" in heard.text.lower()


def test_a_remark_that_holds_a_phrase_is_far_below_its_floor(engine: MoonshineEngine) -> None:
    (heard,) = (h for h in through(engine, room(spoken("dinner is ready"))) if not h.partial)
    sentence = engine.thresholds.sentence(heard.text, safety=False) if heard.own_words else None
    assert heard.confidence < (sentence or engine.thresholds.command("ready")).score - 1


def test_a_closed_command_is_not_heard_but_a_safety_word_is(engine: MoonshineEngine) -> None:
    engine.expect(frozenset({Command.YES, Command.NO}))
    heard = [h for h in through(engine, room(spoken("repeat"), 0.6, spoken("stop"))) if not h.partial]
    assert [h.command for h in heard][-1] is Command.STOP
    assert heard[0].command in {None, Command.STOP} or heard[0].confidence < engine.thresholds.command("yes").score


def test_what_a_reported_word_opens_is_open_from_the_next_segment_on(engine: MoonshineEngine) -> None:
    engine.expect(frozenset({Command.NEXT}))
    finals = []
    for piece in pieces(room(spoken("stop"), 0.8, spoken("continue"), 0.8, spoken("next"))):
        for heard in engine.hear_piece(piece):
            if heard.partial:
                engine.expect(frozenset({Command.RESUME}))
            else:
                finals.append(heard)
    assert [heard.command for heard in finals[:2]] == [Command.STOP, Command.RESUME]
    assert finals[2].command is not Command.NEXT


def test_a_reported_partial_is_followed_by_a_final_even_when_talk_goes_on(engine: MoonshineEngine) -> None:
    said = pieces(room(spoken("stop")))
    reported = [heard for piece in said[:-1] for heard in engine.hear_piece(piece)]
    assert reported
    last = said[-1]
    talked_on = Piece(
        last.samples, last.start_t, False, End.TOO_LONG, last.speech_start_t, last.speech_end_t, last.floor_rms
    )
    (final,) = engine.hear_piece(talked_on)
    assert (final.command, final.partial) == (None, False)


def test_the_same_sound_is_heard_the_same_twice(engine: MoonshineEngine) -> None:
    mic = room(spoken("pause"), 0.5, spoken("next"))
    assert through(engine, mic) == through(engine, mic)


def test_noise_that_begins_like_speech_is_no_command(engine: MoonshineEngine) -> None:
    noise = floor(0.7, rms=3_000, seed=7)
    piece = Piece(noise, 0.0, True, End.SILENCE, 0.1, 0.6, 20.0)
    for heard in engine.hear_piece(piece):
        least = engine.thresholds.command(heard.text)
        assert heard.confidence < least.score or heard.margin < least.margin


def test_what_is_shorter_than_any_word_is_nothing(engine: MoonshineEngine) -> None:
    sound = room(spoken("stop"))
    long, short = (Piece(sound, 0.0, True, End.SILENCE, 0.5, end_t, 20.0) for end_t in (0.8, 0.564))
    assert [each.command for each in engine.hear_piece(long)] == [Command.STOP]
    assert engine.hear_piece(short) == ()


def test_a_folder_without_the_model_is_one_clear_line(tmp_path: object) -> None:
    with pytest.raises(MachineError, match="moonshine-voice"):
        MoonshineModel(tmp_path)  # type: ignore[arg-type]
