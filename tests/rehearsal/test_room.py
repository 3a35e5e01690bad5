"""The simulated room keeps to its spec: levels, delay, drift, jump; and it does the same every time."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.room import VOICE_DB, Room, RoomSpec
from coach.sound.pcm import Pcm
from coach.sound.wav import write_wav

DRY: dict[str, Any] = {"reverberation_s": 0.01, "loudspeaker_m": 0.1, "noise_rms": 0.0}


def noise(seconds: float, seed: int = 1, hz: int = HEARING_HZ) -> Pcm:
    return (np.random.default_rng(seed).standard_normal(round(seconds * hz)) * 3_000).astype(np.int16)


def hear(room: Room, coach: Pcm, exerciser: Pcm) -> Pcm:
    blocks = [room.hear_16k(coach[i : i + 320], exerciser[i : i + 320]) for i in range(0, len(coach), 320)]
    return np.concatenate(blocks)


def level_db(samples: Pcm) -> float:
    return float(10 * np.log10(np.mean(samples.astype(float) ** 2) + 1e-9))


def lag(heard: Pcm, played: Pcm) -> int:
    """Return by how many frames the one comes after the other."""
    spectrum = np.fft.rfft(heard.astype(float), 2 * len(heard)) * np.conj(np.fft.rfft(played, 2 * len(played)))
    return int(np.argmax(np.fft.irfft(spectrum)[: len(heard)]))


def test_same_seed_gives_the_same_sound() -> None:
    first, second = (hear(Room(), noise(1.0), noise(1.0, 2)) for _ in range(2))
    assert np.array_equal(first, second)


def test_another_seed_gives_another_room() -> None:
    assert not np.array_equal(
        hear(Room(), noise(1.0), noise(1.0, 2)), hear(Room(RoomSpec(seed=2)), noise(1.0), noise(1.0, 2))
    )


@pytest.mark.parametrize("echo_db", [-12.0, 0.0, 6.0])
@pytest.mark.parametrize("reverberation_s", [0.2, 0.35, 0.6])
def test_echo_is_as_much_weaker_than_her_as_the_spec_says(echo_db: float, reverberation_s: float) -> None:
    silence = np.zeros(4 * HEARING_HZ, np.int16)
    spec = RoomSpec(echo_db=echo_db, reverberation_s=reverberation_s, distance_m=4.0)
    echo = hear(Room(spec), noise(4.0), silence)[HEARING_HZ:]
    voice = hear(Room(spec), silence, noise(4.0))[HEARING_HZ:]
    assert level_db(echo) - level_db(voice) == pytest.approx(echo_db, abs=1.0)
    assert level_db(voice) - level_db(noise(4.0)) == pytest.approx(VOICE_DB, abs=1.0)


@pytest.mark.parametrize("delay_ms", [0, 20, 40, 300])
def test_echo_comes_after_its_delay(delay_ms: int) -> None:
    spec = RoomSpec(**DRY, echo_delay_s=delay_ms / 1_000)
    played = noise(2.0)
    assert lag(hear(Room(spec), played, np.zeros_like(played)), played) == delay_ms * 16


def test_delay_jumps_when_the_spec_says() -> None:
    spec = RoomSpec(**DRY, jump_s=0.08, jump_at_s=2.0)
    played = noise(4.0)
    heard = hear(Room(spec), played, np.zeros_like(played))
    assert lag(heard[: 2 * HEARING_HZ], played[: 2 * HEARING_HZ]) == 640
    assert lag(heard[2 * HEARING_HZ :], played[2 * HEARING_HZ :]) == 640 + 1_280


def test_drift_lengthens_the_delay_by_its_millionths() -> None:
    spec = RoomSpec(**DRY, drift_ppm=500.0)
    played = noise(6.0)
    heard = hear(Room(spec), played, np.zeros_like(played))
    late = slice(5 * HEARING_HZ, 6 * HEARING_HZ)
    assert lag(heard[late], played[late]) - 640 == pytest.approx(
        5.5 * 500e-6 * HEARING_HZ, abs=5
    )  # it drifts by 8 while measured


def test_driven_loudspeaker_distorts_but_keeps_its_level() -> None:
    played, silence = noise(2.0), np.zeros(2 * HEARING_HZ, np.int16)
    clean = hear(Room(RoomSpec(**DRY, echo_db=0.0)), played, silence)
    driven = hear(Room(RoomSpec(**DRY, echo_db=0.0, drive=12.0)), played, silence)
    assert level_db(driven) == pytest.approx(level_db(clean), abs=1.5)
    assert np.corrcoef(clean, driven)[0, 1] < 0.97


def test_room_is_never_digitally_silent() -> None:
    silence = np.zeros(HEARING_HZ, np.int16)
    assert np.sqrt(np.mean(hear(Room(), silence, silence).astype(float) ** 2)) == pytest.approx(20.0, rel=0.1)


def test_noise_file_sounds_at_its_ratio(tmp_path: Path) -> None:
    write_wav(tmp_path / "noise.wav", noise(0.7, 3, 22_050), 22_050)
    silence = np.zeros(2 * HEARING_HZ, np.int16)
    softer, louder = (
        level_db(hear(Room(RoomSpec(noise_file=tmp_path / "noise.wav", noise_snr_db=ratio)), silence, silence))
        for ratio in (16.0, 10.0)
    )
    assert louder - softer == pytest.approx(6.0, abs=0.5)


def test_coach_at_44_khz_is_heard_at_16_khz_and_told_as_played() -> None:
    room = Room(RoomSpec(**DRY, echo_db=0.0))
    tone = (np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100) * 8_000).astype(np.int16)
    heard, played = [], []
    for i in range(0, 44_100, 882):
        heard.append(room.hear(tone[i : i + 882], np.zeros(320, np.int16)))
        played.append(room.played)
    mic, reference = np.concatenate(heard), np.concatenate(played)
    assert len(mic) == len(reference) == HEARING_HZ
    assert level_db(reference[4_000:]) == pytest.approx(level_db(tone), abs=0.2)
    assert np.corrcoef(mic[4_000:], reference[4_000 - 640 : -640])[0, 1] > 0.95


def test_block_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="100 frames, not 882"):
        Room().hear(np.zeros(100, np.int16), np.zeros(320, np.int16))
