"""The linear filter removes the echo and keeps her voice, at any delay, through jumps and drift."""

import numpy as np
import pytest

from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.kalman_filter import FRAME, PARTITIONS, KalmanFilter
from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.acoustics import Convolver, DelayLine, Loudspeaker
from coach.sound.reverberation import impulse_response

HZ = 16_000


def speech_like(seconds: float, seed: int = 1) -> np.ndarray:
    """Return noise with the spectrum and the syllables of speech, RMS about 0.1."""
    generator = np.random.default_rng(seed)
    white = generator.standard_normal(round(seconds * HZ) // FRAME * FRAME)
    spectrum = np.fft.rfft(white)
    hz = np.fft.rfftfreq(len(white), 1 / HZ)
    colored = np.fft.irfft(spectrum / (1 + (hz / 600) ** 2) * (hz > 80))
    syllables = np.repeat(generator.uniform(0.05, 1.0, len(white) // FRAME), FRAME)
    shaped = colored * syllables
    return np.asarray(0.1 * shaped / np.sqrt(np.mean(shaped**2)), np.float32)


def in_room(played: np.ndarray, delay_s: float = 0.04, drift_ppm: float = 0.0, jump_s: float = 0.0) -> np.ndarray:
    line = DelayLine(delay_s, drift_ppm, jump_s, jump_at_s=8.0)
    room = Convolver(0.3 * impulse_response(0.3, 0.4, np.random.default_rng(5), HEARING_HZ), FRAME)
    blocks = [room.feed(line.feed(played[i : i + FRAME])) for i in range(0, len(played), FRAME)]
    return np.concatenate(blocks)


def run(remover: KalmanFilter | AlignedFilter, mic: np.ndarray, played: np.ndarray) -> np.ndarray:
    blocks = [remover.remove(mic[i : i + FRAME], played[i : i + FRAME]) for i in range(0, len(mic), FRAME)]
    return np.concatenate(blocks)


def removed_db(echo: np.ndarray, left: np.ndarray, from_s: float, to_s: float) -> float:
    part = slice(round(from_s * HZ), round(to_s * HZ))
    return float(10 * np.log10(np.mean(echo[part] ** 2) / np.mean(left[part] ** 2)))


def floor(frames: int) -> np.ndarray:
    return (np.random.default_rng(9).standard_normal(frames) * 20 / 32_768).astype(np.float32)


def test_echo_is_removed_and_her_voice_is_kept() -> None:
    played = speech_like(12.0)
    echo = in_room(played)
    voice = 0.3 * speech_like(12.0, 2) * (np.arange(len(played)) // HZ % 3 == 2)
    rest = voice.astype(np.float32) + floor(len(played))
    out = run(KalmanFilter(), echo + rest, played)
    assert removed_db(echo, out - rest, 3, 6) > 10
    assert removed_db(echo, out - rest, 8, 12) > 15


@pytest.mark.parametrize("delay_ms", [0, 20, 150, 300, 450])
def test_echo_at_any_delay_is_removed(delay_ms: int) -> None:
    played = speech_like(8.0)
    echo = in_room(played, delay_s=delay_ms / 1_000)
    remover = AlignedFilter()
    out = run(remover, echo + floor(len(echo)), played)
    assert remover.delay_s == pytest.approx(delay_ms / 1_000, abs=0.001)
    assert removed_db(echo, out - floor(len(echo)), 4, 8) > 15


def test_what_is_known_of_the_room_survives_a_jump() -> None:
    played = speech_like(12.0)
    echo = in_room(played, jump_s=0.08)
    out = run(AlignedFilter(), echo + floor(len(echo)), played)
    assert removed_db(echo, out - floor(len(echo)), 9.5, 12) > 15


@pytest.mark.parametrize("ppm", [-100.0, 100.0])
def test_drifting_clocks_are_followed(ppm: float) -> None:
    played = speech_like(20.0)
    echo = in_room(played, drift_ppm=ppm)
    remover = AlignedFilter()
    out = run(remover, echo + floor(len(echo)), played)
    assert remover.drift_ppm == pytest.approx(ppm, abs=3.0)
    assert removed_db(echo, out - floor(len(echo)), 14, 20) > 15


@pytest.mark.parametrize("drive", [8.0, 12.0])
def test_a_loudspeaker_that_is_driven_too_hard_is_followed(drive: float) -> None:
    played = speech_like(12.0)
    loudspeaker = Loudspeaker(drive)
    echo = in_room(loudspeaker.feed(played))
    out = run(AlignedFilter(), echo + floor(len(echo)), played)
    assert removed_db(echo, out - floor(len(echo)), 8, 12) > 25


def test_what_was_learned_with_a_wrong_first_delay_is_forgotten() -> None:
    played = speech_like(6.0)
    first, then = in_room(played, 0.1), in_room(played, 0.13)
    echo = np.where(np.arange(len(played)) < 0.6 * HZ, first, then)
    remover = AlignedFilter()
    out = run(remover, echo + floor(len(echo)), played)
    assert remover.delay_s == pytest.approx(0.13, abs=0.001)
    assert removed_db(echo, out - floor(len(echo)), 1.5, 2.5) > 17


def test_what_is_known_survives_a_pause() -> None:
    played = speech_like(14.0)
    played[6 * HZ : 12 * HZ] = 0.0
    echo = in_room(played)
    out = run(AlignedFilter(), echo + floor(len(echo)), played)
    assert removed_db(echo, out - floor(len(echo)), 12, 13) > 15


def test_nothing_played_leaves_the_microphone_untouched() -> None:
    mic = speech_like(2.0)
    assert np.array_equal(run(AlignedFilter(), mic, np.zeros_like(mic)), mic)


def test_played_sound_that_is_not_heard_adds_nothing() -> None:
    played, mic = speech_like(8.0), floor(8 * HZ)
    out = run(AlignedFilter(), mic, played)
    assert removed_db(out, mic, 2, 8) < 3.0


def test_rewind_makes_another_past() -> None:
    played = speech_like(2.0)
    first, second = KalmanFilter(), KalmanFilter()
    for i in range(0, HZ, FRAME):
        first.remove(np.zeros(FRAME, np.float32), played[i : i + FRAME])
    past = played[: (PARTITIONS + 1) * FRAME]
    first.rewind(past)
    second.rewind(past)
    first.path = second.path
    block = played[-FRAME:]
    assert np.allclose(first.remove(block, block), second.remove(block, block))
