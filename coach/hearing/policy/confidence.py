"""Hold what was heard against its engine's thresholds, at the moment it was heard in."""

from dataclasses import dataclass

from coach.hearing.policy.own_voice import over_coach
from coach.hearing.policy.verdict import Context, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import ANY, Threshold, Thresholds
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase

LONGEST_S, LONGER_PER_WORD_S = 0.9, 0.4
"""How long a phrase may take: a part of a longer sentence takes more. `scripts/bench hearing` measures it."""
BRIEF_S = 0.2
"""A sound no longer than this is a dish or a step more often than a word. `scripts/bench hearing` measures it."""


@dataclass(frozen=True, slots=True)
class ActedPartial:
    """The partial that was acted on last, until its final comes."""

    command: Command
    word_end_t: float
    over_coach: bool = False
    """The coach was speaking: its last words, still in the air, are in the final too and make it unsure."""


def doubt(
    thresholds: Thresholds, heard: Heard, phrase: Phrase, acted: ActedPartial | None, context: Context
) -> VerdictReason:
    """Tell whether it was heard well enough. Every comparison is written so that nan is refused."""
    threshold, over = _threshold(thresholds, heard, phrase, acted), over_coach(heard, context)
    lasts_s = heard.word_end_t - heard.word_start_t
    too_long = lasts_s > LONGEST_S + LONGER_PER_WORD_S * len(phrase.text.split())
    # What takes longer than its words must fit without its lead.
    score = heard.confidence if too_long else threshold.score_of(heard.confidence, heard.margin)
    if not score >= (threshold.over_coach if over else threshold.score):
        return VerdictReason.LOW_CONFIDENCE
    if not heard.confidence >= _least_confidence(thresholds, phrase, lasts_s, over=over):
        return VerdictReason.LOW_CONFIDENCE
    least = max(threshold.margin, _least_margin(thresholds, heard, phrase, acted, over=over))
    return VerdictReason.OK if heard.margin >= least else VerdictReason.MARGIN


def denies(thresholds: Thresholds, heard: Heard) -> bool:
    """Tell whether a final fits its own safety word so badly that it contradicts the partial before."""
    threshold = thresholds.final(heard.text, seen=False)
    return not threshold.score_of(heard.confidence, heard.margin) >= thresholds.denied_score


def _threshold(thresholds: Thresholds, heard: Heard, phrase: Phrase, acted: ActedPartial | None) -> Threshold:
    if heard.own_words and (sentence := thresholds.sentence(heard.text, safety=phrase.command in SAFETY)):
        return sentence
    if phrase.command in SAFETY and heard.goes_on:
        return thresholds.partial(phrase.text)
    if phrase.command in SAFETY:
        return thresholds.final(phrase.text, seen=acted is not None and acted.command is phrase.command)
    return thresholds.command(phrase.text, number=phrase.is_number, name=phrase.names_person)


def _least_confidence(thresholds: Thresholds, phrase: Phrase, lasts_s: float, *, over: bool) -> float:
    """Return how well it must fit whatever its margin: brief sounds, and residual echo, lead by chance."""
    brief = ANY if lasts_s >= BRIEF_S else thresholds.brief_over_coach if over else thresholds.brief_confidence
    echo = thresholds.echo_confidence if over and phrase.command not in SAFETY else ANY
    return max(brief, echo)


def _least_margin(
    thresholds: Thresholds, heard: Heard, phrase: Phrase, acted: ActedPartial | None, *, over: bool
) -> float:
    """Return the margin that the moment asks for: after an accepted partial, and over the coach."""
    safety = phrase.command in SAFETY
    if acted:
        return ANY if safety else thresholds.clear_margin
    return thresholds.safety_margin_over_coach if safety and over and not heard.goes_on else ANY
