"""Score a word in stages, and stop as soon as the result is clear.

The first stage scores the original with Moonshine and rescores it with Whisper. Where they disagree, or agree on what
is not like its template, the templates are asked. If the word is still unclear, it is scored again in its views.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from os import cpu_count

from coach.hearing.recognition.augment.augmented_word import AugmentedWord
from coach.hearing.recognition.augment.views import FEW_VIEWS, VIEWS, View, original
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.scoring.agreement import Agreement, is_long
from coach.hearing.recognition.scoring.fusion import ABSENT, fuse
from coach.hearing.recognition.scoring.prefix_tree import BEAM, Node, PrefixTreeScorer
from coach.hearing.recognition.scoring.rescoring import AGREES, Rescorer
from coach.hearing.recognition.scoring.scores import RIVAL, Scores, best_first
from coach.hearing.recognition.scoring.templates import TemplateMatcher

# `scripts/bench hearing --voices tuning` measures these constants: what ends otherwise with more stages.
AGREED_RATIO = -4.0  # above it a word on which both models agree is clear
CLEAR_RATIO, CLEAR_MARGIN = -2.0, 6.0
"""With the templates, a word is clear if it fits this well and leads every other by this much."""
OUT_OF_REACH = -12.0
"""Nats of the best phrase, with the templates, below which no view makes a command of it."""
THREADS = max(2, min(4, cpu_count() or 1))  # the models release Python's lock


@dataclass(frozen=True, slots=True, eq=False)
class CascadeResult:
    """The scores of a word after some of the stages."""

    word: AugmentedWord
    views: tuple[Scores, ...]
    """By Moonshine alone: the original, then the views."""
    scores: Scores
    """Of all views and stages."""
    clear: bool
    """Further views would not change the result."""


class CascadeScorer:
    """Runs the stages."""

    def __init__(
        self,
        scorer: PrefixTreeScorer,
        rescorer: Rescorer,
        templates: TemplateMatcher,
        spellings: Mapping[str, Sequence[str]],
        meanings: Mapping[str, object],
        *,
        parallel: bool,
    ) -> None:
        """Combine the scorers.

        Args: spellings: of each phrase and rival, for the rescorer. meanings: of each phrase; those of one meaning do
        not compete. parallel: run models on several cores; the second one then encodes some sounds in advance that are
        never asked about.
        """
        self._scorer, self._rescorer, self._templates = scorer, rescorer, templates
        self._spellings, self._meanings = spellings, meanings
        self._pool = ThreadPoolExecutor(THREADS) if parallel else None

    def close(self) -> None:
        """End the threads."""
        if self._pool:
            self._pool.shutdown()

    def score(self, word: AugmentedWord, tree: Node) -> CascadeResult:
        """Run every stage but the views: a third of the work, and enough for most words."""
        scores = self.score_original(word, tree)
        rescored = self.rescored_original(scores, word)
        if self._agree(scores, rescored) and not self._refused(rescored, word):
            return CascadeResult(word, (scores,), rescored, clear=True)
        matched = self._match_templates(rescored, word)
        clear = self._is_clear(matched) or self._is_out_of_reach(word, scores, matched)
        return CascadeResult(word, (scores,), matched, clear=clear)

    def add_views(self, result: CascadeResult, tree: Node, rescored: Sequence[View], *, upto: int) -> CascadeResult:
        """Return an unclear result with more of `VIEWS` scored; a clear one as it is.

        Args: rescored: the views that the second model hears too. upto: how many of the views.
        """
        if result.clear:
            return result
        word = result.word
        jobs = [partial(self._score, word, view, tree) for view in VIEWS[len(result.views) - 1 : upto]]
        views = (*result.views, *self._run(jobs, rescored, word))
        sounds = map(word.sound, (original, *rescored))
        scores = self._match_templates(self._rescored(fuse(views), sounds), word)
        return CascadeResult(word, views, scores, clear=self._is_clear(scores))

    def score_original(self, word: AugmentedWord, tree: Node, least: float = -BEAM, *, rescored: bool = True) -> Scores:
        """Score a word as it came with Moonshine alone, down to the ratio `least`.

        Args: rescored: the second model will be asked about it.
        """
        sound = word.sound(original)  # made before the threads start: both models must get the same array
        score = partial(self._scorer.score, sound, tree, least)
        (scores,) = self._run([score], [original] if rescored else (), word)
        return scores

    def rescored_original(self, scores: Scores, word: AugmentedWord) -> Scores:
        """Return the scores of `score_original` with the second model's opinion added."""
        return self._rescored(scores, (word.sound(original),))

    def matched_original(self, scores: Scores, word: AugmentedWord) -> Scores:
        """Return the scores of `score_original` with the templates' opinion of the same phrases added."""
        found = self._match_templates(scores, word).ratios
        return replace(scores, ratios=best_first({each: found[each] for each in scores.ratios}))

    def partial_scores(self, scores: Scores, word: AugmentedWord, tree: Node) -> Scores:
        """Return the scores of a word that may go on, from those of `score_original`: rescored, with a few views."""
        if _best(scores)[1] > AGREED_RATIO:
            rescored = self.rescored_original(scores, word)
            if self._agree(scores, rescored):
                return rescored
        views = self._run([partial(self._score, word, view, tree) for view in VIEWS[:FEW_VIEWS]], (), word)
        return self._rescored(fuse([scores, *views]), (word.sound(original),))

    def agreed_transcript(self, result: CascadeResult) -> str:
        """Return what both models write of a word by themselves, in its normal form; empty where they differ."""
        return self._agreement(result.word, result.views[0]).transcript

    def _agreement(self, word: AugmentedWord, scores: Scores) -> Agreement:
        return Agreement(scores.text, self._rescorer.transcript(word.sound(original)))

    def _rescored(self, scores: Scores, sounds: Iterable[Sound]) -> Scores:
        return self._rescorer.rescore(scores, sounds, self._spellings, self._meanings)

    def _match_templates(self, scores: Scores, word: AugmentedWord) -> Scores:
        pitch_hz = word.pitch_hz if self._templates.knows_her else None
        return self._templates.rescore(scores, word.sound_s, word.speech_s, pitch_hz)

    def _refused(self, scores: Scores, word: AugmentedWord) -> bool:
        """Tell whether the templates speak against what the models agree on: both may write what people say most."""
        return self._templates.refuses(_best(scores)[0] or "", scores, word.sound_s, word.speech_s)

    def _score(self, word: AugmentedWord, view: View, tree: Node) -> Scores:
        return self._scorer.score(word.sound(view), tree)

    def _run(self, jobs: Sequence[Callable[[], Scores]], encoded: Sequence[View], word: AugmentedWord) -> list[Scores]:
        """Run the jobs; return their results in order.

        Args: encoded: the views that the second model encodes meanwhile, if there are threads for it.
        """
        if self._pool is None:
            return [job() for job in jobs]
        first = self._pool.submit(jobs[0])
        encodings = [self._pool.submit(self._encode, word, view) for view in encoded]
        others = [self._pool.submit(job) for job in jobs[1:]]
        wait(encodings)
        return [each.result() for each in (first, *others)]

    def _agree(self, scores: Scores, rescored: Scores) -> bool:
        """Tell whether the best phrase fits well and its meaning stays the best, almost undiminished, rescored."""
        (phrase, before), (same, after) = _best(scores), _best(rescored)
        return before > AGREED_RATIO and self._meant(phrase) == self._meant(same) and after - before >= AGREES

    def _is_clear(self, scores: Scores) -> bool:
        """Tell whether the best phrase fits well and leads every other meaning."""
        phrase, ratio = _best(scores)
        meant = self._meant(phrase)
        margin = ratio - next((each for text, each in scores.ratios.items() if self._meant(text) != meant), ABSENT)
        return phrase is not None and phrase[0] != RIVAL and ratio >= CLEAR_RATIO and margin >= CLEAR_MARGIN

    def _is_out_of_reach(self, word: AugmentedWord, scores: Scores, matched: Scores) -> bool:
        """Tell whether it is surely no phrase: neither models nor templates have one near, and the models agree.

        The second model is asked last: its transcript costs most.
        """
        if matched.ratios and _best(matched)[1] >= OUT_OF_REACH:
            return False
        if is_long(scores.text):
            return True
        near = self._templates.is_near_open(scores, word.sound_s, word.speech_s)
        return not near and self._agreement(word, scores).is_settled

    def _meant(self, text: str | None) -> object:
        """Return a phrase's meaning; a rival stands for itself."""
        return self._meanings.get(text, text) if text else None

    def _encode(self, word: AugmentedWord, view: View) -> None:
        self._rescorer.encode(word.sound(view))


def _best(scores: Scores) -> tuple[str | None, float]:
    """Return the likeliest phrase or rival, and its ratio."""
    return next(iter(scores.ratios.items()), (None, -BEAM))
