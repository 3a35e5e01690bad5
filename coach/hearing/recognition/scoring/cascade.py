"""A word's sound and a tree of phrases in, how well each fits out: by both models and in several views.

Where the second model hears what the first one does, or what the sound is like leaves no doubt, the word is clear and
that is all. Where not, other views are scored too, the second model is asked about those, and at a word's end it counts
what the sound is like.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from os import cpu_count

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import AugmentedWord
from coach.hearing.recognition.augment.views import FEW_VIEWS, VIEWS, View, as_it_came
from coach.hearing.recognition.scoring.prefix_tree import ABSENT, OTHER, REACH, Node, Scorer, Scores, joined
from coach.hearing.recognition.scoring.rescoring import AGREES, Rescorer
from coach.hearing.recognition.scoring.templates import TemplateMatcher

AGREED = -4.0  # above it, and with the second model, a word needs no other view
FITS, AHEAD = -2.0, 6.0
"""With what it sounds like, a word that fits so well and is so far ahead of every other needs no other view either:
half of those on which the models do not agree. Of 2,138 words and noises six end otherwise so, five of them right
(tuning voices and recordings; in quiet, in kitchens, over the coach)."""
AT_ONCE = max(2, min(4, cpu_count() or 1))  # things done, where she waits: the models let go of Python's lock


@dataclass(frozen=True, slots=True, eq=False)
class CascadeResult:
    """What is known of a word so far."""

    sounds: AugmentedWord
    views: tuple[Scores, ...]
    """By the first model alone: as it came, then in other views."""
    scores: Scores
    """Of all views, with the second opinion; where that differs, with what the sound is like too."""
    clear: bool
    """No other view would change it."""


class CascadeScorer:
    def __init__(
        self,
        scorer: Scorer,
        opinion: Rescorer,
        likeness: TemplateMatcher,
        ways: Mapping[str, Sequence[str]],
        *,
        at_once: bool,
    ) -> None:
        """Join both models and what sounds are like.

        Args: ways: how each phrase and rival may be written. at_once: several things at a time, on as many cores; some
        of what the second model hears then is not asked about.
        """
        self._scorer, self._opinion, self._likeness, self._ways = scorer, opinion, likeness, ways
        self._pool = ThreadPoolExecutor(AT_ONCE) if at_once else None

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown()

    def as_it_came(self, sounds: AugmentedWord, tree: Node) -> CascadeResult:
        """Return all there is to know of a word without other views: a third of the work, and enough for most."""
        scores = self.begin(sounds, tree)
        weighed = self._opinion.weighed(scores, (sounds(as_it_came),), self._ways)
        if _agree(scores, weighed):
            return CascadeResult(sounds, (scores,), weighed, clear=True)
        alike = self._alike(weighed, sounds)
        return CascadeResult(sounds, (scores,), alike, clear=_is_beyond_doubt(alike))

    def with_views(self, known: CascadeResult, tree: Node, asked: Sequence[View], *, upto: int) -> CascadeResult:
        """Return what is known with more of `VIEWS`, where it is not clear without.

        Args: asked: those that the second model is asked about. upto: how many of the views.
        """
        if known.clear:
            return known
        sounds = known.sounds
        jobs = [partial(self._score, sounds, view, tree) for view in VIEWS[len(known.views) - 1 : upto]]
        views = (*known.views, *self._scored(jobs, asked, sounds))
        heard = map(sounds, (as_it_came, *asked))
        scores = self._alike(self._opinion.weighed(joined(views), heard, self._ways), sounds)
        return CascadeResult(sounds, views, scores, clear=_is_beyond_doubt(scores))

    def begin(self, sounds: AugmentedWord, tree: Node, worth: float = -REACH, *, ask: bool = True) -> Scores:
        """Score a sound as it came, down to this `worth`.

        Args: ask: the second model will be asked about it.
        """
        sound = sounds(as_it_came)  # made before the threads, so that both models are given the same one
        score = partial(self._scorer.score, sound, tree, worth)
        (scores,) = self._scored([score], [as_it_came] if ask else (), sounds)
        return scores

    def so_far(self, scores: Scores, sounds: AugmentedWord, tree: Node) -> Scores:
        """Return what there is to know of what may be a word or the beginning of one, from its scores as it came on."""
        if _best(scores)[1] > AGREED:
            weighed = self._opinion.weighed(scores, (sounds(as_it_came),), self._ways)
            if _agree(scores, weighed):
                return weighed
        more = self._scored([partial(self._score, sounds, view, tree) for view in VIEWS[:FEW_VIEWS]], (), sounds)
        return self._opinion.weighed(joined([scores, *more]), (sounds(as_it_came),), self._ways)

    def _alike(self, scores: Scores, sounds: AugmentedWord) -> Scores:
        return self._likeness.weighed(scores, len(sounds(as_it_came)) / HEARING_HZ, sounds.speech_s)

    def _score(self, sounds: AugmentedWord, view: View, tree: Node) -> Scores:
        return self._scorer.score(sounds(view), tree)

    def _scored(
        self, jobs: Sequence[Callable[[], Scores]], ahead: Sequence[View], sounds: AugmentedWord
    ) -> list[Scores]:
        """Return what comes of these jobs, in order.

        Args: ahead: where there are threads for it, the second model hears these views meanwhile.
        """
        if self._pool is None:
            return [job() for job in jobs]
        first = self._pool.submit(jobs[0])
        listening = [self._pool.submit(self._listen, sounds, view) for view in ahead]
        others = [self._pool.submit(job) for job in jobs[1:]]
        wait(listening)
        return [each.result() for each in (first, *others)]

    def _listen(self, sounds: AugmentedWord, view: View) -> None:
        self._opinion.listen(sounds(view))


def _agree(scores: Scores, weighed: Scores) -> bool:
    """Tell whether the second opinion leaves the best phrase where it was, and that fits."""
    (phrase, ratio), (same, after) = _best(scores), _best(weighed)
    return ratio > AGREED and phrase == same and after - ratio >= AGREES


def _is_beyond_doubt(scores: Scores) -> bool:
    phrase, ratio = _best(scores)
    ahead = ratio - max(islice(scores.ratios.values(), 1, None), default=ABSENT)
    return phrase is not None and phrase[0] != OTHER and ratio >= FITS and ahead >= AHEAD


def _best(scores: Scores) -> tuple[str | None, float]:
    """Return the likeliest phrase or rival, and its ratio."""
    return next(iter(scores.ratios.items()), (None, -REACH))
