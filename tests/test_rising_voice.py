"""While somebody else talks on and on, a radio, say, her louder word is heard by itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.hearing.commands import Command
from coach.hearing.ears import HEARING_HZ, Pcm
from coach.hearing.endpointer import Endpointer
from coach.hearing.engine import End, Piece
from coach.hearing.moonshine_ears import MoonshineEngine
from coach.hearing.segment import LONGEST
from coach.hearing.table import load_table
from coach.hearing.talk_level import ABOVE_DB, ENOUGH, LATELY, RISES_AFTER, TalkLevel
from coach.hearing.views import Word, alone
from tests.spoken import blocks, floor, spoken

RADIO = "And the wind will come from the north with rain in the hills and some snow above a thousand meters"
TALK_DB = -10.0
SAID_AT_S = 4.0


def radio(seconds: float = 9.0) -> Pcm:
    """Return somebody who talks without a pause, further away than she is."""
    talk = np.resize(spoken(RADIO, "en-gb"), round(seconds * HEARING_HZ)) * 10 ** (TALK_DB / 20)
    return talk.astype(np.int16) + floor(seconds)


def over_the_radio(word: Pcm) -> Pcm:
    sound, at = radio(), round(SAID_AT_S * HEARING_HZ)
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


def test_a_radio_is_not_taken_for_her_for_long_and_her_word_is() -> None:
    endpointer, speaking = Endpointer(), []
    for block in blocks(over_the_radio(spoken("stop"))):
        endpointer.feed(block, block)
        speaking.append(endpointer.speaking)
    second = HEARING_HZ // len(block)
    given_up, said = round(LONGEST / HEARING_HZ * second) + second // 2, round((SAID_AT_S + 0.4) * second)
    assert not any(speaking[given_up : round(SAID_AT_S * second)])
    assert speaking[said]
    assert not any(speaking[said + second :])


def test_stop_is_heard_over_a_radio() -> None:
    engine, endpointer = MoonshineEngine(load_table()), Endpointer()
    pieces = [p for block in blocks(over_the_radio(spoken("stop"))) for p in endpointer.feed(block, block)]
    heard = [each for piece in pieces for each in engine.hear_piece(piece)]
    assert Command.STOP in {each.command for each in heard}


@given(st.lists(st.floats(20, 80), max_size=2 * LATELY), st.floats(0, 90))
def test_nothing_rises_before_there_has_been_talk(levels: list[float], loud: float) -> None:
    talk = TalkLevel()
    assert [talk.rises_above(level) for level in levels[:ENOUGH]] == [None] * len(levels[:ENOUGH])
    steady = TalkLevel()
    assert [steady.rises_above(loud) for _ in range(2 * LATELY)] == [None] * 2 * LATELY


@given(st.floats(20, 60), st.floats(0.1, 20))
def test_a_louder_voice_rises_once_and_then_is_the_talk(level: float, above: float) -> None:
    talk = TalkLevel()
    for _ in range(LATELY):
        talk.rises_above(level)
    rises = [talk.rises_above(level + ABOVE_DB + above) for _ in range(LATELY)]
    assert rises[RISES_AFTER - 1] == pytest.approx(level + ABOVE_DB)
    assert [each for each in rises if each is not None] == [rises[RISES_AFTER - 1]]


def test_a_risen_word_is_seen_without_the_talk_around_it() -> None:
    sound = np.full(HEARING_HZ, 9_000, np.int16)
    speech = slice(round(0.4 * HEARING_HZ), round(0.7 * HEARING_HZ))
    sound[speech] = 100
    word = alone(Word(sound, speech))
    assert len(word.samples) < len(sound)
    assert not (word.samples[word.speech] != 100).any()
    assert word.speech.stop - word.speech.start == speech.stop - speech.start
