"""The views of a word, and how their scores are fused."""

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.spectral_subtraction import subtract_noise
from coach.hearing.recognition.augment.views import RESCORED_VIEWS, VIEWS, View, WordAudio, slowed, sped_up, trimmed
from coach.hearing.recognition.scoring.fusion import ABSENT, MEAN_WEIGHT, TRANSCRIPT_WEIGHT, fuse
from coach.hearing.recognition.scoring.scores import Scores
from tests.hearing.recognition.test_late_reverberation import level


def noisy_tone() -> np.ndarray:
    """Return 0.3 s of noise, then a tone of 0.4 s in the same noise."""
    noise = np.random.default_rng(5).normal(0, 500, round(0.7 * HEARING_HZ))
    tone = 6_000 * np.sin(2 * np.pi * 440 * np.arange(round(0.4 * HEARING_HZ)) / HEARING_HZ)
    noise[-len(tone) :] += tone
    return noise.astype(np.int16)


def test_steady_noise_is_subtracted_and_speech_is_not() -> None:
    sound, tone = noisy_tone(), slice(round(0.4 * HEARING_HZ), round(0.6 * HEARING_HZ))
    before = slice(round(0.05 * HEARING_HZ), round(0.2 * HEARING_HZ))
    assert level(subtract_noise(sound)[before]) < 0.5 * level(sound[before])
    assert level(subtract_noise(sound)[tone]) == pytest.approx(level(sound[tone]), rel=0.05)


def test_a_slower_view_is_longer_and_a_faster_one_shorter() -> None:
    word = WordAudio(noisy_tone(), slice(0, None))
    assert len(sped_up(word)) < len(word.samples) < len(slowed(word))


def test_trimming_removes_noise_beside_a_word() -> None:
    sound, word = noisy_tone(), slice(round(0.3 * HEARING_HZ), round(0.5 * HEARING_HZ))
    sound[: round(0.1 * HEARING_HZ)] = 20_000
    close = trimmed(WordAudio(sound, word))
    assert np.abs(close).max() < 20_000
    assert len(sound[word]) < len(close) < len(sound)


@pytest.mark.parametrize("view", [*VIEWS, *RESCORED_VIEWS])
@pytest.mark.parametrize("frames", [1, 100, 511, 5_000])
def test_every_view_takes_any_length_and_silence(view: View, frames: int) -> None:
    seen = view(WordAudio(np.zeros(frames, np.int16), slice(0, frames)))
    assert seen.dtype == np.int16
    assert not seen.any()


def test_a_phrase_scores_between_its_best_view_and_the_mean_of_all() -> None:
    seen = [Scores("Pass.", True, {"pause": -2.0, "stop": -9.0}), Scores("Pause.", True, {"pause": -0.5})]
    assert fuse(seen).text == "Pass."
    assert list(fuse(seen).ratios) == ["pause", "stop"]
    assert fuse(seen).ratios["pause"] == pytest.approx(MEAN_WEIGHT * -1.25 + (1 - MEAN_WEIGHT) * -0.5)


def test_what_fits_in_every_view_is_likelier_than_what_fits_in_one_alone() -> None:
    seen = [Scores("", True, {"stop": -1.0}), *[Scores("", True, {"stop": -9.0, "done": -1.5})] * 3]
    assert list(fuse(seen).ratios) == ["done", "stop"]


def test_a_phrase_of_another_view_alone_counts_too() -> None:
    found = fuse([Scores("", True, {}), Scores("Stop.", True, {"stop": -1.0})]).ratios
    assert found == {"stop": pytest.approx(MEAN_WEIGHT * (ABSENT - 1.0) / 2 + (1 - MEAN_WEIGHT) * -1.0)}


def test_what_fits_worse_than_an_absent_phrase_stays_behind_it() -> None:
    found = fuse([Scores("", True, {"anna": ABSENT - 4.0, "bea": ABSENT - 8.0}), Scores("", True, {"anna": -9.0})])
    assert found.ratios["anna"] < MEAN_WEIGHT * (ABSENT - 9.0) / 2 + (1 - MEAN_WEIGHT) * -9.0
    assert found.ratios["bea"] == pytest.approx(MEAN_WEIGHT * (ABSENT - 4.0) + (1 - MEAN_WEIGHT) * ABSENT)


def test_a_phrase_counts_less_in_a_view_with_a_less_likely_transcript() -> None:
    clear, unclear = Scores("Stop", True, {"stop": -1.0}, -1.0), Scores("Let's be see", True, {"stop": -1.0}, -5.0)
    mean = -1.0 - TRANSCRIPT_WEIGHT * 2.0
    assert fuse([clear, unclear]).ratios["stop"] == pytest.approx(MEAN_WEIGHT * mean + (1 - MEAN_WEIGHT) * -1.0)
