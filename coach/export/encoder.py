"""One ffmpeg process: blocks of samples in, an MP3 file out."""

import contextlib
import os
import signal
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from coach.errors import MachineError
from coach.export.ffmpeg import ffmpeg_path
from coach.sound.clip import RATE_HZ
from coach.sound.wav import Pcm

BITRATE = "96k"  # constant: cars and watches choke on variable; 96 kbit/s is transparent for one voice
KEPT_COMPLAINTS = 4_000  # characters

_FULL = ("No space left on device", "File too large", "Disk quota exceeded")


class Mp3Encoder:
    """Encodes a stream of int16 mono at 44.1 kHz into a file: constant 96 kbit/s, a tag with `tag_bytes` of room.

    To be used with `with`: left by an exception, the process is killed. Raises MachineError when ffmpeg gives up.
    """

    def __init__(self, path: Path, tag_bytes: int) -> None:
        self._path = path
        self._process = subprocess.Popen(
            _command(path, tag_bytes),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",  # Ctrl-C is ours to answer
        )
        self._complaints: list[str] = []
        assert self._process.stderr is not None
        self._listener = threading.Thread(target=_listen, args=(self._process.stderr, self._complaints), daemon=True)
        self._listener.start()

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

    def __enter__(self) -> "Mp3Encoder":
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
        last = complaint.strip().splitlines()[-1:] or [f"code {code}"]
        return MachineError(f"ffmpeg gave up ({last[0].strip()}); nothing was written")


_TOO_LARGE = getattr(signal, "SIGXFSZ", signal.Signals.SIGTERM).value  # a limit on file sizes ends it with this


def _command(path: Path, tag_bytes: int) -> list[str]:
    sound_in = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
    # To a file, not a pipe: then it writes how many samples the codec added at the start, and players take them off.
    tag = ["-id3v2_version", "3", "-write_id3v1", "0", "-metadata_header_padding", str(tag_bytes)]
    sound_out = ["-c:a", "libmp3lame", "-b:a", BITRATE, *tag, "-f", "mp3", "-y", f"file:{path.absolute()}"]
    return [ffmpeg_path(), "-hide_banner", "-loglevel", "error", *sound_in, "-map_metadata", "-1", *sound_out]


def _listen(stream: IO[bytes], complaints: list[str]) -> None:
    """Keep what ffmpeg says, the end of it: an undrained pipe would hang it."""
    with stream:
        for line in stream:
            complaints.append(line.decode("utf-8", "replace"))
            while sum(map(len, complaints)) > KEPT_COMPLAINTS and len(complaints) > 1:
                complaints.pop(0)
