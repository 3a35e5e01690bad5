"""Barge-in: while she speaks the coach is quieter, so that the rest of her words is heard. Pure.

Speech is detected after echo cancelling, so the coach never steps back from itself. A radio, or talk that goes on and
on, does not silence it: after some seconds it comes back, until there has been quiet. After a short remark that was
not understood it stays lowered a little longer, now and then: her second try is heard in quiet.
"""

from dataclasses import dataclass, replace

from coach.devices.port import BLOCK_S
from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.sound.clip import frames_of

LOWERED_DB = -18.0  # scripts/bench hearing: with less, fewer words come through; with more, it sounds like silence
RAMP_FRAMES = frames_of(0.03)  # with the block that is mixed next, within 50 ms of the first speech
RESTORE_AFTER_S = 0.28  # after the ears report silence, which they do 0.32 s late: 0.6 s in all
LONGEST_SPEECH_S = 4.0  # longer than any command: after so much talk the coach is needed more
RESUME_BELOW_S = 1.0  # of speech not yet outweighed by quiet
EXTENDED_S = 3.0  # people say it again after a second or two
EXTEND_AGAIN_S = 10.0  # other people's talk is cut into short remarks too
SHORT_SPEECH_S = 1.5  # what is longer was no try at a command


@dataclass(frozen=True, slots=True)
class BargeIn:
    """Whether the coach is lowered, and how much was spoken lately. Times are of the session clock."""

    lowered: bool = False
    restore_at_s: float = 0.0
    speech_s: float = 0.0
    """Grows while somebody speaks, shrinks in quiet."""
    overridden: bool = False
    """There was too much speech for a command: the coach speaks over it."""
    now_s: float = 0.0
    """As of the last block that was not at rest: nothing spoken lately, nothing lowered."""
    extended_at_s: float = -EXTEND_AGAIN_S
    """When it last stayed lowered for a second try."""

    def after(self, now_s: float, *, speech: bool) -> "BargeIn":
        """Return where the coach stands at this time, given whether there is speech; called with every block."""
        at_rest = not self.lowered and not self.speech_s
        if at_rest and not speech:
            return self  # most of 50 blocks a second
        passed_s = BLOCK_S if at_rest else max(0.0, now_s - self.now_s)
        speech_s = min(LONGEST_SPEECH_S, self.speech_s + passed_s) if speech else max(0.0, self.speech_s - passed_s)
        overridden = speech_s >= (RESUME_BELOW_S if self.overridden else LONGEST_SPEECH_S)
        restore_at_s = now_s + RESTORE_AFTER_S if speech else self.restore_at_s
        lowered = not overridden and (speech or (self.lowered and now_s < restore_at_s))
        return replace(
            self, lowered=lowered, restore_at_s=restore_at_s, speech_s=speech_s, overridden=overridden, now_s=now_s
        )

    def extended(self, now_s: float) -> "BargeIn":
        """Return where the coach stands after a remark that was not understood."""
        if not self.lowered or now_s - self.extended_at_s < EXTEND_AGAIN_S:
            return self
        return replace(self, restore_at_s=now_s + EXTENDED_S, extended_at_s=now_s)


def misunderstood(heard: Heard, verdict: Verdict) -> bool:
    """Tell whether this may have been a try at a command."""
    unclear = verdict.reason in {VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN}
    return unclear and not heard.partial and heard.word_end_t - heard.word_start_t <= SHORT_SPEECH_S
