"""A sound and its scored phrases in, the scores with what another model thinks of them out.

Two small models that were taught differently seldom mistake one word for another in the same way. Moonshine hears
"house" in a kitchen as "help" (-0.1); Whisper is 7 nats surer of "house". And it knows many a "stop" and "pause" from
across a room of which Moonshine was not sure. What it is asked is little: how likely each of the best few phrases is,
beside what it would write itself in as many tokens. That is added to the phrase's own ratio (measured: all of it, at
most `MOST`). It takes some 0.1 s of a core for a word.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.models.whisper import Encoded, WhisperModel
from coach.hearing.recognition.scoring.prefix_tree import OTHER, Scores, best_first

PHRASES, RIVALS = 4, 1  # asked about, the best of each: with eight and two the same words are right
MOST = 8.0  # nats it may take from a phrase, and does from one that it was not asked about
AGREES = -1.0  # from here on no other view of the sound can add anything worth its time
WRITES = 6  # tokens of its own, no phrase has more words
HEARD_BEFORE = 4  # sounds: a word as it came and the views it is asked about
LASTS = round(4.0 * HEARING_HZ)
"""What is shorter is lengthened by silence: of 507 words 413 are right so, 400 at their own length, 409 at 8 s."""


@dataclass(slots=True, eq=False)
class EncodedSound:
    """A sound that the model has heard."""

    sound: Sound
    encoded: Encoded
    own: tuple[int, ...]
    """What it would write itself."""
    found: dict[str, float] = field(default_factory=dict)
    """Its opinion of what it was asked about: each phrase and rival is weighed once."""


class Rescorer:
    def __init__(self, model: WhisperModel | None = None) -> None:
        """Load the model. Raises MachineError where it is missing."""
        self._model = model or WhisperModel()
        self._tokens: dict[str, tuple[int, ...]] = {}
        self._before: deque[EncodedSound] = deque(maxlen=HEARD_BEFORE)

    def weighed(self, scores: Scores, sounds: Iterable[Sound], ways: Mapping[str, Sequence[str]]) -> Scores:
        """Return the scores with this opinion added.

        Args: sounds: views of what was scored, the plainest first; the later ones are only heard where the first does
        not agree. ways: how each phrase and rival may be written.
        """
        asked = _asked(scores)
        if not asked:
            return scores
        found = dict.fromkeys(scores.ratios, -MOST)
        for sound in sounds:
            for phrase, each in self._opinion(sound, asked, ways).items():
                found[phrase] = max(found[phrase], each)
            if found[asked[0]] >= AGREES:
                break
        ratios = {phrase: ratio + found[phrase] for phrase, ratio in scores.ratios.items()}
        return replace(scores, ratios=best_first(ratios))

    def _opinion(self, sound: Sound, asked: Sequence[str], ways: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """Return how much less likely each phrase is than what the model writes itself: 0 where it is the same."""
        listened = self.listen(sound)
        new = [(phrase, self._encode(way)) for phrase in asked if phrase not in listened.found for way in ways[phrase]]
        if new:
            listened.found.update(self._less_likely(listened, new))
        return {phrase: listened.found[phrase] for phrase in asked}

    def _less_likely(self, listened: EncodedSound, texts: Sequence[tuple[str, tuple[int, ...]]]) -> dict[str, float]:
        own = listened.own
        likely = self._model.log_p(listened.encoded, [*(tokens for _, tokens in texts), *([own] if own else [])])
        yardstick = [0.0, *accumulate(likely.pop())] if own else [0.0]
        found: dict[str, float] = {}
        for (phrase, tokens), each in zip(texts, likely, strict=True):
            less = min(0.0, sum(each) - yardstick[min(len(tokens), len(yardstick) - 1)])
            found[phrase] = max(less, found.get(phrase, -np.inf))
        return found

    def listen(self, sound: Sound) -> EncodedSound:
        """Return the sound as the model hears it; the last few sounds are not heard again.

        May be called from any thread, ahead of being asked.
        """
        for each in tuple(self._before):
            if each.sound is sound:
                return each
        encoded = self._model.begin(np.pad(sound, (0, max(0, LASTS - len(sound)))))
        listened = EncodedSound(sound, encoded, self._model.transcript(encoded, WRITES))
        self._before.append(listened)
        return listened

    def _encode(self, text: str) -> tuple[int, ...]:
        if text not in self._tokens:
            self._tokens[text] = self._model.pieces.encode(text)
        return self._tokens[text]


def _asked(scores: Scores) -> list[str]:
    """Return the phrases worth asking about, best first, and then the rivals."""
    phrases = [each for each in scores.ratios if each[0] != OTHER][:PHRASES]
    return [*phrases, *[each for each in scores.ratios if each[0] == OTHER][:RIVALS]] if phrases else []
