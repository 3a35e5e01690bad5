"""Encode blocks of samples as MP3 or M4B with one ffmpeg process."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from coach.errors import MachineError
from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import SETTING, ffmpeg_path
from coach.sound.pcm import Pcm

BITRATE = "96k"  # constant: cars and watches choke on variable; 96 kbit/s is transparent for one voice
# Its other coder, and lower bit rates, overshoot the limiter's ceiling by more.
AAC = ["-c:a", "aac", "-aac_coder", "fast", "-b:a", BITRATE]
# Constant 96 kbit/s and no bit reservoir: with one, frames lean on earlier ones, and none can be joined to others.
# Level 7 takes half the CPU and bends the spectrum half as far again (`scripts/bench export --only levels`).
FRAMES = ["-c:a", "libmp3lame", "-b:a", BITRATE, "-reservoir", "0"]
KEPT_COMPLAINTS = 4_000  # characters

_FULL = ("No space left on device", "File too large", "Disk quota exceeded")


def mp3_encoder(path: Path, tag_bytes: int) -> "Encoder":
    """Encode into an MP3: constant 96 kbit/s, a tag with `tag_bytes` of room."""
    # To a file, not a pipe: then it writes how many samples the codec added at the start, and players take them off.
    tag = ["-id3v2_version", "3", "-write_id3v1", "0", "-metadata_header_padding", str(tag_bytes)]
    return Encoder(["-map_metadata", "-1", "-c:a", "libmp3lame", "-b:a", BITRATE, *tag, "-f", "mp3", *_to(path)])


def frame_encoder() -> "Encoder":
    """Encode into bare MP3 frames, one more than the sound has; they are kept in `encoded`."""
    bare = ["-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"]
    return Encoder([*FRAMES, *bare], keep=True)


def m4b_encoder(path: Path, metadata: Path, cover: Path | None) -> "Encoder":
    """Encode into an M4B: tags and chapters from a file of ffmpeg's metadata, a JPEG for a cover."""
    beside = ["-f", "ffmetadata", "-i", _named(metadata)]
    maps = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-metadata:s:a:0", "language=eng"]
    if cover is not None:
        beside += ["-f", "image2", "-c:v", "mjpeg", "-i", _named(cover)]
        maps += ["-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic"]
    return Encoder([*beside, *maps, *AAC, "-f", "ipod", *_to(path)])


class Encoder:
    """Encodes a stream of int16 mono at 44.1 kHz as ffmpeg's options say.

    To be used with `with`: left by an exception, the process is killed. Raises MachineError when ffmpeg gives up.
    """

    def __init__(self, options: Sequence[str], *, keep: bool = False) -> None:
        """Args: keep: what ffmpeg writes to its output, in `encoded`."""
        # The queue: without it some versions of ffmpeg sleep between reads as soon as there is a second input.
        sound_in = ["-thread_queue_size", "4096", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
        self._process = subprocess.Popen(
            [ffmpeg_path(), "-hide_banner", "-loglevel", "error", *sound_in, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",  # Ctrl-C is ours to answer
        )
        self._complaints: list[str] = []
        assert self._process.stderr is not None
        self._listener = threading.Thread(target=_listen, args=(self._process.stderr, self._complaints), daemon=True)
        self._listener.start()
        self.encoded = bytearray()
        """Whole once it is finished."""
        self._reader: threading.Thread | None = None
        if self._process.stdout is not None:
            self._reader = threading.Thread(target=_read, args=(self._process.stdout, self.encoded), daemon=True)
            self._reader.start()

    def write(self, block: Pcm) -> None:
        """Encode the next samples."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(block.astype("<i2").tobytes())
        except OSError as error:  # it is gone, and says why
            raise self._failure() from error

    def finish(self) -> None:
        """Wait until the file is whole."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError as error:
            raise self._failure() from error
        if self._process.wait() != 0:
            raise self._failure()
        if self._reader is not None:
            self._reader.join()

    def __enter__(self) -> "Encoder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
            return
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _failure(self) -> MachineError:
        code = self._process.wait()
        self._listener.join()
        complaint = "".join(self._complaints)
        if any(sign in complaint for sign in _FULL) or code == -_TOO_LARGE:
            return MachineError("the disk is full; nothing was written")
        if "Unknown encoder" in complaint:
            return MachineError(
                f"this ffmpeg has no encoder for it ({_quoted(complaint)}); nothing was written. Install a "
                f"complete one with pip install imageio-ffmpeg, or set {SETTING} to a different one"
            )
        return MachineError(f"ffmpeg gave up ({_quoted(complaint) or f'code {code}'}); nothing was written")


def _quoted(complaint: str) -> str:
    return (complaint.strip().splitlines() or [""])[-1].strip()


_TOO_LARGE = getattr(signal, "SIGXFSZ", signal.Signals.SIGTERM).value  # a limit on file sizes ends it with this


def _to(path: Path) -> list[str]:
    return ["-y", _named(path)]


def _named(path: Path) -> str:
    return f"file:{path.absolute()}"  # so that a colon or a dash in a name is no option


def _listen(stream: IO[bytes], complaints: list[str]) -> None:
    """Keep what ffmpeg says, the end of it: an undrained pipe would hang it."""
    with stream:
        for line in stream:
            complaints.append(line.decode("utf-8", "replace"))
            while sum(map(len, complaints)) > KEPT_COMPLAINTS and len(complaints) > 1:
                complaints.pop(0)


def _read(stream: IO[bytes], into: bytearray) -> None:
    with stream:
        while data := stream.read(1 << 16):
            into += data
