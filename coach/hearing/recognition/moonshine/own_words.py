"""Understand what no phrase explains: parse the likeliest transcripts with the sentence templates, rescore what means.

Each transcript of the n-best list that means a command here is a candidate. Its ratio is how far it is behind the
model's own best transcript; the second model's opinion is added, as for a phrase.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from coach.hearing.recognition.augment.augmented_word import AugmentedWord
from coach.hearing.recognition.augment.views import View, dereverberated, original, sped_up, trimmed
from coach.hearing.recognition.scoring.agreement import Agreement
from coach.hearing.recognition.scoring.beam_search import BeamSearch
from coach.hearing.recognition.scoring.prefix_tree import PrefixTreeScorer
from coach.hearing.recognition.scoring.rescoring import AGREES, Rescorer
from coach.hearing.recognition.scoring.scores import Scores, best_first
from coach.hearing.recognition.scoring.spellings import capitalizations
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.sentences import Meaning, Sentences

# `scripts/bench hearing --scene paraphrases --voices tuning` measures these constants.
SEARCHED: tuple[View, ...] = (original, sped_up, trimmed)
"""The views whose transcripts are parsed."""
RESCORED: tuple[View, ...] = (original, dereverberated)
ALONE = 8.0  # nats: the lead of a meaning without another
FEWEST_WORDS = 2
"""A single word is the phrase table's: there rivals and templates speak against it. `scripts/bench hearing --scene
other_words` measures what one taken here costs."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence means, and how sure that is."""

    text: str
    """In its normal form, without fillers: as many words as speak for the meaning."""
    meaning: Meaning
    ratio: float
    """Nats behind the free transcripts of both models."""
    margin: float
    """Nats before the next meaning."""


class OwnWords:
    """Understands sentences in her own words."""

    def __init__(self, search: BeamSearch, scorer: PrefixTreeScorer, rescorer: Rescorer, sentences: Sentences) -> None:
        self._search, self._scorer, self._rescorer, self._sentences = search, scorer, rescorer, sentences

    def understand(self, word: AugmentedWord, transcript: str, commands: frozenset[Command]) -> Understood | None:
        """Return what was said, where it means one of these commands.

        Where both models write the same sentence, nothing else was said; other views are searched while they differ.

        Args: transcript: what the first model writes of it by itself.
        """
        agreement = Agreement(transcript, self._rescorer.transcript(word.sound(original)))
        if agreement.is_whole and not self._meaning(_sentence(agreement.transcript), commands):
            return None
        ratios, meanings = self._candidates(word, SEARCHED[:1] if agreement.is_settled else SEARCHED, commands)
        if max(ratios.values(), default=-ALONE) < AGREES:
            self._add_second(word, commands, ratios, meanings)
        if not ratios:
            return None
        scores = Scores("", True, best_first(ratios))
        spellings = {text: (text,) for text in ratios}
        rescored = self._rescorer.rescore(scores, map(word.sound, RESCORED), spellings).ratios
        return _best(rescored, meanings, self._sentences.grammar.fillers)

    def _meaning(self, text: str, commands: frozenset[Command]) -> Meaning | None:
        return self._sentences.meaning(text, commands) if len(text.split()) >= FEWEST_WORDS else None

    def _candidates(
        self, word: AugmentedWord, views: Sequence[View], commands: frozenset[Command]
    ) -> tuple[dict[str, float], dict[str, Meaning]]:
        """Return the ratio and the meaning of each transcript that has one; of all views the best ratio counts."""
        ratios: dict[str, float] = {}
        meanings: dict[str, Meaning] = {}
        for view in views:
            found = self._search.transcripts(word.sound(view))
            for each in found:
                text, ratio = _sentence(each.text), each.log_p - found[0].log_p
                meaning = self._meaning(text, commands)
                if meaning:
                    meanings[text] = meaning
                    ratios[text] = max(ratio, ratios.get(text, ratio))
            if max(ratios.values(), default=-ALONE) >= AGREES:
                break
        return ratios, meanings

    def _add_second(
        self,
        word: AugmentedWord,
        commands: frozenset[Command],
        ratios: dict[str, float],
        meanings: dict[str, Meaning],
    ) -> None:
        """Let the second model propose too: what its own transcript means, scored by the first model."""
        text = _sentence(self._rescorer.transcript(word.sound(original)))
        meaning = self._meaning(text, commands) if text not in ratios else None
        if meaning:
            scored = self._scorer.score(word.sound(original), self._scorer.tree(text)).ratios
            meanings[text] = meaning
            ratios |= {text: scored[text]} if text in scored else {}


def _sentence(text: str) -> str:
    """Return a transcript without punctuation, which says nothing here, and with the capitals of a sentence."""
    return capitalizations(normal(text))[0]


def _best(ratios: Mapping[str, float], meanings: Mapping[str, Meaning], fillers: Set[str]) -> Understood:
    text, ratio = next(iter(ratios.items()))
    meant = meanings[text]
    others: Sequence[float] = [each for other, each in ratios.items() if meanings[other].command is not meant.command]
    margin = min(ALONE, ratio - max(others, default=-ALONE - ALONE))
    said = " ".join(word for word in normal(text).split() if word not in fillers)
    return Understood(said, meant, ratio, margin)
