"""Make an endless bed of music from a file or a folder, at one level below the voice. The gate to pydub.

ffmpeg decodes each piece once into a temporary file. pydub sets the level, fades the beginning in, and cross-fades each
piece into the next and the last into the first. Only seconds of it are in memory, so an hour costs what a minute does.
The bed's file holds an opening (faded in, played once), a middle, and a joint (the end over the beginning). After the
joint comes the middle again.
"""

import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError, MachineError
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.loudness import SPEECH_LUFS, block_powers, long_loudness
from coach.sound.pcm import Samples, as_float

ENDINGS = frozenset(
    {"aac", "aif", "aiff", "flac", "m4a", "m4b", "mp2", "mp3", "oga", "ogg", "opus", "wav", "webm", "wma"}
)
"""What counts as music in a folder; a single file may have any ending."""
BED_LUFS = SPEECH_LUFS - 6.0  # while nobody speaks; under speech and ticks `ducking` takes more away
LOUDEST_LUFS = SPEECH_LUFS - 3.0  # of any 0.4 s of it: never louder than the voice, however wild the music
FADE_S = 4.0
LEAST_S = 1.0
LONGEST_S = 1_800.0  # of music, unless more is asked for; then it repeats, because decoding takes time
PIECE_FRAMES = 10 * RATE_HZ  # what is in memory at a time
SILENT_LUFS = -60.0

_BYTES = 2  # a frame
_WHOLE_MS = RATE_HZ // 100  # frames; pydub counts in milliseconds, of which ten are whole frames
_FULL = "No space left on device"


@dataclass(frozen=True, slots=True)
class Bed:
    """Music ready to be mixed, in a temporary file."""

    path: Path
    opening_frames: int
    """Played once, before everything else."""

    def pieces(self, frames: int = RATE_HZ) -> Iterator[Samples]:
        """Yield it piece by piece, without end."""
        with self.path.open("rb", buffering=0) as file:
            while True:
                data = file.read(frames * _BYTES)
                if not data:
                    file.seek(self.opening_frames * _BYTES)
                    continue
                yield _floats(data)


@contextmanager
def open_bed(source: Path, ffmpeg: str, longest_s: float = LONGEST_S) -> Iterator[Bed]:
    """Make a bed of a file, or of a folder's files in the order of their names; it is gone afterwards.

    `longest_s` of music are used at most. Raises InputError naming what is no music, MachineError for a full disk.
    """
    sources = _files(source)
    with tempfile.TemporaryDirectory(prefix="coach-music-") as folder:
        try:
            yield _made(sources, ffmpeg, Path(folder), longest_s)
        except OSError as error:
            raise MachineError(f"{source}: no room to prepare the music ({error.strerror or error})") from error


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        if not source.is_file():
            raise InputError(f"{source}: no such music; name a file or a folder")
        return [source]
    found = sorted(path for path in source.iterdir() if path.suffix.lower().removeprefix(".") in ENDINGS)
    if not found:
        raise InputError(f"{source}: no music in this folder; it takes {', '.join(sorted(ENDINGS))}")
    return found


def _made(sources: list[Path], ffmpeg: str, folder: Path, longest_s: float) -> Bed:
    """Decode what is wanted, and lay it end to end, each over the next."""
    tracks: list[_Track] = []
    for number, source in enumerate(sources):
        left_s = longest_s + FADE_S - sum(track.frames for track in tracks) / RATE_HZ
        if left_s < LEAST_S:
            break
        tracks.append(_decoded(source, ffmpeg, folder / f"{number}.pcm", left_s))
    path = folder / "bed.pcm"
    fade = _WHOLE_MS * (min(frames_of(FADE_S), *(track.frames // 4 for track in tracks)) // _WHOLE_MS)
    with path.open("wb") as file:
        file.write(_bytes(tracks[0].part(0, fade).fade_in(fade * 1_000 // RATE_HZ), fade))
        for track, following in zip(tracks, [*tracks[1:], tracks[0]], strict=True):
            for at in range(fade, track.frames - fade, PIECE_FRAMES):
                frames = min(PIECE_FRAMES, track.frames - fade - at)
                file.write(_bytes(track.part(at, frames), frames))
            tail = track.part(track.frames - fade, fade)
            file.write(_bytes(tail.append(following.part(0, fade), crossfade=len(tail)), fade))
    for track in tracks:
        track.path.unlink()
    return Bed(path, fade)


@dataclass(frozen=True, slots=True)
class _Track:
    """One piece of music, decoded: 16 bit mono at 44.1 kHz, and the gain that brings it to the bed's level."""

    path: Path
    frames: int
    gain_db: float

    def part(self, start: int, frames: int) -> Any:
        """Return some of it at its level, as pydub's segment."""
        with self.path.open("rb") as file:
            file.seek(start * _BYTES)
            data = file.read(frames * _BYTES)
        return _audio_segment()(data, sample_width=_BYTES, frame_rate=RATE_HZ, channels=1).apply_gain(self.gain_db)


def _decoded(source: Path, ffmpeg: str, path: Path, longest_s: float) -> _Track:
    quietly = [ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin"]
    offline = ["-protocol_whitelist", "file"]  # a playlist in disguise fetches nothing
    music_in = [*offline, "-t", f"{longest_s:.3f}", "-i", f"file:{source.absolute()}", "-map", "0:a:0"]
    pcm_out = ["-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "-y", str(path)]
    command = [*quietly, *music_in, *pcm_out]
    found = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    complaint = found.stderr.decode("utf-8", "replace")
    if _FULL in complaint:
        raise MachineError(f"{source}: the disk is full; no room to prepare the music")
    frames = path.stat().st_size // _BYTES if path.is_file() else 0
    if not frames:
        raise InputError(f"{source}: can't be read as music; it is damaged, or no sound file")
    if frames < frames_of(LEAST_S):
        raise InputError(f"{source}: {frames / RATE_HZ:.1f} s are too short for music; it takes a second at least")
    usual, loudest = long_loudness([block_powers(piece) for piece in _pieces(path)])
    if loudest < SILENT_LUFS:
        raise InputError(f"{source}: is silent; choose other music")
    return _Track(path, frames, min(BED_LUFS - usual, LOUDEST_LUFS - loudest))


def _pieces(path: Path) -> Iterator[Samples]:
    with path.open("rb") as file:
        while data := file.read(PIECE_FRAMES * _BYTES):
            yield _floats(data)


def _bytes(sound: Any, frames: int) -> bytes:
    """Return a segment's samples, exactly so many: pydub counts in milliseconds."""
    data: bytes = sound.raw_data[: frames * _BYTES]
    return data + bytes(frames * _BYTES - len(data))


def _floats(data: bytes) -> Samples:
    return as_float(np.frombuffer(data, "<i2"))


def _audio_segment() -> Any:
    """Import pydub quietly: it warns of a standard module that will go, and looks for an ffmpeg it does not need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    return AudioSegment
