"""Recognize phrases with Vosk, held to a grammar. The only file that imports vosk.

Misuse of the library ends the process. `GrammarRecognizer` offers only calls that can't: its grammar is checked first
and stays, and it belongs to one thread.
The grammar is a model of word pairs: any listed word may follow any other. So only a whole phrase counts.
The endpointer ends an utterance here, for Vosk's own endpoint comes later and hears no more (`scripts/bench hearing`).
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from coach.children import python
from coach.errors import CoachError, MachineError
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.engine import End, Piece, something_else
from coach.hearing.recognition.vosk.model import checked
from coach.hearing.recognition.vosk.thresholds import VOSK
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase, Table, check_words, load_table
from coach.sound.pcm import Pcm

UNKNOWN = "[unk]"
LOOK_FRAMES = HEARING_HZ // 10  # a partial result each 0.1 s: Vosk itself decodes in coarser steps
LOOKS = 2  # that must agree: partial results change
STRIPPED = 0.9  # highest confidence of a phrase with other sound around it: enough in quiet, not over the coach
NEAR_WORDS = 4  # longer remarks are talk, not a misheard safety word


class Model:
    """A loaded Vosk model. Recognizers may share it."""

    def __init__(self, folder: Path) -> None:
        """Load the model. Raises MachineError if that fails."""
        vosk, whole = _vosk(), checked(folder)
        vosk.SetLogLevel(-1)
        try:
            self.loaded = vosk.Model(str(whole))
        except Exception as error:  # vosk raises nothing narrower
            raise MachineError(f"{folder}: Vosk can't load this model; try: coach setup") from error

    def knows(self, word: str) -> bool:
        """Tell whether the vocabulary has this word. Vosk silently ignores others."""
        return bool(self.loaded.vosk_model_find_word(word) >= 0)


@dataclass(frozen=True, slots=True)
class TimedWord:
    """One recognized word with its times and confidence."""

    text: str
    start_s: float
    """Seconds of sound since this recognizer was made."""
    end_s: float
    confidence: float


class GrammarRecognizer:
    """Vosk's recognizer with one fixed grammar, for the thread that made it."""

    def __init__(self, model: Model, grammar: Iterable[str]) -> None:
        """Restrict recognition to these texts. Raises ValueError if the model knows no word of them."""
        texts = [text for text in dict.fromkeys(grammar) if any(model.knows(word) for word in text.split())]
        if not texts:
            raise ValueError("a grammar that contains no known words")
        # Vosk's JSON reader takes no \u escapes.
        self._inner = _vosk().KaldiRecognizer(model.loaded, float(HEARING_HZ), json.dumps(texts, ensure_ascii=False))
        self._inner.SetWords(True)
        self._thread = threading.get_ident()
        self._words: list[TimedWord] = []
        self.fed_s = 0.0

    def feed(self, samples: Pcm) -> None:
        """Take the next samples of an utterance."""
        self._check_thread()
        if self._inner.AcceptWaveform(np.ascontiguousarray(samples, dtype=np.int16).tobytes()):
            self._words += _words(self._inner.Result())  # Vosk's own endpoint, in a pause within the utterance
        self.fed_s += len(samples) / HEARING_HZ

    def look(self) -> str:
        """Return the partial result; it can still change."""
        self._check_thread()
        partial = str(json.loads(self._inner.PartialResult()).get("partial", ""))
        return " ".join([word.text for word in self._words] + partial.split())

    def finish(self) -> Sequence[TimedWord]:
        """End the utterance; return its words."""
        self._check_thread()
        words = [*self._words, *_words(self._inner.FinalResult())]
        self._words = []
        return words

    def forget(self) -> None:
        """Discard the utterance in progress."""
        self.finish()  # Vosk's Reset keeps sound not yet decoded, which would begin the next utterance

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("a Vosk recognizer belongs to the thread that made it")


@dataclass(slots=True)
class VoskUtterance:
    """The utterance in progress."""

    start_t: float
    fed_s: float
    """Seconds that the recognizer had been fed before."""
    waiting: list[Pcm] = field(default_factory=list)
    frames: int = 0
    seen: tuple[Command | None, int] = (None, 0)
    """The safety word of the last partial results, and how many in a row had it."""
    reported: set[Command] = field(default_factory=set)
    """Safety words already reported as partials."""


class VoskEngine:
    """The recognition engine on Vosk."""

    name = "vosk"
    thresholds = VOSK

    def __init__(self, table: Table, folder: Path | None) -> None:
        """Load the model and build the table's grammar.

        Raises MachineError if the model is missing or can't be loaded, InputError naming words that it does not know.
        """
        if folder is None:
            raise MachineError("Vosk's English model is not on this machine: coach setup fetches it")
        self.model = Model(folder)
        check_words(table, self.model.knows, f"Vosk's model {folder.name}")
        self._phrases = {phrase.text: phrase for phrase in reversed(table.phrases())}
        self._safe = {text: phrase for text, phrase in self._phrases.items() if phrase.command in SAFETY}
        self._recognizer = GrammarRecognizer(self.model, grammar(table, self.model.knows))
        self._utterance: VoskUtterance | None = None

    def expect(self, commands: frozenset[Command]) -> None:
        """Do nothing: the grammar stays the same for the whole session, and the policy knows what is open."""

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        """Feed a piece; return safety words as partials, and one final at the end of the segment."""
        utterance = self._begin(piece) if piece.first or self._utterance is None else self._utterance
        utterance.waiting.append(piece.samples)
        utterance.frames += len(piece.samples)
        if piece.end is None and utterance.frames < LOOK_FRAMES:
            return ()
        self._recognizer.feed(np.concatenate(utterance.waiting))
        utterance.waiting, utterance.frames = [], 0
        if piece.end is None:
            return self._look(utterance, piece)
        self._utterance = None
        final = self._final(utterance, piece)
        if final is None and utterance.reported:
            final = something_else(piece)
        return (final,) if final else ()

    def close(self) -> None:
        """Forget the utterance."""
        self._utterance = None

    def _begin(self, piece: Piece) -> VoskUtterance:
        if self._utterance is not None:
            self._recognizer.forget()
        self._utterance = VoskUtterance(piece.start_t, self._recognizer.fed_s)
        return self._utterance

    def _look(self, utterance: VoskUtterance, piece: Piece) -> Sequence[Heard]:
        """Return a safety word that the last two partial results agree on, once per utterance."""
        phrase = self._safe.get(self._recognizer.look())
        before, looks = utterance.seen
        seen = phrase.command if phrase else None
        utterance.seen = (seen, looks + 1 if seen == before else 1)
        if phrase is None or phrase.command in utterance.reported or utterance.seen[1] < LOOKS:
            return ()
        utterance.reported.add(phrase.command)
        # Vosk gives no confidence with a partial result.
        return (self._heard(phrase.text, phrase, 1.0, piece.speech_start_t, piece.speech_end_t, partial=True),)

    def _final(self, utterance: VoskUtterance, piece: Piece) -> Heard | None:
        """Return what was said; None where there is no word in it, or it went on too long."""
        words = self._recognizer.finish()
        if not words or piece.end is not End.SILENCE:
            return None
        inner = stripped(words)
        text = " ".join(word.text for word in inner or words)
        confidence = min(word.confidence for word in inner or words)
        if len(inner) < len(words):
            confidence = min(confidence, STRIPPED)
        shift = utterance.start_t - utterance.fed_s
        start, end = ((inner or words)[0].start_s + shift, (inner or words)[-1].end_s + shift)
        return self._heard(text, self._phrases.get(text), confidence, start, min(end, piece.end_t))

    def _heard(
        self, text: str, phrase: Phrase | None, confidence: float, start_t: float, end_t: float, partial: bool = False
    ) -> Heard:
        return Heard(
            text=text,
            command=phrase.command if phrase else None,
            value=phrase.value if phrase else None,
            confidence=confidence,
            margin=inf,
            word_start_t=round(start_t, 3),
            word_end_t=round(end_t, 3),
            partial=partial,
            near=None if phrase else _near(text, self._safe),
        )


def grammar(table: Table, knows: Callable[[str], bool]) -> list[str]:
    """Return the grammar: phrases, decoys whose every word the model knows, and Vosk's token for unknown words."""
    decoys = [decoy for decoy in map(normal, table.decoys) if all(knows(word) for word in decoy.split())]
    return [*(phrase.text for phrase in table.phrases()), *decoys, *([UNKNOWN] if knows(UNKNOWN) else [])]


def try_out(folder: Path) -> str | None:
    """Load a model and the shipped table in a process of its own; return what is wrong, None if nothing is."""
    command = python("-m", "coach.hearing.recognition.vosk.engine", str(folder))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1] if done.returncode == 1 and said else f"{folder}: a damaged model"


def _vosk() -> Any:
    try:
        import vosk
    except (ImportError, OSError, TypeError) as error:  # no wheel, no library, an unknown system
        raise MachineError(f"vosk can't be loaded ({error}): pip install vosk") from error
    return vosk


def _words(result: str) -> list[TimedWord]:
    found = json.loads(result).get("result", [])
    return [TimedWord(word["word"], word["start"], word["end"], word["conf"]) for word in found]


def stripped(words: Sequence[TimedWord]) -> Sequence[TimedWord]:
    """Return the words without unknown ones at both ends (breath, a chair)."""
    inside = [at for at, word in enumerate(words) if word.text != UNKNOWN]
    return words[inside[0] : inside[-1] + 1] if inside else []


def _near(text: str, safe: Mapping[str, Phrase]) -> Command | None:
    """Return a safety word that has a few other words around it."""
    if len(text.split()) > NEAR_WORDS:
        return None
    return next((phrase.command for said, phrase in safe.items() if f" {said} " in f" {text} "), None)


if __name__ == "__main__":
    try:
        VoskEngine(load_table(), Path(sys.argv[1]))
    except CoachError as problem:
        sys.exit(str(problem))
