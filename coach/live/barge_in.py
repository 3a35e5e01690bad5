"""Stepping back: while she speaks the coach is softer, so that the rest of her words is heard. Pure.

Whether she speaks is decided after echo removal, so the coach does not step back from itself. Somebody who talks on and
on, or a radio, does not make it inaudible: after some seconds it comes back, until there has been quiet. After a short
remark that was not understood it stays down a little longer, now and then: her second try is heard in quiet.
"""

from dataclasses import dataclass, replace

from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.sound.clip import frames_of

DOWN_DB = -18.0  # 15 dB let 42 of 82 words through where 27 were heard before; 20 sounds like silence
RAMP_FRAMES = frames_of(0.03)  # with the block that is mixed next, within 50 ms of the word's being noticed
BACK_AFTER_S = 0.28  # after the ears say that she is silent, which they know 0.32 s late: 0.6 s in all
MOST_S = 4.0  # longer than any command: after so much talk the coach is needed more
AGAIN_UNDER_S = 1.0  # of talk not yet outweighed by quiet
STAYS_S = 3.0  # one says it again after a second or two
STAYS_AGAIN_S = 10.0  # other people's talk is cut into short remarks too
SHORT_S = 1.5  # of speech: what is longer was no try at a command


@dataclass(frozen=True, slots=True)
class StepBack:
    """Whether the coach is down, and how much was talked lately."""

    down: bool = False
    up_at_s: float = 0.0
    talked_s: float = 0.0
    """Grows while somebody speaks, shrinks in quiet."""
    tired: bool = False
    """It was too much talk for a command."""
    now_s: float = 0.0
    stayed_s: float = -STAYS_AGAIN_S
    """When it stayed down for a second try last."""


def misunderstood(heard: Heard, verdict: Verdict) -> bool:
    """Tell whether this may have been a try at a command."""
    unclear = verdict.reason in {VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN}
    return unclear and not heard.partial and heard.word_end_t - heard.word_start_t <= SHORT_S


def stay(before: StepBack, now_s: float) -> StepBack:
    """Return where the coach stands after a remark that was not understood."""
    if not before.down or now_s - before.stayed_s < STAYS_AGAIN_S:
        return before
    return replace(before, up_at_s=now_s + STAYS_S, stayed_s=now_s)


def heed(before: StepBack, speaking: bool, now_s: float) -> StepBack:
    """Return where the coach stands at this time of the session clock, given whether she speaks."""
    passed = max(0.0, now_s - before.now_s)
    talked_s = min(MOST_S, before.talked_s + passed) if speaking else max(0.0, before.talked_s - passed)
    tired = talked_s >= (AGAIN_UNDER_S if before.tired else MOST_S)
    up_at_s = now_s + BACK_AFTER_S if speaking else before.up_at_s
    down = not tired and (speaking or (before.down and now_s < up_at_s))
    return replace(before, down=down, up_at_s=up_at_s, talked_s=talked_s, tired=tired, now_s=now_s)
