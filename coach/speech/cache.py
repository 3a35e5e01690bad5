"""Cache clips on disk, keyed by a hash of all that shapes them."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from coach.errors import InputError, MachineError
from coach.places import cache_folder
from coach.sound.clip import Clip
from coach.sound.wav import read_wav, write_wav, written_frames


class ClipCache:
    """A folder of WAV files. Two processes may use one; what is broken in it counts as absent."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = cache_folder() / "clips" if folder is None else folder

    def renewed(self, edition: str) -> bool:
        """Note the edition of the rules that clips are made by; tell, once, whether clips of another one lie there."""
        note = self._folder / "edition"
        try:
            if note.is_file() and note.read_text("utf-8") == edition:
                return False
            older = any(self._folder.glob("??/*.wav"))
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = note.with_name(f"edition.{os.getpid()}-{secrets.token_hex(4)}.part")
            beside.write_text(edition, "utf-8")
            beside.replace(note)
        except (OSError, UnicodeDecodeError):
            return False
        return older

    def key(self, fingerprint: str, text: str) -> str:
        """Return the name of the clip that a voice (its fingerprint) makes of a text."""
        return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()

    def get(self, key: str) -> Clip | None:
        """Return a clip, or None where it is absent, cut off or empty."""
        if self.frames(key) is None:
            return None
        try:
            samples, _ = read_wav(self._path(key))
        except InputError:
            return None
        samples.setflags(write=False)
        return Clip(samples) if samples.any() else None  # zeros: what a power cut leaves

    def frames(self, key: str) -> int | None:
        """Return a clip's length in frames without reading its samples; None as in `get`."""
        path = self._path(key)
        try:
            return written_frames(path) or None
        except OSError:
            return None

    def put(self, key: str, clip: Clip) -> bool:
        """Keep a clip: written beside and put in place whole. Return False where the disk does not take it.

        Of two processes that speak one text at once the first one's stays: a voice says it a little differently each
        time, and the other has measured it already.
        """
        path = self._path(key)
        beside = path.with_name(f"{key}.{os.getpid()}-{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_wav(beside, clip.samples)
            if self.get(key) is None:
                beside.replace(path)
            beside.unlink(missing_ok=True)
        except (OSError, InputError, MachineError):
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return False
        return True

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.wav"
