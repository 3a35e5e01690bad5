"""Another rate keeps the sound where it is; a stream gives what the whole gives."""

import numpy as np
import pytest

from coach.sound.resample import Resampler, SteadyResampler, resample


def tone(hz: float, rate_hz: int, seconds: float = 1.0) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)


@pytest.mark.parametrize(("from_hz", "to_hz"), [(22_050, 44_100), (44_100, 16_000), (48_000, 44_100), (8_000, 16_000)])
def test_a_tone_stays_where_it_is(from_hz: int, to_hz: int) -> None:
    out = resample(tone(440, from_hz), from_hz, to_hz)
    wanted = tone(440, to_hz)
    assert len(out) == len(wanted)
    middle = slice(len(out) // 4, -len(out) // 4)
    assert np.abs(out[middle] - wanted[middle]).max() < 1e-3


@pytest.mark.parametrize("block", [1, 161, 882, 4_410])
@pytest.mark.parametrize("kind", [np.int16, np.float32])
def test_a_stream_gives_what_the_whole_gives(block: int, kind: type) -> None:
    sound = tone(700, 44_100, 0.5)
    sound = np.asarray(sound * 20_000 if kind is np.int16 else sound, kind)
    stream = Resampler(44_100, 16_000)
    parts = [stream.feed(sound[at : at + block]) for at in range(0, len(sound), block)]
    parts.append(stream.feed(sound[:0], last=True))
    out = np.concatenate(parts)
    whole = resample(sound, 44_100, 16_000)
    assert out.dtype == kind
    assert len(out) == len(whole)
    assert np.abs(out.astype(float) - whole).max() <= (3 if kind is np.int16 else 1e-4)


def test_a_stream_is_never_far_behind() -> None:
    stream, given, got = Resampler(44_100, 16_000), 0, 0
    for _ in range(100):
        got += len(stream.feed(np.zeros(882, np.int16)))
        given += 882
        assert given / 44_100 - got / 16_000 < 0.06


def test_the_same_rate_is_left_alone() -> None:
    sound = tone(440, 16_000)
    assert resample(sound, 16_000, 16_000) is sound
    assert Resampler(16_000, 16_000).feed(sound) is sound


@pytest.mark.parametrize("from_hz", [8_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("value", [0, -7, 12_000])
def test_a_constant_stays_a_constant(value: int, from_hz: int) -> None:
    stream, still = Resampler(from_hz, 16_000), np.full(from_hz // 50, value, np.int16)
    blocks = [stream.feed(still) for _ in range(50)]
    assert set(np.concatenate(blocks[10:]).tolist()) == {value}
    assert set(resample(np.full(from_hz, value, np.int16), from_hz, 16_000)[2_000:-2_000].tolist()) == {value}


def test_blocks_of_one_length_hold_what_the_stream_gives() -> None:
    sound = (tone(700, 44_100) * 20_000).astype(np.int16)
    stream, steady = Resampler(44_100, 16_000), SteadyResampler(44_100, 16_000)
    blocks = sound.reshape(-1, 882)
    uneven = np.concatenate([stream.feed(block) for block in blocks])
    even = np.concatenate([steady.feed(block, 320) for block in blocks])
    late = len(even) - len(uneven)
    assert 0 < late <= 800
    begins = int(np.flatnonzero(even)[0]) - int(np.flatnonzero(uneven)[0])
    assert np.array_equal(even[begins:], uneven[: len(even) - begins])
