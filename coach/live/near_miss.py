"""Near misses: speech that was nearly a command. A soft "hm" says that it was not understood. Pure."""

from coach.hearing.policy.own_voice import JUST_SAID_S
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal

AGAIN_S = 10.0
"""Between two chimes: more often would nag."""


def is_near_miss(heard: Heard, verdict: Verdict, context: Context, thresholds: Thresholds) -> bool:
    """Tell whether a command that is open here was nearly understood, and not from the coach's own mouth."""
    if heard.partial or verdict.accepted or heard.command not in context.open:
        return False
    if verdict.reason is VerdictReason.MARGIN:
        return not _is_own_voice(heard, context)
    number = heard.command is Command.NUMBER and context.question != "routine"
    threshold = thresholds.command(heard.text, number=number)
    close = threshold.score_of(heard.confidence, heard.margin) >= threshold.score - thresholds.near_miss
    return verdict.reason is VerdictReason.LOW_CONFIDENCE and close and not _is_own_voice(heard, context)


def is_puzzling(heard: Heard, verdict: Verdict, context: Context) -> bool:
    """Tell whether something was said that is no command: not by the coach, and not perhaps a safety word."""
    if heard.partial or verdict.accepted or verdict.near or not heard.text:
        return False
    unknown = verdict.reason in (VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN)
    return unknown and not _is_own_voice(heard, context)


def _is_own_voice(heard: Heard, context: Context) -> bool:
    """Tell whether the coach has just said one of these words."""
    just = (text for text, begins, ends in context.coach_words if begins <= heard.word_end_t <= ends + JUST_SAID_S)
    said = {word for text in just for word in normal(text).split()}
    return bool(said & set(normal(heard.text).split()))


class NearMissChime:
    """The "hm" for near misses, limited to one in so many seconds."""

    def __init__(self) -> None:
        self._last_s = -AGAIN_S

    def may_sound(self, now_s: float) -> bool:
        """Tell whether it is time for one; then it counts as played."""
        if now_s - self._last_s < AGAIN_S:
            return False
        self._last_s = now_s
        return True
