"""Rescoring: add a second model's opinion of the best phrases (n-best rescoring with Whisper).

Two small models that were trained differently seldom confuse the same words. Whisper is asked about the few best
phrases alone: how likely is each, compared with its own transcript of as many tokens? That log-likelihood ratio is
added to the phrase's score.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from types import MappingProxyType

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.models.whisper import Encoded, WhisperModel
from coach.hearing.recognition.scoring.scores import RIVAL, Scores, best_first
from coach.hearing.vocabulary.normal import normal

# `scripts/bench hearing --voices tuning` measures these constants.
MOST_PHRASES, MOST_RIVALS = 4, 1  # that are rescored, and as many meanings; more change nothing
MOST_PENALTY = 8.0  # nats; also the penalty of a phrase that is not rescored
AGREES = -1.0  # from here on no other view can add anything worth its time
TRANSCRIPT_TOKENS = 6  # no phrase has more words
LONGEST_TOKENS = 14  # of a sentence in her own words
CACHED_SOUNDS = 4  # the original and the views of one word
NO_MEANINGS: Mapping[str, object] = MappingProxyType({})
PADDED_FRAMES = round(4.0 * HEARING_HZ)
"""Shorter sounds are padded with silence, which the model understands better."""


@dataclass(slots=True, eq=False)
class EncodedSound:
    """A sound that the model has encoded, and its opinions so far."""

    sound: Sound
    encoded: Encoded
    transcript: tuple[int, ...]
    """The model's own, to compare phrases with."""
    ratios: dict[str, float] = field(default_factory=dict)
    """Of each phrase and rival that was asked about."""


class Rescorer:
    """Whisper as a second opinion."""

    def __init__(self, model: WhisperModel | None = None) -> None:
        """Load the model. Raises MachineError if it is missing."""
        self._model = model or WhisperModel()
        self._tokens: dict[str, tuple[int, ...]] = {}
        self._cache: deque[EncodedSound] = deque(maxlen=CACHED_SOUNDS)

    def rescore(
        self,
        scores: Scores,
        sounds: Iterable[Sound],
        spellings: Mapping[str, Sequence[str]],
        meanings: Mapping[str, object] = NO_MEANINGS,
    ) -> Scores:
        """Return the scores with the second model's ratios added; the best of all sounds counts.

        Args: sounds: views of what was scored, the original first; later ones are only made if those before don't
        agree. spellings: of each phrase and rival. meanings: of phrases; one without stands for itself.
        """
        candidates = _candidates(scores, meanings)
        if not candidates:
            return scores
        added = dict.fromkeys(scores.ratios, -MOST_PENALTY)
        for sound in sounds:
            for phrase, ratio in self._ratios(sound, candidates, spellings).items():
                added[phrase] = max(added[phrase], ratio)
            if added[candidates[0]] >= AGREES:
                break
        ratios = {phrase: ratio + added[phrase] for phrase, ratio in scores.ratios.items()}
        return replace(scores, ratios=best_first(ratios))

    def _ratios(
        self, sound: Sound, candidates: Sequence[str], spellings: Mapping[str, Sequence[str]]
    ) -> dict[str, float]:
        """Return each candidate's log-likelihood ratio over the model's transcript, 0 where they are the same."""
        encoded = self.encode(sound)
        new = [
            (phrase, self._tokens_of(spelling))
            for phrase in candidates
            if phrase not in encoded.ratios
            for spelling in spellings[phrase]
        ]
        if new:
            encoded.ratios.update(self._new_ratios(encoded, new))
        return {phrase: encoded.ratios[phrase] for phrase in candidates}

    def _new_ratios(self, encoded: EncodedSound, texts: Sequence[tuple[str, tuple[int, ...]]]) -> dict[str, float]:
        longest = max(len(tokens) for _, tokens in texts)
        own = self._own_transcript(encoded, longest)[:longest]
        log_ps = self._log_ps(encoded, {tokens for _, tokens in texts} | ({own} if own else set()))
        yardstick = [0.0, *accumulate(log_ps[own])] if own else [0.0]
        ratios: dict[str, float] = {}
        for phrase, tokens in texts:
            ratio = min(0.0, sum(log_ps[tokens]) - yardstick[min(len(tokens), len(yardstick) - 1)])
            ratios[phrase] = max(ratio, ratios.get(phrase, -np.inf))
        return ratios

    def _log_ps(self, encoded: EncodedSound, texts: Set[tuple[int, ...]]) -> dict[tuple[int, ...], list[float]]:
        """Return each text's token log-probabilities. A text that another one begins with costs nothing."""
        asked = [text for text in texts if not any(text != each and each[: len(text)] == text for each in texts)]
        found = dict(zip(asked, self._model.log_p(encoded.encoded, asked), strict=True))
        return {text: next(found[each][: len(text)] for each in asked if each[: len(text)] == text) for text in texts}

    def transcript(self, sound: Sound) -> str:
        """Return the model's own transcript of a sentence, once: given a short sound the model repeats itself."""
        words = self._model.vocabulary.decode(self._own_transcript(self.encode(sound), LONGEST_TOKENS)).split()
        plain = [normal(word) for word in words]
        period = next(
            n for n in range(1, len(words) + 2) if all(plain[at] == plain[at % n] for at in range(n, len(words)))
        )
        return " ".join(words[:period])

    def _own_transcript(self, encoded: EncodedSound, tokens: int) -> tuple[int, ...]:
        """Return the model's own transcript, as long as a text that it is compared with: sentences are longer."""
        if len(encoded.transcript) == TRANSCRIPT_TOKENS < tokens:
            encoded.transcript = self._model.transcript(encoded.encoded, LONGEST_TOKENS)
        return encoded.transcript

    def encode(self, sound: Sound) -> EncodedSound:
        """Return the encoded sound, from the cache if it is one of the last few. Safe to call from any thread."""
        for each in tuple(self._cache):
            if each.sound is sound:
                return each
        encoded = self._model.encode(np.pad(sound, (0, max(0, PADDED_FRAMES - len(sound)))))
        made = EncodedSound(sound, encoded, self._model.transcript(encoded, TRANSCRIPT_TOKENS))
        self._cache.append(made)
        return made

    def _tokens_of(self, text: str) -> tuple[int, ...]:
        if text not in self._tokens:
            self._tokens[text] = self._model.vocabulary.encode(text)
        return self._tokens[text]


def _candidates(scores: Scores, meanings: Mapping[str, object]) -> list[str]:
    """Return the phrases to rescore, best first, then the rivals; nothing if there is no phrase.

    Phrases of one meaning must not crowd out another meaning: the best of each of the first few is among them.
    """
    phrases = [each for each in scores.ratios if each[0] != RIVAL]
    firsts: dict[object, str] = {}
    for each in phrases:
        firsts.setdefault(meanings.get(each, each), each)
    kept = {*phrases[:MOST_PHRASES], *islice(firsts.values(), MOST_PHRASES)}
    rivals = [each for each in scores.ratios if each[0] == RIVAL][:MOST_RIVALS]
    return [*(each for each in phrases if each in kept), *rivals] if phrases else []
