"""Decide from a word's scores which phrase was said, and how far the next one is behind."""

from collections.abc import Callable, Sequence

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.moonshine.own_words import Understood
from coach.hearing.recognition.scoring.fusion import ABSENT
from coach.hearing.recognition.scoring.prefix_tree import BEAM
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase

# `scripts/bench hearing --voices tuning` measures these constants, in nats.
RIVAL_HANDICAP = 0.5  # of two that fit equally well a phrase is likelier than a rival
NO_PHRASE = -10.0  # a phrase below this was not said, however far it leads
NO_NAME = -16.0  # the same for a person's name, where few others can be meant (`scripts/bench names`)
NO_PHRASE_AMID_TALK = -6.0  # the same for a word that rises above talk: it may be a stressed word of the talk
UNDERSTOOD = -1.0  # above this a final counts as understood, see `Heard.near`
CLEAR_LEAD = 1.5  # lead over every other command beyond doubt
NEAR = -8.0  # a safety word above this was perhaps meant


def decide(scores: Scores, piece: Piece, phrase_of: Callable[[str], Phrase], *, partial: bool) -> Heard | None:
    """Return the best phrase with its margin over the next command or rival; None if nothing was said.

    Args: phrase_of: returns the open phrase with this text.
    """
    ranked = [(phrase_of(text), ratio) for text, ratio in scores.ratios.items() if text[0] != RIVAL]
    ratio = ranked[0][1] if ranked else -BEAM
    best = ranked[0][0] if ranked and ratio > _least(ranked[0][0], piece) else None
    if best is None and not scores.text:
        return None
    return Heard(
        text=best.text if best else scores.text,
        command=best.command if best else None,
        value=best.value if best else None,
        confidence=round(ratio, 3),
        margin=round(ratio - _next_best(best, ranked, scores), 3) if best else 0.0,
        word_start_t=piece.speech_start_t,
        word_end_t=piece.speech_end_t,
        partial=partial,
        near=_near(ranked),
        transcript=scores.text,
    )


def _least(best: Phrase, piece: Piece) -> float:
    """Return the ratio below which a phrase was not said."""
    if piece.amid_talk:
        return NO_PHRASE_AMID_TALK
    return NO_NAME if best.names_person else NO_PHRASE


def own_words_heard(found: Understood, piece: Piece, transcript: str) -> Heard:
    """Return a sentence in her own words as what was heard."""
    return Heard(
        text=found.text,
        command=found.meaning.command,
        value=found.meaning.value,
        confidence=round(found.ratio, 3),
        margin=round(found.margin, 3),
        word_start_t=piece.speech_start_t,
        word_end_t=piece.speech_end_t,
        own_words=True,
        about=found.meaning.question,
        transcript=transcript,
    )


def something_else(piece: Piece) -> Heard:
    """Return the final for speech that is no phrase."""
    return Heard("", None, None, -BEAM, 0.0, piece.speech_start_t, piece.speech_end_t)


def _next_best(best: Phrase, ranked: Sequence[tuple[Phrase, float]], scores: Scores) -> float:
    """Return the best ratio of another meaning: another command, another number, a rival."""
    meant = (best.command, best.value)
    others = [ratio for phrase, ratio in ranked if (phrase.command, phrase.value) != meant]
    rivals = [ratio - RIVAL_HANDICAP for text, ratio in scores.ratios.items() if text[0] == RIVAL]
    return max((*others, *rivals), default=ABSENT)


def _near(ranked: Sequence[tuple[Phrase, float]]) -> Command | None:
    """Return the safety word that was perhaps meant; None if the best phrase fits beyond doubt."""
    if not ranked:
        return None
    best, ratio = ranked[0]
    rivals = [phrase.command for phrase, each in ranked if each > max(NEAR, ratio - CLEAR_LEAD)]
    if ratio > UNDERSTOOD and all(rival is best.command for rival in rivals):
        return None
    close = NEAR if ratio <= UNDERSTOOD else ratio - CLEAR_LEAD
    return next((phrase.command for phrase, each in ranked if phrase.command in SAFETY and each > close), None)
