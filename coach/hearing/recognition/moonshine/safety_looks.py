"""Look for safety words while a segment grows, and report them as partial results.

A keyword spotter says when to look; the first model, the templates and, unless the spotter is sure, the second model
must agree with it. Where there is none, the safety phrases are scored every 0.1 s: two looks in a row
that agree, and survive rescoring, are reported.
"""

from collections.abc import Callable, Sequence
from functools import partial

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.moonshine.decision import counts_at_once, decide
from coach.hearing.recognition.moonshine.utterance import Utterance
from coach.hearing.recognition.scoring.cascade import CascadeScorer
from coach.hearing.recognition.scoring.phrase_trees import PhraseTrees
from coach.hearing.recognition.scoring.scores import Scores
from coach.hearing.recognition.spotting.spotter import Proposal, Spotter
from coach.hearing.vocabulary.commands import Command

# `scripts/bench hearing --voices tuning` measures these constants; `--live` what they cost.
LOOK_EVERY_S = 0.1
FIRST_LOOK_S, LAST_LOOK_S = 0.16, 1.5  # of speech: shorter is no word yet, longer is no safety word
SILENT_S = 0.08  # of silence: a first look from here on would only delay early scoring
LOOK_RATIO = -4.5  # nats that each look must reach before rescoring; a proposed word with the templates' opinion
BESIDE_SAFETY = frozenset({Command.READY})  # where it is open "start" is meant: a look must know it from "stop"
SURE = 0.7  # probability from which a proposal needs no second opinion


class SafetyLooks:
    """Looks for safety words in segments that go on."""

    def __init__(
        self,
        cascade: CascadeScorer,
        trees: PhraseTrees,
        safe: frozenset[Command],
        spotter: Spotter | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Join the parts.

        Args: safe: the safety words that the table has. spotter: proposes when to look.
        clock: looks are spaced by what they cost on it; without one by the sound alone.
        """
        self._cascade, self._trees, self._safe = cascade, trees, safe
        self._spotter, self._clock = spotter, clock

    def begin(self, piece: Piece) -> Utterance:
        """Return the utterance that begins with this piece."""
        spotted = self._spotter.begin(piece) if self._spotter else None
        return Utterance(piece.start_t, next_look_t=piece.speech_start_t + FIRST_LOOK_S, spotted=spotted)

    def look(self, utterance: Utterance, piece: Piece, opened: frozenset[Command]) -> Sequence[Heard]:
        """Look for a safety word, if it is time to; return it, and mark the utterance as reported, once it is sure.

        Args: piece: the newest, already among the utterance's parts. opened: the commands that are open.
        """
        looked_for = self._safe | (BESIDE_SAFETY & opened)
        if self._spotter:
            return self._spotted(self._spotter, utterance, piece, looked_for)
        return self._look(utterance, piece, looked_for) if _look_is_due(utterance, piece) else ()

    def _spotted(
        self, spotter: Spotter, utterance: Utterance, piece: Piece, looked_for: frozenset[Command]
    ) -> Sequence[Heard]:
        """Look for the safety word that the spotter proposes, if it proposes one; report it if the models agree."""
        if utterance.spotted is None or utterance.reported:
            return ()
        proposal = spotter.hear(utterance.spotted, piece, utterance.parts)
        heard = self._confirmed(utterance, piece, proposal, looked_for) if proposal else None
        utterance.reported = heard is not None
        return (heard,) if heard else ()

    def _confirmed(
        self, utterance: Utterance, piece: Piece, proposal: Proposal, looked_for: frozenset[Command]
    ) -> Heard | None:
        """Return what the models heard, if it is the proposed word; one that the spotter is sure of needs only one."""
        sure = proposal.probability >= SURE
        word = utterance.word(piece)
        scores = self._cascade.score_original(word, self._trees.of(looked_for), rescored=not sure)
        scores = self._cascade.matched_original(scores, word)
        heard = self._decide(piece, scores, looked_for)
        if heard is None or heard.command is not proposal.command or not heard.confidence > LOOK_RATIO:
            return None
        if sure and counts_at_once(heard):
            return heard
        heard = self._decide(piece, self._cascade.rescored_original(scores, word), looked_for)
        return heard if heard and heard.command is proposal.command and counts_at_once(heard) else None

    def _look(self, utterance: Utterance, piece: Piece, looked_for: frozenset[Command]) -> Sequence[Heard]:
        """Look for a safety word; report it if it is the second look in a row that sees it."""
        began = self._clock() if self._clock else 0.0
        heard = self._second_look(utterance, piece, looked_for)
        cost_s = self._clock() - began if self._clock else 0.0
        utterance.reported |= heard is not None
        # After a report there is less to gain, and the engine should be free when the segment ends.
        utterance.next_look_t = piece.end_t + max(LOOK_EVERY_S, (1 + utterance.reported) * cost_s)
        return (heard,) if heard else ()

    def _second_look(self, utterance: Utterance, piece: Piece, looked_for: frozenset[Command]) -> Heard | None:
        """Score the safety phrases; return the one that the last look saw too, if it survives rescoring."""
        word, tree = utterance.word(piece), self._trees.of(looked_for)
        again = utterance.last_look is not None
        scores = self._cascade.score_original(word, tree, LOOK_RATIO, rescored=again)
        heard = self._decide(piece, scores, looked_for)
        seen = heard.command if heard and heard.confidence > LOOK_RATIO and heard.command in self._safe else None
        agreed = seen is not None and seen == utterance.last_look
        utterance.last_look = seen
        if not agreed:
            return None
        near = self._trees.within_reach(scores, looked_for)
        heard = self._decide(piece, self._cascade.partial_scores(scores, word, near), looked_for)
        return heard if heard and heard.command is seen else None

    def _decide(self, piece: Piece, scores: Scores, looked_for: frozenset[Command]) -> Heard | None:
        return decide(scores, piece, partial(self._trees.phrase, commands=looked_for), partial=True)


def _look_is_due(utterance: Utterance, piece: Piece) -> bool:
    """Tell whether it is time for a look. After a silence early scoring is better, unless a second look is due."""
    silent = piece.end_t - piece.speech_end_t >= SILENT_S and not utterance.awaits_second_look
    long_enough = FIRST_LOOK_S <= piece.speech_s <= LAST_LOOK_S
    return piece.end_t >= utterance.next_look_t and long_enough and not silent
