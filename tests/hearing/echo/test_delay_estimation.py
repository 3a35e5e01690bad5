"""The delay is found to a frame wherever it is, and a jump within a second."""

import numpy as np
import pytest

from coach.hearing.echo.delay_estimation import WINDOW, DelayEstimator
from coach.hearing.echo.sample_history import SampleHistory

HZ = 16_000
BLOCK = 320


def noise(frames: int, seed: int = 1) -> np.ndarray:
    return (np.random.default_rng(seed).standard_normal(frames) * 0.1).astype(np.float32)


def late(signal: np.ndarray, frames: int) -> np.ndarray:
    return np.concatenate((np.zeros(frames, np.float32), signal))[: len(signal)]


def looks(mic: np.ndarray, played: np.ndarray) -> list[float | None]:
    """Return what every look found; looks that are not due are left out."""
    finder, mics, plays = DelayEstimator(), SampleHistory(WINDOW), SampleHistory(2 * WINDOW)
    found = []
    for i in range(0, len(mic), BLOCK):
        mics.append(mic[i : i + BLOCK])
        plays.append(played[i : i + BLOCK])
        found.append(finder.estimate(mics, plays, BLOCK))
    return found


@pytest.mark.parametrize("delay", [1, 320, 3_200, 4_800, 8_000])
def test_delay_is_found_to_the_frame_with_somebody_talking_over_it(delay: int) -> None:
    played = noise(2 * HZ)
    mic = 0.3 * late(played, delay) + noise(2 * HZ, 2)
    found = [each for each in looks(mic, played) if each is not None]
    assert found[-1] == pytest.approx(delay, abs=0.2)


def test_jump_is_found_within_a_second() -> None:
    played = noise(4 * HZ)
    mic = np.concatenate((late(played, 640)[: 2 * HZ], late(played, 1_920)[2 * HZ :]))
    at_three_s = [each for each in looks(mic, played)[: 3 * HZ // BLOCK] if each is not None]
    assert at_three_s[-1] == pytest.approx(1_920, abs=0.2)


def test_nothing_is_found_where_nothing_is_played_or_nothing_comes_back() -> None:
    silence = np.zeros(2 * HZ, np.float32)
    assert not any(looks(noise(2 * HZ), silence))
    assert not any(looks(noise(2 * HZ), noise(2 * HZ, 2)))


def test_a_tone_gives_no_delay() -> None:
    tone = (0.1 * np.sin(2 * np.pi * 440 * np.arange(2 * HZ) / HZ)).astype(np.float32)
    assert not any(looks(late(tone, 640) + 0.001 * noise(2 * HZ), tone))
