"""Decide from a word's scores which phrase was said, and how far the next one is behind."""

from collections.abc import Callable, Sequence

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.moonshine.own_words import Understood
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.scoring.fusion import ABSENT
from coach.hearing.recognition.scoring.prefix_tree import BEAM
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.vocabulary.commands import MILD, SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase
from coach.hearing.vocabulary.pronunciation import sound_of

# `scripts/bench hearing --voices tuning` measures these constants, in nats.
RIVAL_HANDICAP = 0.5  # of two that fit equally well a phrase is likelier than a rival
NO_PHRASE = -10.0  # a phrase below this was not said, however far it leads
NO_WORD_IN_QUIET = -6.0  # the same of an ordinary word where no noise excuses a bad fit
DOUBTED = -1.0  # an ordinary word below this gives way to another word that both models write
NO_NAME = -16.0  # the same for a person's name, where few others can be meant (`scripts/bench names`)
NO_PHRASE_AMID_TALK = -6.0  # the same for a word that rises above talk: it may be a stressed word of the talk
UNDERSTOOD = -1.0  # above this a final counts as understood, see `Heard.near`
CLEAR_LEAD = 1.5  # lead over every other command beyond doubt
MILDER_WITHIN = 6.5  # of a weak cry a safety word is meant in noise
NEAR = -8.0  # a safety word above this was perhaps meant
EARLY_RATIO, EARLY_MARGIN = -5.0, 4.0  # of a safety word that is likely enough to be reported early
SETTLED_RATIO, SETTLED_MARGIN = -8.5, 1.0  # nats of a safety word that no further view would change, and its lead
SETTLED_S = (0.2, 0.9)  # and how long it is: the policy asks more of a briefer one, and of one far longer


def decide(
    scores: Scores,
    piece: Piece,
    phrase_of: Callable[[str], Phrase],
    *,
    partial: bool,
    agreed: Callable[[], str] = str,
    quiet: bool = False,
) -> Heard | None:
    """Return the best phrase with its margin over the next command or rival; None if nothing was said.

    Args: phrase_of: returns the open phrase with this text. agreed: returns what both models write of it by themselves,
    nothing if they differ; it is asked only about a word in doubt. quiet: it stands clear of the noise.
    """
    scored = [(phrase_of(text), ratio) for text, ratio in scores.ratios.items() if text[0] != RIVAL]
    ranked = _mildest(scored, noisy=not (partial or quiet))
    ratio = ranked[0][1] if ranked else -BEAM
    best = ranked[0][0] if ranked and ratio > _least(ranked[0][0], piece, quiet=quiet) else None
    if best is None and not scores.text:
        return None
    return Heard(
        text=best.text if best else scores.text,
        command=best.command if best else None,
        value=best.value if best else None,
        confidence=round(ratio, 3),
        margin=round(ratio - _next_best(best, ranked, scores, agreed), 3) if best else 0.0,
        word_start_t=piece.speech_start_t,
        word_end_t=piece.speech_end_t,
        partial=partial,
        near=_near(scored),
        transcript=scores.text,
    )


def _mildest(scored: Sequence[tuple[Phrase, float]], *, noisy: bool) -> Sequence[tuple[Phrase, float]]:
    """Return the phrases without a weak cry, if a safety word is behind it: both hold, and the milder one is taken.

    Args: noisy: the safety word then fits as well as the cry: "ow" is what is left of "pause" in noise.
    """
    strong = [each for each in scored if not _is_weak_cry(*each)]
    if not strong or len(strong) == len(scored) or strong[0][0].command not in MILD:
        return scored
    (phrase, ratio), best = strong[0], scored[0][1]
    return [(phrase, best if noisy and best - ratio <= MILDER_WITHIN else ratio), *strong[1:]]


def _is_weak_cry(phrase: Phrase, ratio: float) -> bool:
    """Tell whether a safety word that other sounds are mistaken for fits too badly to count."""
    strict = MOONSHINE.confusable.get(phrase.text) if phrase.command in SAFETY else None
    return strict is not None and ratio < strict.score


def _least(best: Phrase, piece: Piece, *, quiet: bool) -> float:
    """Return the ratio below which a phrase was not said."""
    if piece.amid_talk:
        return NO_PHRASE_AMID_TALK
    if best.names_person:
        return NO_NAME
    return NO_WORD_IN_QUIET if quiet and _is_ordinary_word(best) else NO_PHRASE


def _is_ordinary_word(phrase: Phrase) -> bool:
    """Tell whether a phrase is a single word, no name and none for safety: many other words lie near."""
    return " " not in phrase.text and phrase.command not in SAFETY and not phrase.names_person


def suffices(heard: Heard, phrase: Phrase) -> bool:
    """Tell whether a phrase was heard well enough to count."""
    if phrase.command in SAFETY:
        least = MOONSHINE.final(phrase.text, seen=False)
    else:
        least = MOONSHINE.command(phrase.text, number=phrase.is_number, name=phrase.names_person)
    return least.reached(heard.confidence, heard.margin)


def counts_at_once(heard: Heard) -> bool:
    """Tell whether a safety word was heard well enough to count while its segment goes on."""
    return MOONSHINE.partial(heard.text).reached(heard.confidence, heard.margin)


def is_settled(heard: Heard | None, understood: Phrase | None) -> bool:
    """Tell whether a safety word was understood so that more views would only delay it.

    Args: understood: the phrase that was heard well enough to count.
    """
    if heard is None or understood is None or understood.command not in SAFETY:
        return False
    if heard.confidence < SETTLED_RATIO or heard.margin < SETTLED_MARGIN:
        return False
    return SETTLED_S[0] <= heard.word_end_t - heard.word_start_t <= SETTLED_S[1]


def is_likely(heard: Heard, *, clear: bool) -> bool:
    """Tell whether a safety word is likely enough to be reported early.

    Args: clear: further views would not change its scores.
    """
    return clear or (heard.confidence > EARLY_RATIO and heard.margin >= EARLY_MARGIN)


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


def _next_best(
    best: Phrase, ranked: Sequence[tuple[Phrase, float]], scores: Scores, agreed: Callable[[], str]
) -> float:
    """Return the best ratio of another meaning: another command, another number, a rival."""
    meant = (best.command, best.value)
    others = [ratio for phrase, ratio in ranked if (phrase.command, phrase.value) != meant]
    rivals = [ratio - RIVAL_HANDICAP for text, ratio in scores.ratios.items() if text[0] == RIVAL]
    doubted = _is_ordinary_word(best) and ranked[0][1] < DOUBTED
    if doubted and (written := agreed()) and sound_of(written) != sound_of(best.text):
        rivals.append(-RIVAL_HANDICAP)  # the transcript itself: nothing fits better
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
