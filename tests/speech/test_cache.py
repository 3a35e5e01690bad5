"""The clip cache: what comes out is what went in, or nothing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.sound.clip import RATE_HZ, Clip
from coach.sound.pcm import as_float
from coach.sound.wav import write_wav
from coach.speech.cache import ClipCache


def clip(frames: int = 4_410, seed: int = 0) -> Clip:
    whole = np.random.default_rng(seed).integers(-20_000, 20_000, frames)
    return Clip(as_float(whole.astype(np.int16)))


def the_file(folder: Path) -> Path:
    return next(folder.rglob("*.wav"))


def test_a_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    cache, made = ClipCache(tmp_path), clip()
    key = cache.key("voice", "One.")
    assert cache.get(key) is None
    assert cache.frames(key) is None
    assert cache.put(key, made)
    kept = ClipCache(tmp_path).get(key)
    assert kept is not None
    assert np.array_equal(kept.samples, made.samples)
    assert not kept.samples.flags.writeable
    assert cache.frames(key) == made.frames


def test_clips_of_an_earlier_edition_are_told_once(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path / "clips")
    assert not cache.renewed("2")  # nothing lies there yet
    cache.put(cache.key("voice", "One."), clip())
    assert [cache.renewed(edition) for edition in ("2", "3", "3")] == [False, True, False]
    assert not ClipCache(tmp_path / "clips").renewed("3")


def test_clips_from_before_there_were_editions_are_told_once(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(cache.key("voice", "One."), clip())
    assert [cache.renewed("2"), cache.renewed("2")] == [True, False]


def test_a_folder_that_takes_no_note_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not ClipCache(tmp_path / "file").renewed("2")


def test_voice_and_text_both_make_the_key() -> None:
    cache = ClipCache(Path("unused"))
    keys = {cache.key(voice, text) for voice in ("a", "b") for text in ("one", "two")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes()[:20]),
        lambda path: path.write_bytes(b"x" * path.stat().st_size),
        lambda path: write_wav(path, np.zeros(4_410, np.int16)),
        lambda path: write_wav(path, np.ones(4_410, np.int16), 16_000),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["empty", "short", "no header", "noise", "silence", "another rate", "a folder"],
)
def test_what_is_broken_counts_as_absent_and_is_made_anew(damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    cache = ClipCache(tmp_path)
    key = cache.key("voice", "One.")
    cache.put(key, clip())
    damage(the_file(tmp_path))
    assert cache.get(key) is None
    if not (tmp_path / key[:2] / f"{key}.wav").is_dir():
        assert cache.put(key, clip())
        assert cache.get(key) is not None


def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = ClipCache(tmp_path / "file")
    assert not cache.put(cache.key("voice", "One."), clip())


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    for n in range(5):
        cache.put(cache.key("voice", str(n)), clip(seed=n))
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".wav"}


def test_two_processes_may_write_one_clip(tmp_path: Path) -> None:
    code = f"""
import numpy as np
from pathlib import Path
from coach.sound.clip import Clip
from coach.speech.cache import ClipCache
cache = ClipCache(Path({str(tmp_path)!r}))
clip = Clip(np.full({RATE_HZ}, 0.25, np.float32))
for n in range(200):
    assert cache.put(cache.key("voice", str(n % 3)), clip)
    kept = cache.get(cache.key("voice", str(n % 3)))
    assert kept is not None and np.array_equal(kept.samples, clip.samples)
"""
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]


HEADER = range(44)
DAMAGES = (0x00, 0x01, 0x1D, 0x7F, 0x80, 0xFF)


@pytest.mark.parametrize("byte", HEADER)
def test_a_damaged_header_gives_the_whole_clip_or_none(byte: int, tmp_path: Path) -> None:
    cache, made = ClipCache(tmp_path), clip()
    key = cache.key("voice", "One.")
    for value in DAMAGES:
        cache.put(key, made)
        file = the_file(tmp_path)
        data = bytearray(file.read_bytes())
        data[byte] = value
        file.write_bytes(data)
        frames, kept = cache.frames(key), cache.get(key)
        assert (frames is None) == (kept is None)
        assert kept is None or np.array_equal(kept.samples, made.samples)
