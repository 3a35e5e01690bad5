"""The thresholds of an engine: the score and the margin that a phrase must reach before it counts.

Each engine scores on a scale of its own, so each brings its own values; the policy applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

ANY = float("-inf")
"""A threshold that every score and every margin reaches."""
MOST_MARGIN = 8.0
"""The part of a margin that adds to a score: what lies above adds nothing."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least that is accepted, on the engine's own scale."""

    score: float
    """Of the confidence and the weighted margin, while the coach is silent."""
    margin: float
    over_coach: float
    """The score while the coach speaks."""
    margin_weight: float = 0.0
    """How much of the margin adds to the confidence."""

    def score_of(self, confidence: float, margin: float) -> float:
        """Return a phrase's score: its confidence, and its lead over the next phrase as far as that counts."""
        return confidence + self.margin_weight * min(MOST_MARGIN, margin)

    def reached(self, confidence: float, margin: float) -> bool:
        """Tell whether a phrase has the score and the margin that count while the coach is silent; nan has neither."""
        return self.score_of(confidence, margin) >= self.score and margin >= self.margin


@dataclass(frozen=True, slots=True)
class ByLength:
    """A threshold for one word, another for several: longer phrases score lower and are confused less."""

    one_word: Threshold
    several_words: Threshold

    def of(self, phrase: str) -> Threshold:
        """Return the threshold of a phrase in its normal form."""
        return self.several_words if len(phrase.split()) > 1 else self.one_word


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All that the policy asks of one engine. `scripts/bench hearing` measures the values."""

    ordinary: ByLength
    """Of a command that is no safety word."""
    safety_final: ByLength
    """Of a safety word at its segment's end, or that has ended (`Heard.ended`)."""
    safety_partial: ByLength
    """Of a safety word while its segment still goes on."""
    number: ByLength
    """Of a number, which is only open as an answer."""
    name: ByLength | None = None
    """Of a person's name, which is only open where it is asked for; None: an ordinary phrase's."""
    name_again: Threshold | None = None
    """Of a name that was the nearest in the answer before too; None: being said again adds nothing."""
    confusable: Mapping[str, Threshold] = field(default_factory=dict)
    """Of phrases that other sounds are mistaken for, in place of their ordinary one."""
    own_words: tuple[Threshold, ...] = ()
    """Of a sentence in her own words: of two words, of three, and so on, the last of all longer ones.

    The longer a sentence is, the less likely it means something by chance. Empty: the engine understands none.
    """
    own_words_safety: tuple[Threshold, ...] = ()
    """The same where it means a safety word."""
    denied_score: float = ANY
    """A final below it contradicts its own partial; one above it confirms it."""
    clear_margin: float = ANY
    """From here on another command's final takes a partial back, and is acted on."""
    brief_confidence: float = ANY
    """The least confidence of a very short sound, whatever its margin."""
    brief_over_coach: float = ANY
    """The same while the coach speaks."""
    echo_confidence: float = ANY
    """The least confidence of an ordinary command while the coach speaks: residual echo may lead by chance."""
    safety_margin_over_coach: float = ANY
    """The margin of a safety word's final over the coach, where no partial came before."""
    near_miss: float = 0.0
    """What scores at most so much below its threshold was perhaps meant."""

    def command(self, phrase: str, *, number: bool = False, name: bool = False) -> Threshold:
        """Return the threshold of an ordinary phrase in its normal form.

        Args: number: it answers a question for a number. name: it says who is training.
        """
        if name and self.name:
            return self.name.of(phrase)
        return self.number.of(phrase) if number else self.confusable.get(phrase, self.ordinary.of(phrase))

    def partial(self, phrase: str) -> Threshold:
        """Return the threshold of a safety word's partial."""
        return self.confusable.get(phrase, self.safety_partial.of(phrase))

    def sentence(self, text: str, *, safety: bool) -> Threshold | None:
        """Return the threshold of a sentence in her own words; None if the engine understands none."""
        by_words = self.own_words_safety if safety else self.own_words
        beyond_two = max(0, len(text.split()) - 2)
        return by_words[min(beyond_two, len(by_words) - 1)] if by_words else None

    def final(self, phrase: str, *, seen: bool) -> Threshold:
        """Return the threshold of a safety word's final.

        Args: seen: a partial of it was accepted, so its final needs only not to contradict that.
        """
        threshold = self.confusable.get(phrase, self.safety_final.of(phrase))
        if not seen:
            return threshold
        score, over_coach = (min(each, self.denied_score) for each in (threshold.score, threshold.over_coach))
        return replace(threshold, score=score, over_coach=over_coach)


_NONE = Threshold(score=ANY, margin=ANY, over_coach=ANY)
ACCEPT_ALL = Thresholds(
    ordinary=ByLength(_NONE, _NONE),
    safety_final=ByLength(_NONE, _NONE),
    safety_partial=ByLength(_NONE, _NONE),
    number=ByLength(_NONE, _NONE),
)
"""For ears that can't mishear: words given as text."""
