"""What came of something said: the outcome as a value, and the rules that make it one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.hearing.policy.verdict import Verdict
from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import SAFETY, Command
from scripts.benches.hearing.utterances import BenchUtterance

Judged = tuple[float, Heard, Verdict]
"""When (on the session clock), what was heard, what the policy made of it."""


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    utterance: str
    group: str
    expected: str | None
    """None for what is no command."""
    acted: tuple[str, ...]
    """The commands acted on, first to last."""
    result: str
    """`right`, `wrong`, `missed`; for what is no command `silent` or `false`. `undone`: a look was acted on (the coach
    fell silent and held), and the final took it back."""
    text: str
    """What was understood at the end."""
    reason: str
    confidence: float | None
    margin: float | None
    latency_s: float | None
    """From the end of the last word to the first action."""
    safety: bool
    second: str | None = None
    """The result of saying it again, where it was missed."""
    where: str = ""
    """The room, for the report."""
    asked: bool = False
    """Not acted on, but the session would hold and ask, for it came close to a safety word."""
    scores: int = 0
    """How many sounds Moonshine scored for it, where that was counted."""


def outcome(utterance: BenchUtterance, end_s: float, judged: Sequence[Judged], where: str = "") -> TrialOutcome:
    """Put what was judged while it was said, and shortly after, together."""
    acted = [(now, heard, v) for now, heard, v in judged if v.accepted and not v.confirms]
    last = judged[-1] if judged else None
    first = acted[0] if acted else None
    return TrialOutcome(
        utterance=utterance.name,
        group=utterance.group,
        expected=_expected(utterance),
        acted=tuple(v.command.value for _, _, v in acted if v.command),
        result=_result(utterance, [(v.command, v.value) for _, _, v in acted], [v.takes_back for _, _, v in judged]),
        asked=any(v.near for _, _, v in judged),
        text=last[1].text if last else "",
        reason=last[2].reason.value if last else "nothing heard",
        confidence=last[1].confidence if last else None,
        margin=last[1].margin if last and np.isfinite(last[1].margin) else None,
        latency_s=round(first[0] - end_s, 3) if first else None,
        safety=utterance.command in SAFETY,
        where=where,
    )


def _result(
    utterance: BenchUtterance, acted: list[tuple[Command | None, int | None]], taken_back: list[Command | None]
) -> str:
    stands = [each for each in acted if each[0] not in taken_back]
    if acted and not stands:
        return "undone"
    if not utterance.is_command:
        return "false" if stands else "silent"
    if not stands:
        return "right" if utterance.or_nothing else "missed"
    meanings = utterance.meanings or {(utterance.command, utterance.value)}
    return "right" if all(each in meanings for each in stands) else "wrong"


def _expected(utterance: BenchUtterance) -> str | None:
    if utterance.command:
        return utterance.command.value
    return " or ".join(sorted({command.value for command, _ in utterance.meanings})) or None


def percentiles(values: Iterable[float]) -> tuple[float, float] | None:
    """Return median and 95th percentile."""
    known = list(values)
    return (round(float(np.median(known)), 3), round(float(np.percentile(known, 95)), 3)) if known else None
