"""What the model's encoder made of a sound in, how like each word it is out: by what the same words were like before.

The decoder knows what people write, so a faint "pause" comes out as "oh". The encoder heard more than that: beside the
sounds of `scripts/make templates`, where nine synthetic voices say every phrase and some words that are none, it finds
714 of 841 commands in kitchens among eighteen. A word is its five fifths, each the mean of what the encoder made of it;
where it begins and ends is tried in a few places, for dishes sound beside it.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.hearing.recognition.models.moonshine import Floats
from coach.hearing.recognition.scoring.prefix_tree import OTHER, Scores, best_first

PARTS = 5
NEAREST = 3  # sounds of a word that count, of eighteen
LATER_S, SOONER_S = (0.0, 0.1), (-0.05, 0.0, 0.1, 0.2, 0.3, 0.4)
"""How much later it may begin and sooner end than the voice detector says; at its own times 615 of 841."""
SHORTEST_S = 0.15
KEEN = 20.0  # nats of a likeness: how much likelier a word is than another
BIAS, MOST = 4.0, 8.0
"""What is added to a ratio: the nats against all other words, and `BIAS`; at most so much either way. Of 864 commands
in kitchens (tuning voices and recordings; by floors and margins alone) 744 are right so and 43 wrong, without 687 and
44."""
FILE = Path(__file__).parent / "templates.npz"


class TemplateMatcher:
    def __init__(self, means: Mapping[str, object], path: Path = FILE) -> None:
        """Load what the words are like.

        Args: means: what each phrase stands for; those that stand for the same are not held against each other.
        """
        with np.load(path, allow_pickle=False) as file:
            self.words: tuple[str, ...] = tuple(file["words"].tolist())
            self._middle, self._spread = (file[name].astype(np.float32) for name in ("middle", "spread"))
            self._axes = file["axes"].astype(np.float32)
            self._sounds = _unit(file["sounds"].astype(np.float32))
        self._at = {word: at for at, word in enumerate(self.words)}
        meant = [means.get(word, word) for word in self.words]
        self._others = np.array([[other != own for other in meant] for own in meant])

    def weighed(self, scores: Scores, lasts_s: float, speech_s: tuple[float, float]) -> Scores:
        """Return the scores with what their sound is like added.

        Args: lasts_s, speech_s: the whole sound, and where in it somebody speaks. Without frames nothing is added.
        """
        if scores.frames is None:
            return scores
        alike = self.of(scores.frames, lasts_s, speech_s)
        ratios = {
            phrase: ratio + self._adds(phrase.removeprefix(OTHER), alike) for phrase, ratio in scores.ratios.items()
        }
        return replace(scores, ratios=best_first(ratios))

    def of(self, frames: Floats, lasts_s: float, speech_s: tuple[float, float]) -> Floats:
        """Return how like each word of `words` a sound is, -1 to 1.

        Args: frames: (T, width), what the encoder made of it. lasts_s, speech_s: as above.
        """
        begins_s, ends_s = speech_s
        spans = [(begins_s + later, ends_s - sooner) for later, sooner in product(LATER_S, SOONER_S)]
        fit = [span for span in spans if span[1] - span[0] >= SHORTEST_S] or [speech_s]
        a_second = len(frames) / lasts_s
        parts = np.stack([in_parts(frames, begin * a_second, end * a_second) for begin, end in fit])
        places = ((parts - self._middle) / self._spread).reshape(len(fit), -1) @ self._axes
        alike = (_unit(places) @ self._sounds.T).max(axis=0).reshape(len(self.words), -1)
        nearest: Floats = np.sort(alike, axis=1)[:, -NEAREST:].mean(axis=1)
        return nearest

    def _adds(self, word: str, alike: Floats) -> float:
        at = self._at.get(word)
        if at is None:
            return 0.0
        odds = KEEN * float(alike[at]) - float(np.logaddexp.reduce(KEEN * alike[self._others[at]]))
        return float(np.clip(odds + BIAS, -MOST, MOST))


def in_parts(frames: Floats, begin: float, end: float) -> Floats:
    """Return the mean of each fifth of the frames between two places, (`PARTS`, width)."""
    edges = np.clip(np.linspace(begin, end, PARTS + 1), 0, len(frames))
    firsts = np.minimum(edges[:-1].astype(int), len(frames) - 1)
    lasts = np.maximum(firsts + 1, np.ceil(edges[1:]).astype(int))
    parts: Floats = np.stack([frames[first:last].mean(axis=0) for first, last in zip(firsts, lasts, strict=True)])
    return parts


def _unit(rows: npt.NDArray[np.float32]) -> Floats:
    unit: Floats = rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return unit
