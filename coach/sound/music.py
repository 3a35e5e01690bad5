"""Make an endless bed of music from a file or a folder, at one level below the voice. The gate to pydub.

Of a folder everything below it is played, in the order of the names. Hidden files are passed over, and what can't be
read is told and left out. ffmpeg decodes each piece once into a temporary file. pydub sets the level, fades the
beginning in, and cross-fades each piece into the next and the last into the first. Only seconds of it are in memory, so
an hour costs what a minute does. The bed's file holds an opening (faded in, played once), a middle, and a joint (the
end over the beginning). After the joint comes the middle again.
"""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError, MachineError
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.downmix import chosen, mixed, powers
from coach.sound.loudness import SPEECH_LUFS, block_powers, long_loudness
from coach.sound.pcm import Samples, as_float, as_pcm, db_of

ENDINGS = frozenset(
    {"aac", "aif", "aiff", "flac", "m4a", "m4b", "mp2", "mp3", "oga", "ogg", "opus", "wav", "webm", "wma"}
)
"""What counts as music in a folder; a single file may have any ending."""
BED_LUFS = SPEECH_LUFS - 6.0  # while nobody speaks; under speech and ticks `ducking` takes more away
LOUDEST_LUFS = SPEECH_LUFS - 3.0  # of any 0.4 s of it: never louder than the voice, however wild the music
PEAK_DB = -6.0  # of full scale: a rumble is soft for its peaks, and the limiter is there for the voice
LOWEST_HZ = 30  # below it nothing is heard, but the voice would be pressed down by it
FADE_S = 4.0
LEAST_S = 1.0
LONGEST_S = 1_800.0  # of music, unless more is asked for; then it repeats, because decoding takes time
PIECE_FRAMES = 10 * RATE_HZ  # what is in memory at a time
SILENT_LUFS = -60.0

Tell = Callable[[str], None]
"""Called with a line about what is left out."""

_BYTES = 2  # a frame
_TOLD = 5  # files a line each; the rest is counted
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
def open_bed(source: Path, ffmpeg: str, longest_s: float = LONGEST_S, tell: Tell = lambda _line: None) -> Iterator[Bed]:
    """Make a bed of a file, or of all music below a folder in the order of the names; it is gone afterwards.

    `longest_s` of music are used at most. `tell` hears what of a folder is left out. Raises InputError naming what is
    no music, MachineError for a full disk.
    """
    sources = _files(source, tell)
    with tempfile.TemporaryDirectory(prefix="coach-music-") as folder:
        try:
            tracks = _tracks(sources, ffmpeg, Path(folder), longest_s, tell if source.is_dir() else None)
            if not tracks:
                raise InputError(f"{source}: none of its {len(sources)} files can be read as music")
            yield _made(tracks, Path(folder))
        except OSError as error:
            raise MachineError(f"{source}: no room to prepare the music ({error.strerror or error})") from error


def _files(source: Path, tell: Tell) -> list[Path]:
    if not source.is_dir():
        if not source.is_file():
            raise InputError(f"{source}: no such file or folder; name one with music in it")
        return [source]
    found = sorted(_below(source, tell), key=lambda path: path.relative_to(source).parts)
    if not found:
        raise InputError(f"{source}: there's no music in this folder; the coach can play {', '.join(sorted(ENDINGS))}")
    return found


def _below(folder: Path, tell: Tell) -> Iterator[Path]:
    """Yield the music in a folder and the folders in it; what is hidden is no music (`._song.mp3` beside a song)."""

    def left_out(error: OSError) -> None:
        tell(f"left out: {error.filename}: can't be read ({error.strerror or error})")

    for place, folders, names in os.walk(folder, onerror=left_out):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and path.suffix.lower().removeprefix(".") in ENDINGS and path.is_file():
                yield path


def _tracks(sources: Sequence[Path], ffmpeg: str, folder: Path, longest_s: float, tell: Tell | None) -> "list[_Track]":
    """Decode what is wanted. `tell`: what can't be read is left out; None: it is raised."""
    tracks: list[_Track] = []
    left_out = 0
    for number, source in enumerate(sources):
        left_s = longest_s + FADE_S - sum(track.frames for track in tracks) / RATE_HZ
        if left_s < LEAST_S:
            break
        try:
            tracks.append(_decoded(source, ffmpeg, folder / f"{number}.pcm", left_s))
        except InputError as error:
            if tell is None:
                raise
            left_out += 1
            if left_out <= _TOLD:
                tell(f"left out: {error}")
    if tell is not None and left_out > _TOLD:
        tell(f"left out: {left_out - _TOLD} more files that can't be read as music")
    return tracks


def _made(tracks: "Sequence[_Track]", folder: Path) -> Bed:
    """Lay the tracks end to end, each over the next."""
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
    """Decode one piece into a mono file. Raises InputError for what is no music."""
    stereo = path.with_suffix(".stereo")
    quietly = [ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin"]
    offline = ["-protocol_whitelist", "file"]  # a playlist in disguise fetches nothing
    music_in = [*offline, "-t", f"{longest_s:.3f}", "-i", f"file:{source.absolute()}", "-map", "0:a:0"]
    pcm_out = ["-af", f"highpass=f={LOWEST_HZ}", "-ac", "2", "-ar", str(RATE_HZ), "-f", "s16le", "-y", str(stereo)]
    command = [*quietly, *music_in, *pcm_out]
    found = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    complaint = found.stderr.decode("utf-8", "replace")
    if _FULL in complaint:
        raise MachineError(f"{source}: the disk is full; no room to prepare the music")
    frames = _mix_down(stereo, path)
    if not frames:
        raise InputError(f"{source}: can't be read as music; it's damaged, or isn't a sound file")
    if frames < frames_of(LEAST_S):
        raise InputError(
            f"{source}: {frames / RATE_HZ:.1f} s is too short for music; it must be at least a second long"
        )
    usual, loudest = long_loudness([block_powers(piece) for piece in _pieces(path)])
    if loudest < SILENT_LUFS:
        raise InputError(f"{source}: is silent; choose other music")
    peak_db = db_of(max(float(np.abs(piece).max()) for piece in _pieces(path)))
    return _Track(path, frames, min(BED_LUFS - usual, LOUDEST_LUFS - loudest, PEAK_DB - peak_db))


def _mix_down(stereo: Path, path: Path) -> int:
    """Write two channels' mean, or the louder one where they cancel each other; return how many frames there are."""
    if not stereo.is_file():
        return 0
    channel = chosen(sum((powers(piece.reshape(-1, 2)) for piece in _pieces(stereo, 2)), np.zeros(3)))
    frames = 0
    with path.open("wb") as file:
        for piece in _pieces(stereo, 2):
            frames += file.write(as_pcm(mixed(piece.reshape(-1, 2), channel)).astype("<i2").tobytes()) // _BYTES
    stereo.unlink()
    return frames


def _pieces(path: Path, channels: int = 1) -> Iterator[Samples]:
    with path.open("rb") as file:
        while data := file.read(PIECE_FRAMES * _BYTES * channels):
            yield _floats(data[: len(data) - len(data) % (_BYTES * channels)])


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
