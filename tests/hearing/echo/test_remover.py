"""The coach's echo is removed and her voice kept; both outputs are as long as the block and aligned."""

from typing import Any

import numpy as np
import pytest

from coach.hearing.echo.aec3 import aec3_is_installed
from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.echo.residual_stage import Removed
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.pcm import as_float

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
def test_both_outputs_come_late_by_the_delay_that_is_reported(block: int) -> None:
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
    monkeypatch.setattr("coach.hearing.echo.residual_stage.open_aec3", lambda: None)
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


def speech_like(seconds: float, seed: int) -> np.ndarray:
    """Return noise in syllables, level 3000."""
    generator = np.random.default_rng(seed)
    syllables = np.repeat(generator.uniform(0.02, 1.7, round(seconds * 5)), HZ // 5)
    return (generator.standard_normal(len(syllables)) * syllables * 3_000).astype(np.int16)


def heard(coach: np.ndarray, her: np.ndarray, **room: Any) -> np.ndarray:
    simulated = Room(RoomSpec(**room))
    blocks = [simulated.hear_16k(coach[i : i + 320], her[i : i + 320]) for i in range(0, len(coach), 320)]
    return np.concatenate(blocks)


def test_coach_alone_leaves_next_to_nothing_in_both_outputs() -> None:
    coach = speech_like(10.0, 1)
    mic = heard(coach, np.zeros_like(coach), echo_db=0.0)
    out = run(EchoRemover(), mic, coach)
    late = slice(5 * HZ, 10 * HZ)
    assert power_db(mic[late]) - power_db(out.detect[late]) > 15
    assert power_db(mic[late]) - power_db(out.listen[late]) > 25


def test_first_second_is_listened_to_through_the_canceller() -> None:
    coach = speech_like(10.0, 1)
    mic = heard(coach, np.zeros_like(coach), echo_db=0.0)
    remover = EchoRemover()
    first = run(remover, mic[: 320 * 15], coach[: 320 * 15])
    assert not remover.listens_to_filter
    assert np.array_equal(first.detect[320:], first.listen[320:])  # the first block crosses over
    run(remover, mic[320 * 15 :], coach[320 * 15 :])
    assert remover.listens_to_filter
    assert remover.removed_db > 15
    assert remover.echo_delay_s == pytest.approx(0.04, abs=0.001)


def test_her_voice_passes_over_the_coach() -> None:
    coach, her = speech_like(12.0, 1), speech_like(12.0, 2)
    her[: 6 * HZ] = 0
    out = run(EchoRemover(), heard(coach, her, echo_db=0.0), coach)
    alone = heard(np.zeros_like(coach), her)
    late, delayed = slice(7 * HZ, 11 * HZ), slice(7 * HZ + 128, 11 * HZ + 128)
    assert np.corrcoef(alone[late], out.listen[delayed])[0, 1] > 0.95
    assert abs(power_db(alone[late]) - power_db(out.listen[delayed])) < 1.5


def test_where_the_coach_is_not_heard_the_microphone_is_listened_to_as_it_is() -> None:
    coach, her = speech_like(8.0, 1), speech_like(8.0, 2)
    her[: 2 * HZ] = 0
    mic = heard(coach, her, echo_db=-100.0)
    out = run(EchoRemover(), mic, coach)
    assert np.corrcoef(mic[3 * HZ : 7 * HZ], out.listen[3 * HZ + 128 : 7 * HZ + 128])[0, 1] > 0.98


def test_nothing_played_is_listened_to_as_it_is() -> None:
    her = speech_like(4.0, 2)
    out = run(EchoRemover(), her, np.zeros_like(her))
    assert np.corrcoef(her[HZ : 3 * HZ], out.listen[HZ + 128 : 3 * HZ + 128])[0, 1] > 0.98


def test_where_the_coach_is_never_heard_her_first_word_is_left_as_it_is() -> None:
    remover, rng = EchoRemover(), np.random.default_rng(7)
    coach = (rng.standard_normal(3 * 16_000) * 4_000).astype(np.int16)
    mic = (rng.standard_normal(3 * 16_000) * 60).astype(np.int16)
    word = slice(2 * 16_000, 2 * 16_000 + 16_000 // 2)
    mic[word] += (rng.standard_normal(16_000 // 2) * 2_000).astype(np.int16)
    detect = np.concatenate(
        [remover.remove(mic[i : i + 320], coach[i : i + 320]).detect for i in range(0, len(mic), 320)]
    )
    assert np.std(detect[word]) > 0.7 * np.std(mic[word])


def test_once_the_coach_is_all_gone_her_voice_is_detected_whole_too() -> None:
    coach, her = speech_like(12.0, 1), speech_like(12.0, 2)
    her[: 6 * HZ] = 0
    out = run(EchoRemover(), heard(coach, her, echo_db=0.0), coach)
    command = slice(6 * HZ, 7 * HZ)
    assert np.mean(out.detect[command] == out.listen[command]) > 0.8


def test_over_a_loudspeaker_that_distorts_as_no_curve_does_the_canceller_goes_on_to_detect() -> None:
    coach = speech_like(8.0, 1)
    remover = EchoRemover()
    rectified = np.abs(coach)  # a torn membrane rather than a driven one
    out = run(remover, heard(rectified, np.zeros_like(coach), echo_db=0.0), coach)
    assert remover.removed_db < 15
    assert not np.array_equal(out.detect[5 * HZ :], out.listen[5 * HZ :])


def test_a_loudspeaker_driven_too_hard_leaves_next_to_nothing_either() -> None:
    coach = speech_like(10.0, 1)
    mic = heard(coach, np.zeros_like(coach), echo_db=0.0, drive=12.0)
    out = run(EchoRemover(), mic, coach)
    late = slice(5 * HZ, 10 * HZ)
    assert power_db(mic[late]) - power_db(out.detect[late]) > 25
    assert power_db(mic[late]) - power_db(out.listen[late]) > 20


def test_without_its_wheel_the_canceller_is_known_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert aec3_is_installed()
    monkeypatch.setattr("coach.hearing.echo.aec3.find_spec", lambda _: None)
    assert not aec3_is_installed()


def test_a_delay_from_the_sound_check_aligns_the_filter_from_the_first_word() -> None:
    played = noise(0.6, 3_000)
    echo = np.concatenate((np.zeros(round(0.3 * HZ), np.int16), played))[: len(played)]
    left = {}
    for known in (None, 0.3):
        filtered = AlignedFilter(known)
        frames = range(0, len(played) // FRAME * FRAME, FRAME)
        rest = [filtered.remove(as_float(echo[i : i + FRAME]), as_float(played[i : i + FRAME])) for i in frames]
        left[known] = np.mean(np.square(np.concatenate(rest)[round(0.3 * HZ) : round(0.45 * HZ)]))
    assert left[0.3] < left[None]
