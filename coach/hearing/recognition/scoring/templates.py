"""Compare a word with a stored template of each phrase (nearest class mean on discriminant axes).

The decoder prefers what people write, so a faint "pause" may come out as "oh". The encoder's output keeps more of it.
A template is the mean of many synthetic voices saying a word, near and far, in noise: every phrase has one of each kind
of synthesizer, and so have many other words. The axes are those in which words differ, and voices and rooms do not.
`scripts/make templates` makes both.
A word is mean-pooled in five parts. Several starts and ends are tried, for noise beside it moves its detected bounds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.hearing.recognition.models.moonshine import Floats
from coach.hearing.recognition.scoring.own_samples import HERS, OwnSamples, surely_hers
from coach.hearing.recognition.scoring.scores import RIVAL, Scores, best_first

# `scripts/bench hearing --voices tuning` measures these constants: words in kitchens.
PARTS = 5
START_SHIFTS_S, END_SHIFTS_S = (0.0, 0.1), (0.05, 0.0, -0.1, -0.2, -0.3, -0.4)
"""Tried corrections of the detector's start and end."""
SHORTEST_S = 0.15
NATS_PER_SIMILARITY = 30.0
BIAS, MOST_CHANGE = 4.0, 8.0
"""Nats added to the log-odds, and the most that a ratio changes either way."""
SURE_RATIO = -1.0
"""What is surely her word has at least this, though the models write something else: other phrases still compete."""
PROPOSED, PROPOSED_RATIO = 4, -9.0
"""So many of the open short words, those that sound most alike, have at least this ratio.

In noise the models write what is left of a word, "oh" for "pause", and put the word itself nowhere.
"""
PROPOSED_SIMILARITY, PROPOSED_ODDS = 0.5, -4.0
"""How alike a proposed word must be: by its cosine similarity, and by its log-odds."""
NEAR_SIMILARITY = 0.6
"""Cosine similarity from which a phrase may have been said, whatever the models write."""
SAFER = 1.0
"""Nats added to a safety word's log-odds: a wrong "stop" costs a pause, a missed one costs more."""
UNLIKE, UNLIKE_WORD = -2.0, -9.0
"""Log-odds below which an ordinary phrase was not said, however well the models write it.

One word keeps less of a voice than several do. Without it residual echo of "on your chair" was an "okay".
"""
FILE = Path(__file__).parent / "templates.npz"


class TemplateMatcher:
    """The nearest-mean classifier."""

    def __init__(
        self,
        meanings: Mapping[str, object],
        short: Iterable[str] = (),
        ordinary: Iterable[str] = (),
        safety: Iterable[str] = (),
        *,
        path: Path = FILE,
        added: Mapping[str, Floats] | None = None,
    ) -> None:
        """Load the templates.

        Args: meanings: of each phrase; phrases of one meaning do not compete. short: the words that noise leaves little
        of, which are proposed. ordinary: the phrases that are refused where they are not alike. safety: those that are
        preferred. added: words that are not in the file, each (sounds, `PARTS`, width), as `pooled`.
        """
        with np.load(path, allow_pickle=False) as file:
            words: list[str] = file["words"].tolist()
            self._middle, self._axes, places = (file[name].astype(np.float32) for name in ("middle", "axes", "places"))
        more = {word: sounds for word, sounds in (added or {}).items() if word not in words}
        self.words: tuple[str, ...] = (*words, *more)
        means = [_unit(self._features(sounds)).mean(axis=0) for sounds in more.values()]
        self._templates = _unit(_with_words(places, means))
        self._at = {word: at for at, word in enumerate(self.words)}
        self._own = OwnSamples()
        self._short, self._safety = frozenset(short), frozenset(safety)
        self._least_odds = {phrase: UNLIKE if " " in phrase else UNLIKE_WORD for phrase in ordinary}
        self.expect(())
        meant = [meanings.get(word, word) for word in self.words]
        self._others = np.array([[other != own for other in meant] for own in meant])

    def learn(self, hers: Mapping[str, Floats], pitch_hz: float | None = None) -> None:
        """Know her own samples from now on, instead of those before; words without templates are left out.

        Args: hers: of each word (samples, `PARTS`, width), as `pooled`. pitch_hz: of her voice.
        """
        known = {self._at[word]: samples for word, samples in hers.items() if word in self._at}
        self._own = OwnSamples({at: _unit(self._features(samples)) for at, samples in known.items()}, pitch_hz)

    @property
    def knows_her(self) -> bool:
        """Tell whether she has taught anything."""
        return bool(self._own.features)

    def expect(self, phrases: Iterable[str]) -> None:
        """Propose these phrases alone, and let her own samples speak for them alone: they are open."""
        self._open = frozenset(phrases)
        self._proposable = [at for at, word in enumerate(self.words) if word in self._open & self._short]

    def rescore(
        self, scores: Scores, duration_s: float, speech_s: tuple[float, float], pitch_hz: float | None = None
    ) -> Scores:
        """Return the scores with each word's log-odds added; unchanged if they hold no encoder output.

        Args: duration_s: of the whole sound. speech_s: where in it speech begins and ends. pitch_hz: of the voice.
        """
        if scores.encoded is None:
            return scores
        spans = self.spans(scores.encoded, duration_s, speech_s)
        alike, hers = self.similarities(spans), self._own.similarities(spans, pitch_hz)
        for at, own in hers.items():
            alike[at] = max(alike[at], own + HERS)
        ratios = {**scores.ratios, **self._proposed(scores, alike)}
        changed = {phrase: ratio + self._change(phrase.removeprefix(RIVAL), alike) for phrase, ratio in ratios.items()}
        if scores.ended and (sure := surely_hers(hers)) is not None and self.words[sure] in self._open:
            phrase = self.words[sure]
            changed[phrase] = max(changed.get(phrase, SURE_RATIO), SURE_RATIO)
        return replace(scores, ratios=best_first(changed))

    def refuses(self, phrase: str, scores: Scores, duration_s: float, speech_s: tuple[float, float]) -> bool:
        """Tell whether a phrase was not said, though the models write it; arguments as for `rescore`."""
        at = self._at.get(phrase) if phrase in self._least_odds else None
        if scores.encoded is None or at is None:
            return False
        return self._odds(at, self._likenesses(scores.encoded, duration_s, speech_s)) < self._least_odds[phrase]

    def is_near_open(self, scores: Scores, duration_s: float, speech_s: tuple[float, float]) -> bool:
        """Tell whether of all words an open phrase is most alike, and alike enough; arguments as for `rescore`."""
        if scores.encoded is None:
            return False
        alike = self._likenesses(scores.encoded, duration_s, speech_s)
        nearest = int(alike.argmax())
        return self.words[nearest] in self._open and float(alike[nearest]) >= NEAR_SIMILARITY

    def _proposed(self, scores: Scores, alike: Floats) -> dict[str, float]:
        """Return the phrases that sound most alike, each with the ratio that it has at least; none of longer talk."""
        if not scores.ended:
            return {}
        nearest = sorted(self._proposable, key=lambda at: -alike[at])[:PROPOSED]
        similar = [at for at in nearest if alike[at] >= PROPOSED_SIMILARITY and self._odds(at, alike) >= PROPOSED_ODDS]
        words = [self.words[at] for at in similar]
        return {word: max(PROPOSED_RATIO, scores.ratios.get(word, PROPOSED_RATIO)) for word in words}

    def _likenesses(self, encoded: Floats, duration_s: float, speech_s: tuple[float, float]) -> Floats:
        return self.similarities(self.spans(encoded, duration_s, speech_s))

    def similarities(self, spans: Floats) -> Floats:
        """Return the sound's cosine similarity to each of `words`, -1 to 1."""
        alike: Floats = (self._templates @ spans.T).max(axis=(0, 2))
        return alike

    def spans(self, encoded: Floats, duration_s: float, speech_s: tuple[float, float]) -> Floats:
        """Return the features of the sound between each of the starts and ends that are tried, (spans, axes).

        Args: encoded: (T, width). duration_s, speech_s: as for `rescore`.
        """
        start_s, end_s = speech_s
        spans = [(start_s + start, end_s + end) for start, end in product(START_SHIFTS_S, END_SHIFTS_S)]
        fit = [span for span in spans if span[1] - span[0] >= SHORTEST_S] or [speech_s]
        parts = np.stack([pooled_between(encoded, duration_s, start, end) for start, end in fit])
        return _unit(self._features(parts))

    def alike(self, one: Floats, other: Floats) -> float:
        """Return the cosine similarity of two sounds, each (`PARTS`, width), -1 to 1."""
        first, second = _unit(self._features(np.stack((one, other))))
        return float(first @ second)

    def _features(self, parts: Floats) -> Floats:
        """Return the features of sounds, (sounds, axes)."""
        features: Floats = (parts.reshape(len(parts), -1) - self._middle) @ self._axes
        return features

    def _change(self, word: str, alike: Floats) -> float:
        """Return what is added to a word's ratio: its log-odds, bounded; the worst for a phrase that is not alike."""
        at = self._at.get(word)
        if at is None:
            return 0.0
        odds = self._odds(at, alike)
        if odds < self._least_odds.get(word, -np.inf):
            return -MOST_CHANGE
        return float(np.clip(odds + BIAS, -MOST_CHANGE, MOST_CHANGE))

    def _odds(self, at: int, alike: Floats) -> float:
        """Return the log-odds of the word at this place against all words of another meaning; more for safety words."""
        others = float(np.logaddexp.reduce(NATS_PER_SIMILARITY * alike[self._others[at]]))
        safer = SAFER if self.words[at] in self._safety else 0.0
        return NATS_PER_SIMILARITY * float(alike[at]) - others + safer


def _with_words(places: Floats, added: Sequence[Floats]) -> Floats:
    """Return the places with more words, which are in the same place for every kind: (synthesizers, words, axes)."""
    of_every_kind = [np.broadcast_to(mean, (len(places), 1, len(mean))) for mean in added]
    return np.concatenate([places, *of_every_kind], axis=1)


def pooled_between(encoded: Floats, sound_s: float, start_s: float, end_s: float) -> Floats:
    """Return the mean of each fifth of a sound between two times, (`PARTS`, width).

    Args: encoded: (T, width), of the whole sound. sound_s: how long that is.
    """
    frames_a_second = len(encoded) / sound_s
    return pooled(encoded, start_s * frames_a_second, end_s * frames_a_second)


def pooled(encoded: Floats, start: float, end: float) -> Floats:
    """Return the mean of each fifth of the frames between two positions, (`PARTS`, width)."""
    edges = np.clip(np.linspace(start, end, PARTS + 1), 0, len(encoded))
    firsts = np.minimum(edges[:-1].astype(int), len(encoded) - 1)
    lasts = np.maximum(firsts + 1, np.ceil(edges[1:]).astype(int))
    parts: Floats = np.stack([encoded[first:last].mean(axis=0) for first, last in zip(firsts, lasts, strict=True)])
    return parts


def _unit(rows: npt.NDArray[np.float32]) -> Floats:
    unit: Floats = rows / np.maximum(1e-9, np.linalg.norm(rows, axis=-1, keepdims=True))
    return unit
