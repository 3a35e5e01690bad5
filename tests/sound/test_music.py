"""Music under the voice: any length, any format, always softer than the voice, and nothing but music."""

import itertools
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.errors import InputError
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.ducking import DEPTHS_DB, FALL, RISE, STAY
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.loudness import SPEECH_LUFS, block_powers, long_loudness, loudness, normalized
from coach.sound.mixer import Mixer
from coach.sound.music import BED_LUFS, FADE_S, LOUDEST_LUFS, PEAK_DB, Tell, open_bed
from coach.sound.pcm import Samples, as_float
from coach.sound.wav import write_wav


def tune(seconds: float, rate_hz: int = RATE_HZ, hz: float = 220.0, level: float = 0.3) -> Samples:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.asarray(level * np.sin(2 * np.pi * hz * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 0.3 * t)), np.float32)


def written(path: Path, samples: Samples, rate_hz: int = RATE_HZ) -> Path:
    write_wav(path, samples, rate_hz)
    return path


def played(source: Path, seconds: float, tell: Tell = lambda _line: None) -> Samples:
    with open_bed(source, ffmpeg_path(), tell=tell) as bed:
        found: list[Samples] = []
        for piece in bed.pieces():
            found.append(piece)
            if sum(map(len, found)) >= frames_of(seconds):
                return np.concatenate(found)[: frames_of(seconds)]
    raise AssertionError("a bed has no end")


def loudest(samples: Samples) -> float:
    return long_loudness([block_powers(samples)])[1]


def clicks(samples: Samples) -> float:
    """Return the largest jump from one sample to the next."""
    return float(np.abs(np.diff(samples)).max())


@pytest.mark.parametrize("level", [0.01, 0.3, 0.99])
def test_music_of_any_level_lies_below_the_voice(tmp_path: Path, level: float) -> None:
    sound = played(written(tmp_path / "a.wav", tune(20, level=level)), 15)[frames_of(FADE_S) :]
    assert loudness(sound) == pytest.approx(BED_LUFS, abs=1.0)
    assert loudest(sound) <= LOUDEST_LUFS + 0.1


def test_a_loud_moment_in_quiet_music_is_no_louder_than_the_voice(tmp_path: Path) -> None:
    music = tune(40, level=0.02)
    music[frames_of(20) : frames_of(21)] = tune(1, level=0.9)
    assert loudest(played(written(tmp_path / "a.wav", music), 36)) <= LOUDEST_LUFS + 0.1 < SPEECH_LUFS


def test_a_bed_goes_on_for_ever_without_a_gap_or_a_click(tmp_path: Path) -> None:
    music = tune(7.3)
    sound = played(written(tmp_path / "a.wav", music), 60)
    assert clicks(sound[frames_of(1) :]) < 1.5 * clicks(music) * np.abs(sound).max() / np.abs(music).max()
    assert min(np.abs(part).max() for part in np.split(sound[frames_of(2) :], 29)) > 0.02


def test_it_fades_in(tmp_path: Path) -> None:
    sound = played(written(tmp_path / "a.wav", tune(20)), 5)
    assert np.abs(sound[: frames_of(0.05)]).max() < 0.05 * np.abs(sound).max()


def test_a_folder_is_played_in_the_order_of_its_names_each_over_the_next(tmp_path: Path) -> None:
    written(tmp_path / "2.wav", tune(10, hz=660))
    written(tmp_path / "1.wav", tune(10, hz=220))
    (tmp_path / "cover.jpg").write_bytes(b"no music")
    sound = played(tmp_path, 18)
    assert pitch(sound[frames_of(2) : frames_of(5)]) == pytest.approx(220, abs=5)
    assert pitch(sound[frames_of(11) : frames_of(14)]) == pytest.approx(660, abs=5)


def test_albums_below_a_folder_are_played_and_what_is_hidden_is_not(tmp_path: Path) -> None:
    for folder in ("B/Album", "A/Album", ".trash", "__MACOSX"):
        (tmp_path / folder).mkdir(parents=True)
    written(tmp_path / "B/Album/1.wav", tune(10, hz=660))
    written(tmp_path / "A/Album/2.wav", tune(10, hz=220))
    (tmp_path / "A/Album/._2.wav").write_bytes(b"\0\5\x16\7 what a Mac writes beside a song")
    written(tmp_path / ".trash/0.wav", tune(10, hz=990))
    written(tmp_path / "__MACOSX/0.wav", tune(10, hz=990))
    told: list[str] = []
    sound = played(tmp_path, 18, tell=told.append)
    assert pitch(sound[frames_of(2) : frames_of(5)]) == pytest.approx(220, abs=5)
    assert pitch(sound[frames_of(11) : frames_of(14)]) == pytest.approx(660, abs=5)
    assert told == []


def test_what_of_a_folder_can_not_be_read_is_told_and_left_out(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.mp3").write_bytes(b"no music")
    written(tmp_path / "8.wav", np.zeros(RATE_HZ * 5, np.float32))
    written(tmp_path / "9.wav", tune(10))
    told: list[str] = []
    assert pitch(played(tmp_path, 8, tell=told.append)[frames_of(5) :]) == pytest.approx(220, abs=5)
    assert told[:5] == [
        f"left out: {tmp_path}/{n}.mp3: can't be read as music; it's damaged, or isn't a sound file" for n in range(5)
    ]
    assert told[5:] == ["left out: 3 more files that can't be read as music"]


def test_a_folder_of_which_nothing_can_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "1.mp3").write_bytes(b"no music")
    with pytest.raises(InputError, match="none of its 1 files can be read as music"), open_bed(tmp_path, ffmpeg_path()):
        pass


def test_stereo_of_opposite_polarity_is_music(tmp_path: Path) -> None:
    music = np.rint(tune(10) * 32_767).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.stack([music, -music], axis=1).tobytes())
    sound = played(tmp_path / "a.wav", 8)[frames_of(FADE_S) :]
    assert loudness(sound) == pytest.approx(BED_LUFS, abs=1.0)
    assert pitch(sound) == pytest.approx(220, abs=5)


def test_a_rumble_leaves_room_for_the_voice(tmp_path: Path) -> None:
    rumble = np.cumsum(np.random.default_rng(1).normal(0, 1, frames_of(20)))
    sound = played(written(tmp_path / "a.wav", np.asarray(0.5 * rumble / np.abs(rumble).max(), np.float32)), 15)
    assert np.abs(sound).max() <= 10 ** (PEAK_DB / 20) * 1.01


def test_music_at_8_khz_keeps_its_pitch(tmp_path: Path) -> None:
    sound = played(written(tmp_path / "a.wav", tune(8, 8_000), 8_000), 7)
    assert pitch(sound[frames_of(4) :]) == pytest.approx(220, abs=5)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.mp3", b"this is no music" * 100, "can't be read as music"),
        ("a.wav", b"", "can't be read as music"),
        ("absent.mp3", None, "no such file or folder"),
    ],
)
def test_what_is_no_music_is_named_in_one_line(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said) as raised, open_bed(tmp_path / name, ffmpeg_path()):
        pass
    assert str(tmp_path / name) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_silent_and_too_short_music_and_a_folder_without_any_are_named(tmp_path: Path) -> None:
    cases = {
        written(tmp_path / "silent.wav", np.zeros(RATE_HZ * 5, np.float32)): "is silent",
        written(tmp_path / "short.wav", tune(0.3)): "too short",
        (tmp_path / "empty"): "no music in this folder",
    }
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("la la la")
    for path, said in cases.items():
        with pytest.raises(InputError, match=said), open_bed(path, ffmpeg_path()):
            pass


def test_only_as_much_is_prepared_as_is_wanted(tmp_path: Path) -> None:
    with open_bed(written(tmp_path / "a.wav", tune(60)), ffmpeg_path(), longest_s=10) as bed:
        assert bed.path.stat().st_size / 2 / RATE_HZ == pytest.approx(10 + FADE_S, abs=0.2)
    assert not bed.path.exists()


@pytest.mark.slow
def test_an_hour_of_music_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    peaks = []
    for number, seconds in enumerate((60, 3_600)):
        path = tmp_path / f"{number}.mp3"
        sine = f"sine=frequency=220:duration={seconds}"
        command = [ffmpeg_path(), "-loglevel", "error", "-f", "lavfi", "-i", sine, "-b:a", "64k", str(path)]
        subprocess.run(command, check=True)
        code = (
            "import sys, resource; from pathlib import Path; from coach.sound.music import open_bed\n"
            "with open_bed(Path(sys.argv[1]), sys.argv[2], 3_600.0) as bed:\n"
            "    pieces = bed.pieces()\n    for _ in range(4_000): next(pieces)\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        found = subprocess.run([sys.executable, "-c", code, path, ffmpeg_path()], check=True, capture_output=True)
        peaks.append(int(found.stdout))
    assert peaks[1] < 1.1 * peaks[0]


# In the mixer.


def steady_bed(level: float = 0.1) -> itertools.repeat:  # type: ignore[type-arg] # of one piece
    return itertools.repeat(np.full(1_000, level, np.float32))


def level_at(out: np.ndarray, seconds: float) -> float:
    return float(np.abs(out[frames_of(seconds) : frames_of(seconds) + 50]).max()) / 32_768


def silence(seconds: float) -> Clip:
    return Clip(np.zeros(frames_of(seconds), np.float32))


def with_bed(seconds: float, *placed: tuple[str, float, float], block: int = 882) -> np.ndarray:
    mixer = Mixer(steady_bed())
    mixer.play_bed(0)
    for track, at_s, length_s in placed:
        mixer.place(silence(length_s), frames_of(at_s), track=track)
    return np.concatenate([mixer.block(block) for _ in range(frames_of(seconds) // block)])


@pytest.mark.parametrize(("track", "depth_db"), DEPTHS_DB.items())
def test_music_gives_way_to_speech_and_ticks_and_comes_back(track: str, depth_db: float) -> None:
    out = with_bed(5, (track, 1.0, 1.0))
    assert level_at(out, 1.0 - 1.1 * FALL / RATE_HZ) == pytest.approx(0.1, rel=0.01)
    assert level_at(out, 1.0) == pytest.approx(0.1 * 10 ** (-depth_db / 20), rel=0.02)
    assert level_at(out, 2.0 + (STAY + RISE) / RATE_HZ + 0.1) == pytest.approx(0.1, rel=0.01)


def test_what_is_known_only_as_it_begins_is_given_way_to_from_there() -> None:
    mixer = Mixer(steady_bed())
    mixer.play_bed(0)
    mixer.block(RATE_HZ)
    mixer.place(silence(1.0), RATE_HZ)
    out = mixer.block(RATE_HZ)
    assert level_at(out, 0.0) == pytest.approx(0.1, rel=0.02)
    assert level_at(out, FALL / RATE_HZ) == pytest.approx(0.1 * 10 ** (-14 / 20), rel=0.02)


def test_what_is_cut_before_it_begins_is_not_given_way_to() -> None:
    mixer = Mixer(steady_bed())
    mixer.play_bed(0)
    mixer.place(silence(1.0), RATE_HZ)
    mixer.cut("speech")
    assert level_at(mixer.block(2 * RATE_HZ), 1.5) == pytest.approx(0.1, rel=0.01)


def test_under_sentences_that_follow_each_other_music_stays_down() -> None:
    out = with_bed(5, ("speech", 1.0, 1.0), ("speech", 2.3, 1.0))
    assert max(level_at(out, t) for t in np.arange(1.2, 3.6, 0.05)) < 0.1 * 10 ** (-13 / 20)


def test_the_size_of_the_blocks_changes_no_bit_of_the_music() -> None:
    placed = [("speech", 0.5, 0.4), ("earcon", 0.7, 0.1), ("speech", 1.4, 0.3)]
    assert np.array_equal(with_bed(2, *placed, block=300)[:80_000], with_bed(2, *placed, block=4_410)[:80_000])


def test_a_cut_of_everything_silences_the_music_at_once_until_it_is_played_again() -> None:
    mixer = Mixer(steady_bed())
    mixer.play_bed(0)
    mixer.block(RATE_HZ)
    mixer.cut()
    silent = mixer.block(RATE_HZ)
    assert not silent[frames_of(0.03) :].any()
    mixer.play_bed(frames_of(0.5))
    again = mixer.block(RATE_HZ)
    assert level_at(again, 0.0) < 0.01
    assert level_at(again, 0.9) == pytest.approx(0.1, rel=0.01)


def test_music_fades_out_at_the_end() -> None:
    mixer = Mixer(steady_bed())
    mixer.play_bed(0)
    mixer.end_bed(RATE_HZ, RATE_HZ)
    out = mixer.block(3 * RATE_HZ)
    assert level_at(out, 0.9) == pytest.approx(0.1, rel=0.01)
    assert level_at(out, 1.5) == pytest.approx(0.05, rel=0.05)
    assert not out[frames_of(2.0) :].any()


def test_under_a_voice_the_whole_is_as_loud_as_the_voice_alone(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, frames_of(3)).astype(np.float32)
    voice = Clip(normalized(noise))
    with open_bed(written(tmp_path / "a.wav", tune(20)), ffmpeg_path()) as bed:
        mixer = Mixer(bed.pieces())
        mixer.play_bed()
        mixer.place(voice, frames_of(6))
        out = as_float(mixer.block(frames_of(12)))
    assert loudness(out[frames_of(6.2) : frames_of(9)]) == pytest.approx(SPEECH_LUFS, abs=0.3)


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * RATE_HZ / len(samples)
