import numpy as np
import pytest

from coach.hearing.ears import HEARING_HZ
from coach.hearing.scoring import VIEW_WORTH, Scores, joined
from coach.hearing.steady_noise import quieted
from coach.hearing.views import VIEWS, hurried, slowed
from tests.test_late_sound import level


def noisy_tone() -> np.ndarray:
    """Return 0.3 s of noise, then a tone of 0.4 s in the same noise."""
    noise = np.random.default_rng(5).normal(0, 500, round(0.7 * HEARING_HZ))
    tone = 6_000 * np.sin(2 * np.pi * 440 * np.arange(round(0.4 * HEARING_HZ)) / HEARING_HZ)
    noise[-len(tone) :] += tone
    return noise.astype(np.int16)


def test_steady_noise_is_softened_and_what_is_said_in_it_is_not() -> None:
    sound, tone = noisy_tone(), slice(round(0.4 * HEARING_HZ), round(0.6 * HEARING_HZ))
    before = slice(round(0.05 * HEARING_HZ), round(0.2 * HEARING_HZ))
    assert level(quieted(sound)[before]) < 0.5 * level(sound[before])
    assert level(quieted(sound)[tone]) == pytest.approx(level(sound[tone]), rel=0.05)


def test_a_slower_view_is_longer_and_a_faster_one_shorter() -> None:
    sound = noisy_tone()
    assert len(hurried(sound)) < len(sound) < len(slowed(sound))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("frames", [1, 100, 511, 5_000])
def test_every_view_takes_any_length_and_silence(view, frames: int) -> None:
    assert view(np.zeros(frames, np.int16)).dtype == np.int16
    assert not view(np.zeros(frames, np.int16)).any()


def test_each_phrase_counts_by_its_better_view() -> None:
    seen = [Scores("Pass.", True, {"pause": -2.0, "stop": -9.0}), Scores("Pause.", True, {"pause": -0.5})]
    assert joined(seen).text == "Pass."
    assert list(joined(seen).ratios.items()) == [("pause", -0.5), ("stop", -9.0)]


def test_a_phrase_of_another_view_alone_counts_too() -> None:
    assert joined([Scores("", True, {}), Scores("Stop.", True, {"stop": -1.0})]).ratios == {"stop": -1.0}


def test_a_phrase_counts_less_in_a_view_that_makes_less_sense() -> None:
    clear, unclear = Scores("Let me see.", True, {}, -1.0), Scores("Let's be see", True, {"stop": -1.0}, -5.0)
    assert joined([clear, unclear]).ratios == {"stop": -1.0 - VIEW_WORTH * 4.0}
