"""Endpointing: speech becomes segments, everything else nothing."""

from itertools import pairwise

import numpy as np
import pytest

from coach.hearing.endpointing.endpointer import BEFORE, FLOOR_FRAMES, PRE_ROLL, Endpointer
from coach.hearing.endpointing.segment import HANGOVER, SOFTER_DB, SpeechSegment
from coach.hearing.endpointing.webrtc_vad import CoarseDetector
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End, Piece
from coach.sound.pcm import Pcm
from tests.support.spoken import blocks, floor, room, spoken

LONG = "She said that the train would come at half past seven and that we should all be there in time for it"


def pieces_of(sound: Pcm, listen: Pcm | None = None) -> list[Piece]:
    endpointer = Endpointer()
    both = zip(blocks(sound), blocks(sound if listen is None else listen), strict=True)
    return [piece for detect, heard in both for piece in endpointer.feed(detect, heard)]


def test_one_word_is_one_segment_whose_pieces_join_without_gaps() -> None:
    pieces = pieces_of(room(spoken("stop")))
    assert [p.first for p in pieces] == [True] + [False] * (len(pieces) - 1)
    assert [p.end for p in pieces] == [None] * (len(pieces) - 1) + [End.SILENCE]
    for before, after in pairwise(pieces):
        assert after.start_t == pytest.approx(before.end_t)


def test_the_pieces_are_the_listened_stream_with_its_pre_roll() -> None:
    sound = room(spoken("stop"))
    listen = (np.arange(len(sound)) % 20_000).astype(np.int16)
    pieces = pieces_of(sound, listen)
    start = round(pieces[0].start_t * HEARING_HZ)
    joined = np.concatenate([p.samples for p in pieces])
    assert np.array_equal(joined, listen[start : start + len(joined)])
    assert pieces[0].speech_start_t - pieces[0].start_t == pytest.approx(PRE_ROLL / HEARING_HZ, abs=0.04)


def test_the_first_piece_brings_what_was_heard_right_before_it() -> None:
    sound = room(spoken("stop"))
    listen = (np.arange(len(sound)) % 20_000).astype(np.int16)
    first, *others = pieces_of(sound, listen)
    start = round(first.start_t * HEARING_HZ)
    assert first.before is not None
    assert np.array_equal(first.before, listen[start - BEFORE : start])
    assert all(piece.before is None for piece in others)


def test_somebody_talks_from_the_first_speech_to_the_silence_behind_it() -> None:
    endpointer, talking = Endpointer(), list[bool]()
    for block in blocks(room(spoken(LONG))):
        endpointer.feed(block, block)
        talking.append(endpointer.talking)
    began, ended = talking.index(True), len(talking) - talking[::-1].index(True)
    assert all(talking[began:ended])
    assert (ended - began) / 50 > 3.0


def test_a_segments_times_are_those_of_its_word() -> None:
    word = spoken("repeat")
    last = pieces_of(room(word))[-1]
    assert last.speech_start_t == pytest.approx(1.0, abs=0.1)
    assert last.speech_end_t == pytest.approx(1.0 + len(word) / HEARING_HZ, abs=0.15)


def test_a_segment_ends_shortly_after_the_word() -> None:
    last = pieces_of(room(spoken("done")))[-1]
    assert last.end_t - last.speech_end_t < HANGOVER / HEARING_HZ + 0.08


def test_words_with_a_pause_between_them_are_two_segments_that_share_no_sample() -> None:
    pieces = pieces_of(room(spoken("stop"), 0.6, spoken("yes")))
    firsts = [i for i, piece in enumerate(pieces) if piece.first]
    assert len(firsts) == 2
    assert pieces[firsts[1]].start_t >= pieces[firsts[1] - 1].speech_end_t


def test_longer_talk_than_any_command_is_given_up_once() -> None:
    pieces = pieces_of(room(spoken(LONG)))
    ends = [piece.end for piece in pieces if piece.end]
    assert ends[0] is End.TOO_LONG
    assert ends.count(End.TOO_LONG) == 1


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(3 * HEARING_HZ, np.int16),
        floor(3.0),
        floor(3.0, rms=2_000),
        np.full(3 * HEARING_HZ, 1_000, np.int16),
        (8_000 * np.sin(np.arange(3 * HEARING_HZ) * 0.17)).astype(np.int16),
    ],
    ids=["digital zero", "quiet room", "loud noise", "a constant", "a tone"],
)
def test_sound_without_speech_gives_no_segment(sound: Pcm) -> None:
    assert pieces_of(sound) == []


def test_speaking_is_true_only_while_somebody_speaks() -> None:
    endpointer = Endpointer()
    speaking = []
    for block in blocks(room(spoken("repeat that"))):
        endpointer.feed(block, block)
        speaking.append(endpointer.speaking)
    assert not speaking[40]
    assert speaking[65]
    assert not speaking[-1]


def test_block_length_changes_no_segment() -> None:
    sound = room(spoken("stop"))
    whole = Endpointer().feed(sound, sound)
    cut = pieces_of(sound)
    assert [(p.start_t, len(p.samples), p.end) for p in whole] == [(p.start_t, len(p.samples), p.end) for p in cut]


def test_a_delayed_stream_keeps_the_microphones_times() -> None:
    sound = room(spoken("stop"))
    now, late = Endpointer().feed(sound, sound)[-1], Endpointer().feed(sound, sound, 160)[-1]
    assert now.speech_end_t - late.speech_end_t == pytest.approx(0.01)


def test_after_lost_blocks_it_goes_on_at_their_place() -> None:
    sound = room(spoken("stop"))
    endpointer = Endpointer()
    endpointer.feed(sound[:20_000], sound[:20_000])  # in the middle of the word
    endpointer.restart(10 * HEARING_HZ)
    assert not endpointer.speaking
    pieces = endpointer.feed(sound, sound)
    assert pieces[0].first
    assert 10.5 < pieces[0].start_t < 11.2


@pytest.mark.parametrize(
    ("softer_db", "sure", "goes_on"),
    [(0.0, False, True), (SOFTER_DB - 1, False, True), (SOFTER_DB + 1, True, True), (SOFTER_DB + 1, False, False)],
)
def test_what_is_soft_and_not_surely_speech_does_not_keep_a_word_open(
    softer_db: float, sure: bool, goes_on: bool
) -> None:
    segment = SpeechSegment(0, 512, 0)
    segment.hear(60.0, 1_024, sure=True)
    segment.hear(60.0 - softer_db, 1_536, sure=sure)
    assert (segment.ended == 1_536) is goes_on


def test_noise_that_might_be_speech_is_in_the_floor_once_it_is_measured_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CoarseDetector, "might_be_speech", lambda *_: True)
    endpointer = Endpointer()
    for block in blocks(floor(FLOOR_FRAMES / HEARING_HZ, rms=300.0)):
        assert endpointer.feed(block, block) == []
    endpointer.renew_floor()
    first, *_ = (piece for block in blocks(spoken("stop")) for piece in endpointer.feed(block, block))
    assert first.floor_rms == pytest.approx(300, rel=0.15)
