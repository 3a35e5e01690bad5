"""One utterance in one scene through the whole chain and the policy, and how that went."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import process_time

import numpy as np

from coach.hearing.chain import Chain
from coach.hearing.commands import Command
from coach.hearing.ears import HEARING_HZ
from coach.hearing.echo import EchoRemover
from coach.hearing.engine import Engine
from coach.hearing.policy import Context, Policy, decide
from coach.hearing.table import Table
from hearing_bench.scenes import Scene
from hearing_bench.utterances import Utterance

BLOCK = HEARING_HZ // 50
ANSWERS = frozenset({Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM})


@dataclass(frozen=True, slots=True)
class Outcome:
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
    latency_s: float | None
    """From the end of the last word to the first action."""
    silence_s: float | None
    """From there to the first action of a look, safety words only."""


def run(
    utterances: Iterable[Utterance], scene: Scene, engine: Engine, table: Table
) -> tuple[list[Outcome], dict[str, float]]:
    """Say each to fresh ears; return the outcomes and what listening cost."""
    began, heard_s, outcomes = process_time(), 0.0, []
    for utterance in utterances:
        outcome, length_s = _trial(utterance, scene, engine, table)
        outcomes.append(outcome)
        heard_s += length_s
    cost_s = process_time() - began
    return outcomes, {"stream_s": round(heard_s, 1), "share_of_a_core": round(cost_s / max(heard_s, 1e-9), 3)}


def open_for(utterance: Utterance, table: Table) -> frozenset[Command]:
    """Return what the session would have open: answers only while it asks, all else only while it does not."""
    every = table.open_in(None)
    safety = frozenset(entry.command for entry in table.entries if entry.safety)
    return (every & ANSWERS) | safety if utterance.command in ANSWERS else every - ANSWERS


def _trial(utterance: Utterance, scene: Scene, engine: Engine, table: Table) -> tuple[Outcome, float]:
    stream = scene(utterance)
    chain, policy = Chain(engine, EchoRemover()), Policy(table, engine.name)
    context = Context(open_for(utterance, table), question="routine" if utterance.names_routine else None)
    chain.expect(context.open)
    verdicts = []
    for at in range(0, len(stream.mic) - BLOCK + 1, BLOCK):
        now = (at + BLOCK) / HEARING_HZ
        for heard in chain.hear(stream.mic[at : at + BLOCK], stream.played[at : at + BLOCK]):
            policy, verdict = decide(policy, heard, context, now)
            verdicts.append((now, heard, verdict))
    return _outcome(utterance, stream.end_s, verdicts), len(stream.mic) / HEARING_HZ


def _outcome(utterance: Utterance, end_s: float, verdicts: list) -> Outcome:
    acted = [(now, heard, v) for now, heard, v in verdicts if v.accepted and not v.confirms]
    names = tuple(v.command.value for _, _, v in acted)
    last = verdicts[-1] if verdicts else None
    first = acted[0] if acted else None
    return Outcome(
        utterance=utterance.name,
        group=utterance.group,
        expected=utterance.command.value if utterance.command else None,
        acted=names,
        result=_result(utterance, [(v.command, v.value) for _, _, v in acted], [v.takes_back for _, _, v in verdicts]),
        text=last[1].text if last else "",
        reason=last[2].reason.value if last else "nothing heard",
        confidence=last[1].confidence if last else None,
        latency_s=round(first[0] - end_s, 3) if first else None,
        silence_s=round(first[0] - end_s, 3) if first and first[1].partial else None,
    )


def _result(utterance: Utterance, acted: list[tuple[Command, int | None]], taken_back: list[Command | None]) -> str:
    stands = [each for each in acted if each[0] not in taken_back]
    if acted and not stands:
        return "undone"
    if utterance.command is None:
        return "false" if stands else "silent"
    if not stands:
        return "missed"
    return "right" if stands == [(utterance.command, utterance.value)] else "wrong"


def percentiles(values: Iterable[float]) -> tuple[float, float] | None:
    """Return median and 95th percentile."""
    known = list(values)
    return (float(np.median(known)), float(np.percentile(known, 95))) if known else None
