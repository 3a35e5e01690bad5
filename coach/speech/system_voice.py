"""The system's voice: text in, clips out, through pyttsx3 in a process of its own (`worker`)."""

import contextlib
import difflib
import json
import math
import queue
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import IO, Any

import numpy as np

from coach.errors import InputError, MachineError
from coach.sound.clip import RATE_HZ, Clip, Samples
from coach.sound.loudness import SPEECH_LUFS, normalized, trimmed
from coach.sound.resample import resample
from coach.sound.wav import as_pcm, read_wav

DEFAULT_VOICE = "en-us"
DEFAULT_RATE = 150  # words a minute: slower than talk, to be followed while moving
PIPELINE = 1  # raise it when trimming, loudness or resampling change: cached clips are then made anew
ATTEMPTS = 3  # each in a fresh process
START_S, CLIP_S = 20.0, 15.0  # a worker that is silent for longer hangs; a clip takes some 15 ms


class SystemVoice:
    """A voice of this machine at one rate (words a minute). May be used from any thread; its worker starts when needed.

    Raises InputError (at the first clip) for a voice that does not exist, with the nearest names.
    """

    def __init__(self, voice: str = DEFAULT_VOICE, rate: int = DEFAULT_RATE) -> None:
        self._voice, self._rate = voice, rate
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    @property
    def name(self) -> str:
        """Return the name it was asked for by."""
        return self._voice

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips; asks no worker."""
        engine = f"pyttsx3 {_version('pyttsx3')}, espeak {_version('espeakng-loader')}"
        return f"{engine}, {self._voice}, {self._rate}, pipeline {PIPELINE}"

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip, trimmed and at one loudness. Raises MachineError naming the text that failed."""
        with self._lock, ThreadPoolExecutor(1) as finishing:  # one clip is finished while the next is spoken
            clips = [finishing.submit(_finished, *self._spoken_surely(text)) for text in texts]
            return [clip.result() for clip in clips]

    def close(self) -> None:
        """End the worker; a later clip would start another."""
        with self._lock:
            self._drop_worker()

    def _spoken_surely(self, text: str) -> tuple[Samples, int]:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                return self._spoken(text)
            except _ClipError as failed:
                reason = str(failed)
                self._drop_worker()
        raise MachineError(f'the voice {self._voice} could not say "{text}" ({reason}); coach voices lists others')

    def _spoken(self, text: str) -> tuple[Samples, int]:
        """Return what the worker said, before any work on it."""
        worker = self._worker = self._worker or self._start()
        path = worker.folder / "clip.wav"
        path.unlink(missing_ok=True)
        worker.ask(text=text, path=str(path))
        worker.answer(CLIP_S + 0.1 * len(text))
        try:
            samples, rate_hz = read_wav(path)
        except InputError as error:  # no file, or an empty one: the losses of pyttsx3
            raise _ClipError(str(error)) from error
        if not samples.any():
            raise _ClipError("nothing but silence")
        return samples, rate_hz

    def _start(self) -> "_Worker":
        worker, answer = _started([self._voice, str(self._rate)])
        if "unknown" in answer:
            worker.close()
            raise InputError(_unknown(self._voice))
        return worker

    def _drop_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def available_voices() -> list[dict[str, str]]:
    """List this machine's voices: id, name, language, gender. Raises MachineError where there is no speech at all."""
    worker, answer = _started(["--voices"])
    worker.close()
    voices: list[dict[str, str]] = answer["voices"]
    return voices


class _ClipError(Exception):
    """The worker gave no clip."""


class _Worker:
    """One process of `worker`, and the folder it writes into. Ends with this object at the latest."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._files = tempfile.TemporaryDirectory(prefix="coach-voice-")
        self.folder = Path(self._files.name)
        self._complaints = self.folder / "stderr"
        # -P: nothing in the folder the user happens to stand in takes the place of a module.
        command = [sys.executable, "-P", "-m", "coach.speech.worker", *arguments]
        with self._complaints.open("wb") as complaints:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8"
            )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_forward, args=(self._process.stdout, self._answers), daemon=True).start()
        self._end = weakref.finalize(self, _end, self._process)

    def ask(self, **question: str) -> None:
        """Send one line. A worker that is gone is noticed when its answer is waited for."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """Wait for the next line. Raises _ClipError when the worker ends or hangs instead."""
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            raise _ClipError(f"no answer within {math.ceil(timeout_s)} s") from None
        if not line:
            raise _ClipError(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process and remove its folder."""
        self._end()
        self._files.cleanup()

    def _last_words(self) -> str:
        self._process.wait()
        lines = self._complaints.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"its process ended with {self._process.returncode}"


def _started(arguments: Sequence[str]) -> tuple[_Worker, dict[str, Any]]:
    """Start a worker and wait for its first line. Raises MachineError where this machine has no speech."""
    worker = _Worker(arguments)
    try:
        return worker, worker.answer(START_S)
    except _ClipError as failed:
        worker.close()
        raise MachineError(f"this machine has no voice ({failed}); {_REMEDY}") from failed


_REMEDY = "pip install espeakng-loader, or on Debian: apt install libespeak-ng1"


def _forward(lines: IO[str], answers: queue.SimpleQueue[str]) -> None:
    """Pass lines on, then an empty one: select() on pipes does not exist on Windows."""
    for line in lines:
        answers.put(line)
    answers.put("")


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            assert pipe is not None
            pipe.close()


def _finished(samples: Samples, rate_hz: int) -> Clip:
    """Trim, bring to 44.1 kHz and one loudness, and round to 16 bits as the cache does: new and cached are the same."""
    sound = resample(trimmed(samples, rate_hz), rate_hz, RATE_HZ)
    finished = as_pcm(normalized(sound, SPEECH_LUFS)).astype(np.float32) / np.float32(32768)
    finished.setflags(write=False)
    return Clip(finished)


def _unknown(voice: str) -> str:
    names = sorted({known["id"] for known in available_voices()})
    short = {name.rpartition("/")[2]: name for name in names}
    near = difflib.get_close_matches(voice.lower(), short, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    return f"no voice named {voice}: {hint}coach voices lists all {len(names)}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of the system"
