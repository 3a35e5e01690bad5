"""What she teaches is judged: another word, another voice, other talk and noise are refused, each with its reason."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.models.moonshine import HEADS, WIDTH, MoonshineModel
from coach.hearing.recognition.moonshine.enrolment import NOISES_DB, WORDS, Enrolment, SampleRefusal
from coach.hearing.recognition.pitch import pitch_hz
from coach.hearing.recognition.scoring.templates import PARTS
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import floor, pieces, room, spoken

HERS, ANOTHER = "en-gb+f2", "en-us+m3"


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    return MoonshineModel()


@pytest.fixture(scope="module")
def whole(model: MoonshineModel) -> Iterator[Enrolment]:
    made = Enrolment(load_table(), model)
    yield made
    made.close()


@pytest.fixture
def enrolment(whole: Enrolment) -> Enrolment:
    """Return one that knows no samples; the models are loaded once."""
    whole._samples.clear()
    return whole


def said(text: str, voice: str = HERS, noise: float = 0.0) -> Sequence[Piece]:
    sound = room(spoken(text, voice))
    return pieces(sound + floor(len(sound) / 16_000, noise, seed=3))


def test_every_word_is_a_phrase_of_its_command() -> None:
    phrases = {(phrase.text, phrase.command) for phrase in load_table().phrases()}
    assert set(WORDS.items()) <= phrases


@pytest.mark.parametrize("text", WORDS)
def test_the_word_that_was_asked_for_is_learned(enrolment: Enrolment, text: str) -> None:
    judgement = enrolment.judge(text, said(text))
    assert judgement.refusal is None
    assert judgement.sample is not None
    assert judgement.sample.parts.shape == (1 + len(NOISES_DB), PARTS, HEADS * WIDTH)


def test_a_word_is_learned_once_there_are_three_samples(enrolment: Enrolment) -> None:
    for text in ("stop", "stop", "next", "stop"):
        assert enrolment.judge(text, said(text)).refusal is None
    (learned,) = enrolment.learned()
    assert (learned.text, len(learned.parts)) == ("stop", 3 * (1 + len(NOISES_DB)))
    assert learned.pitch_hz == pytest.approx(180, rel=0.1)


def test_next_is_not_learned_for_done(enrolment: Enrolment) -> None:
    judgement = enrolment.judge("done", said("next"))
    assert (judgement.refusal, judgement.heard) == (SampleRefusal.OTHER_WORD, "next")
    assert enrolment.learned() == ()


def test_another_voice_is_refused_once_hers_is_known(enrolment: Enrolment) -> None:
    assert enrolment.judge("stop", said("stop")).refusal is None
    assert enrolment.judge("stop", said("stop", ANOTHER)).refusal is SampleRefusal.OTHER_VOICE
    assert enrolment.judge("next", said("next")).refusal is None


def test_a_television_is_refused(enrolment: Enrolment) -> None:
    talk = said("in the afternoon there will be showers")
    assert enrolment.judge("stop", talk).refusal is SampleRefusal.OTHER_TALK
    assert enrolment.judge("stop", said("stop"), amid_talk=True).refusal is SampleRefusal.OTHER_TALK
    assert enrolment.judge("stop", said("stop")[:-1]).refusal is SampleRefusal.OTHER_TALK  # it went on


def test_silence_and_noise_are_refused(enrolment: Enrolment) -> None:
    assert enrolment.judge("stop", ()).refusal is SampleRefusal.NOTHING
    assert enrolment.judge("stop", said("stop", noise=2_500.0)).refusal is SampleRefusal.NOISE


def tone(hz: float, seconds: float = 0.3) -> Pcm:
    at_s = np.arange(round(seconds * 16_000)) / 16_000
    waves = [np.sin(2 * np.pi * n * hz * at_s) / n for n in range(1, 12)]
    sound: Pcm = (3_000 * np.sum(waves, axis=0)).astype(np.int16)
    return sound


@pytest.mark.parametrize("hz", [90.0, 130.0, 220.0, 300.0])
def test_pitch_is_the_fundamental_of_a_voice(hz: float) -> None:
    assert pitch_hz(tone(hz)) == pytest.approx(hz, rel=0.03)


def resonant(hz: float, harmonic: int, seconds: float = 0.3) -> Pcm:
    """Return a voice whose mouth lets one harmonic through far better than the others."""
    at_s = np.arange(round(seconds * 16_000)) / 16_000
    gains = [1.0 / (n * np.hypot(1 - (n / harmonic) ** 2, 30.0 * n / (harmonic**2 * hz))) for n in range(1, 20)]
    waves = [gain * np.cos(2 * np.pi * n * hz * at_s + n) for n, gain in enumerate(gains, 1)]
    sound: Pcm = (8_000 * np.sum(waves, axis=0) / np.abs(np.sum(waves, axis=0)).max()).astype(np.int16)
    return sound


@pytest.mark.parametrize(("hz", "harmonic"), [(95.0, 3), (180.0, 2), (180.0, 4), (210.0, 3)])
def test_a_vowel_that_favours_one_harmonic_has_no_other_pitch(hz: float, harmonic: int) -> None:
    assert pitch_hz(resonant(hz, harmonic)) == pytest.approx(hz, rel=0.03)


def test_noise_and_silence_have_no_pitch() -> None:
    assert pitch_hz(floor(0.4, 3_000.0)) is None
    assert pitch_hz(np.zeros(8_000, np.int16)) is None
    assert pitch_hz(np.zeros(10, np.int16)) is None
