"""Answer what was not understood with a soft "hm", so that every word to the coach is answered. Pure.

Others may be talking, or a television: who says so much that is no command gets a "hm" once a minute.
"""

from collections import deque

from coach.hearing.policy.own_voice import JUST_SAID_S
from coach.hearing.policy.policy import WHO, Policy
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.timeline.numbers import spoken

AGAIN_S = 1.5
"""Between two chimes: one for each thing she says."""
OFTEN, OFTEN_WITHIN_S = 3, 60.0
"""After so many in that time somebody talks who does not mean the coach."""
SHORTEST_S, LONGEST_S = 0.25, 2.5
"""Of what may be meant for the coach: a dish is shorter, a sentence to others longer."""
COUNTS = frozenset((*map(spoken, range(31)), "to", "too", "for", "won", "ate", "and"))
"""What she says who counts along, as a transcript writes it."""


def is_near_miss(heard: Heard, verdict: Verdict, context: Context, thresholds: Thresholds) -> bool:
    """Tell whether a command that is open here was nearly understood, and not from the coach's own mouth."""
    if heard.partial or verdict.accepted or heard.command not in context.open:
        return False
    if verdict.reason is VerdictReason.MARGIN:
        return not _is_own_voice(heard, context)
    number = heard.command is Command.NUMBER and context.question != "routine"
    threshold = thresholds.command(heard.text, number=number, name=number and context.question == WHO)
    if heard.own_words:
        threshold = thresholds.sentence(heard.text, safety=False) or threshold
    close = threshold.score_of(heard.confidence, heard.margin) >= threshold.score - thresholds.near_miss
    return verdict.reason is VerdictReason.LOW_CONFIDENCE and close and not _is_own_voice(heard, context)


def is_puzzling(heard: Heard, verdict: Verdict, context: Context) -> bool:
    """Tell whether she said something that is no command: not the coach, nobody's count, no perhaps a safety word."""
    if heard.partial or verdict.accepted or verdict.near or not (heard.transcript or heard.text):
        return False
    unknown = verdict.reason in (VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN)
    lasts_s = heard.word_end_t - heard.word_start_t
    to_coach = SHORTEST_S <= lasts_s <= LONGEST_S and heard.word_start_t >= context.answers_from
    return unknown and to_coach and not counts_along(heard) and not _is_own_voice(heard, context)


def counts_along(heard: Heard) -> bool:
    """Tell whether nothing but numbers was said, as by somebody who counts her reps."""
    words = normal(heard.transcript).split()
    return bool(words) and all(word in COUNTS or word.isdecimal() for word in words)


def _is_own_voice(heard: Heard, context: Context) -> bool:
    """Tell whether the coach has just said one of these words."""
    just = (text for text, begins, ends in context.coach_words if begins <= heard.word_end_t <= ends + JUST_SAID_S)
    said = {word for text in just for word in normal(text).split()}
    return bool(said & set(normal(heard.text).split()))


class Answering:
    """How often the coach answers what it did not understand."""

    def __init__(self) -> None:
        self._heard_s: deque[float] = deque(maxlen=OFTEN + 1)
        self._last_s = -OFTEN_WITHIN_S

    def answers(
        self, heard: Heard, verdict: Verdict, context: Context, policy: Policy, now_s: float
    ) -> tuple[bool, bool]:
        """Tell whether the session should know that she was not understood, and whether a "hm" answers her."""
        if verdict.accepted:
            self._heard_s.clear()  # what comes next is meant for the coach
            return False, False
        deaf_now = policy.half_duplex and context.coach_speaking
        puzzling = not deaf_now and is_puzzling(heard, verdict, context)
        if puzzling:
            self._heard_s.append(now_s)
        clear = puzzling and not context.coach_speaking  # over the coach it may be its own echo
        near = is_near_miss(heard, verdict, context, policy.thresholds)
        return puzzling and not self.others_talk(now_s), clear or near

    def others_talk(self, now_s: float) -> bool:
        """Tell whether so much was not understood lately that somebody talks to somebody else."""
        return len(self._heard_s) > OFTEN and now_s - self._heard_s[0] < OFTEN_WITHIN_S

    def may_sound(self, now_s: float) -> bool:
        """Tell whether it is time for a "hm"; then it counts as played."""
        if now_s - self._last_s < (OFTEN_WITHIN_S if self.others_talk(now_s) else AGAIN_S):
            return False
        self._last_s = now_s
        return True
