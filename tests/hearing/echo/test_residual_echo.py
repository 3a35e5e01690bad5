"""Residual echo is attenuated, her voice is not, and where no echo was removed nothing changes."""

import numpy as np

from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.residual_echo import SUPPRESSOR_DELAY, ResidualEchoSuppressor

HZ = 16_000


def noise(seconds: float, level: float, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    frames = round(seconds * HZ) // FRAME * FRAME
    syllables = np.repeat(generator.uniform(0.1, 1.0, frames // (5 * FRAME) + 1), 5 * FRAME)[:frames]
    return (level * generator.standard_normal(frames) * syllables).astype(np.float32)


def run(echo: np.ndarray, rest: np.ndarray, *, idle: bool = False) -> np.ndarray:
    suppressor = ResidualEchoSuppressor()
    return np.concatenate(
        [suppressor.suppress(echo[i : i + FRAME], rest[i : i + FRAME], idle=idle) for i in range(0, len(rest), FRAME)]
    )


def level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def test_residual_echo_is_attenuated() -> None:
    echo = noise(8.0, 0.1, 1)
    left = np.roll(echo, 50) * np.float32(0.05)
    out = run(echo, left)
    assert level_db(left[4 * HZ :]) - level_db(out[4 * HZ :]) > 6


def test_her_voice_over_it_is_kept() -> None:
    echo = noise(8.0, 0.1, 1)
    left = np.roll(echo, 50) * np.float32(0.05)
    her = noise(8.0, 0.1, 2)
    her[: 4 * HZ] = 0.0
    out = run(echo, left + her)
    said, heard = her[5 * HZ : 7 * HZ], out[5 * HZ + SUPPRESSOR_DELAY : 7 * HZ + SUPPRESSOR_DELAY]
    assert abs(level_db(said) - level_db(heard)) < 0.5
    assert np.corrcoef(said, heard)[0, 1] > 0.98


def test_where_no_echo_was_removed_the_output_is_only_delayed() -> None:
    her = noise(2.0, 0.1, 2)
    out = run(np.zeros_like(her), her, idle=True)
    assert np.array_equal(out[SUPPRESSOR_DELAY:], her[:-SUPPRESSOR_DELAY])
