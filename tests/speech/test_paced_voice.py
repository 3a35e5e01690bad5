"""The paced voice: sentences that can be followed, counts in their time, and an engine that has one rate only."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from coach.library.bounds import SPEECH_RATE, USUAL_SPEECH_RATE
from coach.sound.clip import RATE_HZ, Clip
from coach.speech.clips import Clips
from coach.speech.pace import MOST_RATE, is_count, within_bounds, words_a_minute
from coach.speech.paced_voice import PacedVoice
from coach.speech.system_voice import WORDS_A_MINUTE, SystemVoice
from coach.speech.voice import Voice
from tests.support.fakes import ToneVoice

SENTENCES = (
    "Rest your free hand on the edge of the table.",
    "Put the long side of the mat next to the chair.",
    "Now you'll lie on your front.",
    "Keep your elbows by your sides, and the forearms straight ahead.",
)
COUNT = "Six. Half way."


class OneRate:
    """An engine that speaks the same way whatever it is told."""

    name = "stiff"
    fingerprint = "stiff"

    def render(self, texts: Sequence[str]) -> list[Clip]:
        return [Clip(np.full(RATE_HZ, 0.1, np.float32)) for _ in texts]

    def at_rate(self, words_a_minute: float) -> "OneRate":
        del words_a_minute
        return self

    def close(self) -> None:
        """Hold nothing."""


@pytest.fixture(scope="module")
def voice() -> Iterator[PacedVoice]:
    opened = PacedVoice(SystemVoice(), WORDS_A_MINUTE)
    yield opened
    opened.close()


def rates(voice: Voice, texts: Sequence[str]) -> list[float]:
    return [words_a_minute(text, clip.length_s) for text, clip in zip(texts, voice.render(texts), strict=True)]


def test_no_sentence_comes_faster_than_can_be_followed(voice: PacedVoice) -> None:
    assert max(rates(voice, SENTENCES)) < 190
    unpaced = SystemVoice()
    assert max(rates(unpaced, SENTENCES)) > 190
    unpaced.close()


def test_a_count_keeps_the_time_of_a_set_however_slow_the_rest(voice: PacedVoice) -> None:
    usual, slow = (each.render([COUNT])[0] for each in (voice, voice.at_rate(100)))
    assert slow.length_s == pytest.approx(usual.length_s, abs=0.06)
    assert voice.render([COUNT])[0].length_s == pytest.approx(SystemVoice().render([COUNT])[0].length_s, abs=0.06)


def test_what_is_asked_for_is_what_comes(voice: PacedVoice) -> None:
    text = SENTENCES[3:]
    lengths = [voice.at_rate(rate).render(text)[0].length_s for rate in (110, USUAL_SPEECH_RATE, 200)]
    assert lengths[0] / lengths[1] == pytest.approx(145 / 110, rel=0.1)
    assert lengths[2] / lengths[1] == pytest.approx(145 / 200, rel=0.1)


def test_another_rate_is_another_clip(voice: PacedVoice) -> None:
    assert voice.at_rate(120).fingerprint != voice.fingerprint
    assert voice.at_rate(USUAL_SPEECH_RATE).fingerprint == voice.fingerprint


def test_only_what_begins_with_a_number_and_a_mark_is_a_count() -> None:
    assert all(map(is_count, ("One.", "Twelve. Two more.", "Four, right leg.", "Twenty-one. Out.")))
    assert not any(map(is_count, ("Ten seconds.", "Last one.", "Once more.", "", "One arm.")))


def test_an_engine_with_one_rate_keeps_it_and_that_is_said_once() -> None:
    told: list[str] = []
    voice = PacedVoice(OneRate(), WORDS_A_MINUTE, 100, told.append)
    for _ in range(3):
        assert len(voice.render([*SENTENCES, COUNT])) == 5
    assert told == ["the voice stiff has only one speed, which can't be changed."]


def test_what_nobody_is_told_is_not_tried() -> None:
    voices: dict[float, Voice] = {}
    PacedVoice(ToneVoice(), WORDS_A_MINUTE, 100, voices=voices).render(SENTENCES[:1])
    assert list(voices) == [100]


def test_the_other_rate_is_not_tried_for_sentences_alone() -> None:
    told: list[str] = []
    voices: dict[float, Voice] = {}
    PacedVoice(ToneVoice(), WORDS_A_MINUTE, 100, told.append, voices).render(SENTENCES[:1])
    assert list(voices) == [100]


def test_where_an_engine_goes_no_slower_it_says_so_once() -> None:
    told: list[str] = []
    voice = PacedVoice(SystemVoice(), WORDS_A_MINUTE, SPEECH_RATE[0], told.append)
    for _ in range(2):
        voice.render([*SENTENCES, COUNT])
    voice.close()
    assert len(told) == 1
    assert "the voice en-us can't speak more slowly than about" in told[0]


def test_a_factor_stays_within_what_can_be_asked_for() -> None:
    assert (within_bounds(10), within_bounds(120.0), within_bounds(1_000)) == (80, 120, 200)
    clips = Clips(ToneVoice(), rate=100)
    assert clips.times_as_fast(0.5).measure("Stand up.") == pytest.approx(
        clips.measure("Stand up.") * 145 / 80, rel=0.01
    )


def test_the_most_is_under_190() -> None:
    assert MOST_RATE < 190
