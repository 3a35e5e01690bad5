"""Listen with ears and policy: what a block of sound means where a session stands.

A session and `coach listen` share it, so that a recording is understood as its speaker would be.
"""

from collections.abc import Iterator

from coach.devices.port import HEARING_FRAMES
from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context, Verdict
from coach.hearing.ports.ears import Ears, Heard
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm


class Listener:
    """Keeps what the ears expect and what the policy remembers."""

    def __init__(self, ears: Ears | None, policy: Policy) -> None:
        self.policy = policy
        self._ears = ears
        self._expected: frozenset[Command] | None = None

    def hear(self, mic: Pcm, played: Pcm, expected: frozenset[Command]) -> Iterator[Heard]:
        """Yield what is heard in some blocks of 20 ms, partials too; nothing without ears."""
        if self._ears is None:
            return
        if expected is not self._expected:  # comparing two sets costs more than the rest of a quiet block
            before, self._expected = self._expected, expected
            if expected != before:
                self._ears.expect(expected)
        for at in range(0, len(mic), HEARING_FRAMES):
            yield from self._ears.hear(mic[at : at + HEARING_FRAMES], played[at : at + HEARING_FRAMES])

    def judge(self, heard: Heard, context: Context, now_s: float) -> Verdict:
        """Return what the policy makes of it, and remember that."""
        self.policy, verdict = decide(self.policy, heard, context, now_s)
        return verdict


def is_told(heard: Heard, verdict: Verdict) -> bool:
    """Tell whether the log names it: every final, and a partial that is acted on."""
    return not heard.partial or (verdict.accepted and not verdict.confirms)
