"""Above continuous talk, such as a radio, a louder word is a segment of its own."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.hearing.endpointing.endpointer import PRE_ROLL, Endpointer
from coach.hearing.endpointing.segment import LONGEST
from coach.hearing.endpointing.silero_vad import FINE_FRAMES
from coach.hearing.endpointing.talk_level import ABOVE_DB, ENOUGH, RISES_AFTER, TalkLevel
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.views import WordAudio, trim
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.decision import NO_PHRASE, NO_PHRASE_AMID_TALK
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import blocks, floor, spoken

RADIO = "And the wind will come from the north with rain in the hills and some snow above a thousand meters"
TALK_DB = -10.0
SAID_AT_S = 5.0


def radio(seconds: float = 10.0, talk_db: float = TALK_DB) -> Pcm:
    """Return somebody who talks without a pause, further away than she is."""
    talk = np.resize(spoken(RADIO, "en-gb"), round(seconds * HEARING_HZ)) * 10 ** (talk_db / 20)
    return talk.astype(np.int16) + floor(seconds)


def over_the_radio(word: Pcm, talk_db: float = TALK_DB) -> Pcm:
    sound, at = radio(talk_db=talk_db), round(SAID_AT_S * HEARING_HZ)
    sound[at : at + len(word)] += word
    return sound


def segments_of(sound: Pcm) -> list[list[Piece]]:
    endpointer, found = Endpointer(), list[list[Piece]]()
    for block in blocks(sound):
        for piece in endpointer.feed(block, block):
            if piece.first:
                found.append([])
            found[-1].append(piece)
    return found


@pytest.mark.parametrize("text", ["stop", "pause", "repeat", "it hurts"])
def test_a_word_that_rises_above_talk_is_a_segment_of_its_own(text: str) -> None:
    word = spoken(text)
    (risen,) = [pieces for pieces in segments_of(over_the_radio(word)) if pieces[-1].amid_talk]
    assert risen[-1].end is End.SILENCE
    assert SAID_AT_S - 0.1 <= risen[-1].speech_start_t <= SAID_AT_S + 0.3
    assert abs(risen[-1].speech_end_t - (SAID_AT_S + len(word) / HEARING_HZ)) < 0.35


def test_talk_does_not_rise_above_itself_and_is_given_up() -> None:
    (talk,) = segments_of(radio())
    assert not any(piece.amid_talk for piece in talk)
    assert talk[-1].end is End.TOO_LONG


def test_the_talk_is_given_up_before_and_after_the_word() -> None:
    segments = segments_of(over_the_radio(spoken("stop")))
    assert [pieces[-1].end for pieces in segments] == [End.TOO_LONG, End.SILENCE]


def test_the_pieces_of_a_risen_word_join_without_gaps() -> None:
    risen = segments_of(over_the_radio(spoken("stop")))[1]
    for before, after in pairwise(risen):
        assert after.start_t == pytest.approx(before.end_t)


def test_speaking_is_false_over_a_radio_and_true_during_her_word() -> None:
    endpointer, speaking = Endpointer(), []
    for block in blocks(over_the_radio(spoken("stop"))):
        endpointer.feed(block, block)
        speaking.append(endpointer.speaking)
    second = HEARING_HZ // len(block)
    given_up, said = round(LONGEST / HEARING_HZ * second) + second // 2, round((SAID_AT_S + 0.4) * second)
    assert not any(speaking[given_up : round(SAID_AT_S * second)])
    assert speaking[said]
    assert not any(speaking[said + second :])


@pytest.mark.parametrize(("text", "command"), [("repeat", Command.REPEAT), ("it hurts", Command.IT_HURTS)])
def test_a_command_is_recognized_over_a_radio(
    model: MoonshineModel, rescorer: Rescorer, text: str, command: Command
) -> None:
    engine, endpointer = MoonshineEngine(load_table(), model, rescorer), Endpointer()
    sound = over_the_radio(spoken(text), talk_db=-20.0)
    heard = [h for block in blocks(sound) for p in endpointer.feed(block, block) for h in engine.hear_piece(p)]
    assert heard[-1].command is command


def test_a_word_above_talk_needs_a_higher_score_to_be_a_phrase(model: MoonshineModel, rescorer: Rescorer) -> None:
    engine, least = MoonshineEngine(load_table(), model, rescorer), list[float]()
    for text in ("stop", "repeat", "house"):
        word = spoken(text)
        sound = np.pad(word, PRE_ROLL) + floor((len(word) + 2 * PRE_ROLL) / HEARING_HZ)
        at_s, end_s = PRE_ROLL / HEARING_HZ, (PRE_ROLL + len(word)) / HEARING_HZ
        (amid,) = engine.hear_piece(Piece(sound, 0.0, True, End.SILENCE, at_s, end_s, 20.0, amid_talk=True))
        assert (amid.command is None) == (amid.confidence <= NO_PHRASE_AMID_TALK), text
        least.append(amid.confidence)
    assert min(least) <= NO_PHRASE_AMID_TALK < max(least)
    assert min(least) > NO_PHRASE  # in quiet it would be one


def levels(talk: TalkLevel, levels_db: Iterable[float], *, chunks: int = 1) -> list[float | None]:
    """Let talk go on, with so many chunks' time from one to the next."""
    return [talk.rises_above(level, n * chunks * FINE_FRAMES) for n, level in enumerate(levels_db, 1)]


@given(st.lists(st.floats(20, 80), max_size=ENOUGH), st.floats(0, 90))
def test_nothing_rises_before_there_has_been_talk_nor_above_itself(before: list[float], steady: float) -> None:
    assert not any(levels(TalkLevel(), before))
    assert not any(levels(TalkLevel(), [steady] * 3 * ENOUGH))


@given(st.floats(20, 60), st.floats(0.1, 20))
def test_a_louder_voice_rises_once_and_then_is_the_talk(level: float, above: float) -> None:
    louder = level + ABOVE_DB + above
    rises = levels(TalkLevel(), [*[level] * 2 * ENOUGH, *[louder] * 2 * ENOUGH])
    assert [n for n, bar in enumerate(rises) if bar is not None] == [2 * ENOUGH + RISES_AFTER - 1]
    assert max(filter(None, rises)) == pytest.approx(level + ABOVE_DB)


def test_a_stressed_word_of_somebody_who_pauses_does_not_rise() -> None:
    assert not any(levels(TalkLevel(), [*[40.0] * 4 * ENOUGH, *[60.0] * 9], chunks=3))


def test_a_risen_word_is_cut_out_of_the_talk_around_it() -> None:
    sound = np.full(HEARING_HZ, 9_000, np.int16)
    speech = slice(round(0.4 * HEARING_HZ), round(0.7 * HEARING_HZ))
    sound[speech] = 100
    word = trim(WordAudio(sound, speech))
    assert len(word.samples) < len(sound)
    assert not (word.samples[word.speech] != 100).any()
    assert word.speech.stop - word.speech.start == speech.stop - speech.start
