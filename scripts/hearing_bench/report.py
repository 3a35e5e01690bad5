"""Outcomes in, the table and the JSON out."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hearing_bench.trials import Outcome, percentiles

RESULTS = ("right", "wrong", "missed", "silent", "false", "undone")


def summary(title: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Count one part of the run."""
    groups = sorted({o.group for o in outcomes})
    right = [o for o in outcomes if o.result == "right"]
    return {
        "title": title,
        "said": len(outcomes),
        **{result: sum(o.result == result for o in outcomes) for result in RESULTS},
        "groups": {g: {r: sum(o.group == g and o.result == r for o in outcomes) for r in RESULTS} for g in groups},
        "confusions": [list(each) for each in confusions(outcomes)],
        "latency_s": percentiles(o.latency_s for o in right if o.latency_s is not None and o.silence_s is None),
        "silence_s": percentiles(o.silence_s for o in right if o.silence_s is not None),
    }


def confusions(outcomes: Sequence[Outcome]) -> list[tuple[str, str, int]]:
    """Return (said, acted on, times) of everything acted on wrongly, most frequent first."""
    counted = Counter(
        (o.expected or o.utterance, " then ".join(o.acted))
        for o in outcomes
        if o.result in ("wrong", "false", "undone")
    )
    return [(said, acted, times) for (said, acted), times in counted.most_common()]


def lines(part: dict[str, Any]) -> list[str]:
    """Write one part for people."""
    head = f"{part['title']}: {part['said']} said"
    shown = [head, f"  {'':<16}" + "".join(f"{r:>8}" for r in RESULTS)]
    for name, counts in {**part["groups"], "all": part}.items():
        shown.append(f"  {name:<16}" + "".join(f"{counts[r] or '-':>8}" for r in RESULTS))
    for key, what in (("latency_s", "word end to action"), ("silence_s", "word end to silence (looks)")):
        if part[key]:
            median, late = part[key]
            shown.append(f"  {what}: median {1000 * median:.0f} ms, 95 % within {1000 * late:.0f} ms")
    shown += [f"  {said!r} was taken for {acted!r}, {times} x" for said, acted, times in part["confusions"]]
    return shown


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """Write what was missed, one line each, with what was understood instead."""
    return [
        f"    missed {o.utterance}: understood {o.text!r}, {o.reason}, {o.confidence}"
        for o in outcomes
        if o.result == "missed"
    ]
