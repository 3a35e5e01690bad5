"""Speak with the system's voice, through pyttsx3 in a worker process (`worker`)."""

import difflib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from coach.errors import InputError, MachineError
from coach.sound.clip import Clip
from coach.sound.pcm import Samples
from coach.sound.wav import read_wav
from coach.speech.finishing import PIPELINE, finished
from coach.speech.languages import is_english
from coach.speech.process import START_S, ClipError, Worker
from coach.speech.spelling import as_spoken, edition
from coach.speech.versions import version

DEFAULT_VOICE = "en-us"
ENGINE_RATE = 150  # as espeak counts words a minute
WORDS_A_MINUTE = 171.0  # of usual sentences at that rate, as one counts them
SLOWEST = 80  # of espeak; what is slower it says at this rate
ATTEMPTS = 3  # each in a fresh process
CLIP_S = 15.0  # a worker that is silent for longer hangs


class SystemVoice:
    """A voice of this machine at one rate of its engine. May be used from any thread; its worker starts when needed.

    Raises InputError (at the first clip) for a voice that does not exist, with the nearest names.
    """

    def __init__(self, voice: str = DEFAULT_VOICE, rate: int = ENGINE_RATE, language: str = "en") -> None:
        """Args: language: of the sentences. A voice of another one is refused."""
        self._voice, self._rate, self._language = voice, rate, language
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    @property
    def name(self) -> str:
        """Return the name it was asked for by."""
        return self._voice

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips; asks no worker."""
        engine = f"pyttsx3 {version('pyttsx3')}, espeak {version('espeakng-loader')}"
        return f"{engine}, {self._voice}, {self._rate}, lexicon {edition()}, pipeline {PIPELINE}"

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip, trimmed and at one loudness. Raises MachineError naming the text that failed."""
        with self._lock, ThreadPoolExecutor(1) as finishing:  # one clip is finished while the next is spoken
            clips = [finishing.submit(finished, *self._spoken_surely(text)) for text in texts]
            return [clip.result() for clip in clips]

    def at_rate(self, words_a_minute: float) -> "SystemVoice":
        """Return this voice at another rate, in a process of its own. espeak goes no slower than 91 words a minute."""
        rate = max(SLOWEST, round(words_a_minute * ENGINE_RATE / WORDS_A_MINUTE))
        return SystemVoice(self._voice, rate, self._language)

    def close(self) -> None:
        """End the worker; a later clip would start another."""
        with self._lock:
            self._drop_worker()

    def _spoken_surely(self, text: str) -> tuple[Samples, int]:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                return self._spoken(text)
            except ClipError as failed:
                reason = str(failed)
                self._drop_worker()
        raise MachineError(f'the voice {self._voice} could not say "{text}" ({reason}); coach voices lists others')

    def _spoken(self, text: str) -> tuple[Samples, int]:
        """Return what the worker said, before any work on it."""
        worker = self._worker = self._worker or self._start()
        path = worker.folder / "clip.wav"
        path.unlink(missing_ok=True)
        worker.ask(text=as_spoken(text), path=str(path))
        worker.answer(CLIP_S + 0.1 * len(text))
        try:
            samples, rate_hz = read_wav(path)
        except InputError as error:  # no file, or an empty one: the losses of pyttsx3
            raise ClipError(str(error)) from error
        if not samples.any():
            raise ClipError("nothing but silence")
        return samples, rate_hz

    def _start(self) -> "Worker":
        worker, answer = _started([self._voice, str(self._rate), self._language])
        if "unknown" in answer:
            worker.close()
            raise InputError(_unknown(self._voice))
        if "foreign" in answer:
            worker.close()
            raise InputError(_foreign(self._voice, answer["foreign"]))
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


def _started(arguments: Sequence[str]) -> tuple[Worker, dict[str, Any]]:
    """Start a worker and wait for its first line. Raises MachineError where this machine has no speech."""
    worker = Worker("coach.speech.worker", arguments)
    try:
        return worker, worker.answer(START_S)
    except ClipError as failed:
        worker.close()
        raise MachineError(f"this machine has no voice ({failed}); {_REMEDY}") from failed


_REMEDY = "pip install espeakng-loader, or on Debian: apt install libespeak-ng1"


def _foreign(voice: str, language: str) -> str:
    """Name the English voices; another would read the coach's sentences by the rules of its own language."""
    english = {known["language"] for known in available_voices() if is_english(known["language"])}
    named = ", ".join(sorted(english)) or "none on this machine"
    return f"the voice {voice} speaks {language}, but the coach's sentences are English; English voices: {named}"


def _unknown(voice: str) -> str:
    names = sorted({known["id"] for known in available_voices()})
    short = {name.rpartition("/")[2]: name for name in names}
    near = difflib.get_close_matches(voice.lower(), short, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    return f"no voice named {voice}: {hint}coach voices lists all {len(names)}"
