"""The coach goes, her voice stays; both outputs are as long as the block and aligned with each other."""

import numpy as np
import pytest

from coach.hearing import echo
from coach.hearing.echo import EchoRemover, Removed

HZ = 16_000


def run(remover: EchoRemover, mic: np.ndarray, played: np.ndarray, block: int = 320) -> Removed:
    """Feed both block by block; return the whole outputs."""
    parts = [remover.remove(mic[i : i + block], played[i : i + block]) for i in range(0, len(mic), block)]
    return Removed(np.concatenate([p.detect for p in parts]), np.concatenate([p.listen for p in parts]))


def noise(seconds: float, level: float, seed: int = 1) -> np.ndarray:
    return (np.random.default_rng(seed).standard_normal(int(seconds * HZ)) * level).astype(np.int16)


def power_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(float) ** 2) + 1e-9))


@pytest.mark.parametrize("block", [1, 100, 320, 333, 1600])
def test_output_is_as_long_as_the_block(block: int) -> None:
    remover = EchoRemover()
    for _ in range(20):
        out = remover.remove(noise(block / HZ, 100)[:block], noise(block / HZ, 100, 2)[:block])
        assert len(out.detect) == len(out.listen) == block
        assert out.detect.dtype == out.listen.dtype == np.int16


@pytest.mark.parametrize("block", [160, 320, 333])
def test_both_outputs_come_late_by_the_delay_that_is_told(block: int) -> None:
    mic = noise(3.0, 1_000)
    remover = EchoRemover()
    out = run(remover, mic, np.zeros_like(mic), block)
    late = remover.delay_frames
    for output in (out.detect, out.listen):
        assert np.corrcoef(mic[HZ : 2 * HZ], output[HZ + late : 2 * HZ + late])[0, 1] > 0.9


def test_headphones_leave_the_microphone_as_it_is() -> None:
    mic, played = noise(0.5, 500), noise(0.5, 500, 2)
    out = run(EchoRemover(headphones=True), mic, played)
    assert np.array_equal(out.detect, mic)
    assert np.array_equal(out.listen, mic)


def test_same_input_gives_the_same_output() -> None:
    mic, played = noise(1.0, 500), noise(1.0, 500, 2)
    first, second = run(EchoRemover(), mic, played), run(EchoRemover(), mic, played)
    assert np.array_equal(first.detect, second.detect)
    assert np.array_equal(first.listen, second.listen)


def test_without_the_canceller_both_outputs_are_the_linear_one_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(echo, "open_canceller", lambda: None)
    remover = EchoRemover()
    out = run(remover, noise(0.5, 500), noise(0.5, 500, 2))
    assert not remover.reliable
    assert np.array_equal(out.detect, out.listen)


@pytest.mark.parametrize("level", [0, 12_345, -32_768])
def test_constant_input_does_no_harm(level: int) -> None:
    remover = EchoRemover()
    flat = np.full(HZ, level, np.int16)
    run(remover, flat, flat)
    mic = noise(1.0, 500)
    out = run(remover, mic, np.zeros_like(mic))
    assert abs(power_db(out.listen[HZ // 2 :]) - power_db(mic[HZ // 2 :])) < 1.0


def test_not_a_number_becomes_silence() -> None:
    remover = EchoRemover()
    broken = np.full(HZ, np.nan, np.float32)
    run(remover, broken, broken)
    mic = noise(1.0, 500)
    out = run(remover, mic, np.zeros_like(mic))
    assert abs(power_db(out.listen[HZ // 2 :]) - power_db(mic[HZ // 2 :])) < 1.0


def test_blocks_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="320 and 160"):
        EchoRemover().remove(np.zeros(320, np.int16), np.zeros(160, np.int16))
