"""What came of every stretch in, the table and the figures out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from scripts.benches.hearing.scenes import SCENES
from scripts.benches.hearing.stage import Played
from scripts.benches.hearing.trials import TrialOutcome, percentiles

COMMAND_RESULTS = ("right", "wrong", "missed", "undone")
OTHER_RESULTS = ("silent", "false")
FADE_S = 0.03
"""Until the coach is silent: the player's fade (coach/playback/player.py)."""


def by_scene(played: Iterable[Played]) -> dict[str, dict[str, Any]]:
    """Count every scene, in the order of the scenes."""
    grouped: dict[str, list[Played]] = defaultdict(list)
    for each in played:
        grouped[each.scene].append(each)
    return {name: _scene(grouped[name]) for name in SCENES if name in grouped}


def _scene(played: Sequence[Played]) -> dict[str, Any]:
    said = [o for each in played for o in each.outcomes]
    strays = [stray for each in played for stray in each.strays]
    return {
        **_of_commands([o for o in said if o.expected]),
        **_of_others([o for o in said if not o.expected]),
        **_of_talk([each for each in played if each.part == "talk"]),
        "scores": _scores(played),
        "strays": len(strays),
        "stream_s": round(sum(each.stream_s for each in played)),
        "share_of_a_core": round(_cost_s(played) / max(sum(each.stream_s for each in played), 1e-9), 3),
        "confusions": confusions(said, strays),
    }


def _of_commands(said: Sequence[TrialOutcome]) -> dict[str, Any]:
    """Count what was said and is a command."""
    timed = [o for o in said if o.result == "right" and o.latency_s is not None]
    safety = [o for o in said if o.safety]
    return {
        "said": len(said),
        **{result: sum(o.result == result for o in said) for result in COMMAND_RESULTS},
        "within_two": _within_two(said),
        "held": sum(o.result in ("right", "undone") or o.asked for o in said),
        "safety_said": len(safety),
        "safety_within_two": _within_two(safety),
        "action_s": [o.latency_s for o in timed if not o.safety],
        "silence_s": [round((o.latency_s or 0.0) + FADE_S, 3) for o in timed if o.safety],
        "by_command": _counted(said, lambda o: o.expected or ""),
    }


def _within_two(said: Sequence[TrialOutcome]) -> int:
    return sum("right" in (o.result, o.second) for o in said)


def _of_others(said: Sequence[TrialOutcome]) -> dict[str, Any]:
    """Count what was said and is no command."""
    return {
        "others": len(said),
        **{result: sum(o.result == result for o in said) for result in OTHER_RESULTS},
        "others_undone": sum(o.result == "undone" for o in said),
        "by_kind": _counted(said, lambda o: o.group),
    }


def _of_talk(played: Sequence[Played]) -> dict[str, Any]:
    """Count what came of other people's talk, and what it cost."""
    return {
        "talk_s": round(sum(each.stream_s for each in played)),
        "talk_cost_s": round(_cost_s(played), 3),
        "talk_false": sum(len(each.strays) + sum(o.result == "false" for o in each.outcomes) for each in played),
    }


def _scores(played: Sequence[Played]) -> list[list[int]]:
    """Return how often Moonshine was asked for each safety word, and for each sentence of other talk."""
    said = [o for each in played for o in each.outcomes]
    talk = [o for each in played if each.part == "talk" for o in each.outcomes]
    return [[o.scores for o in said if o.expected and o.safety], [o.scores for o in talk]]


def _cost_s(played: Sequence[Played]) -> float:
    return sum(each.cost_s for each in played)


def _counted(outcomes: Sequence[TrialOutcome], key: Any) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in outcomes:
        found[key(each)][each.result] += 1
    return {name: dict(found[name]) for name in sorted(found)}


def confusions(outcomes: Sequence[TrialOutcome], strays: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return (said, acted on, times) of everything acted on wrongly, most frequent first."""
    counted = Counter(
        (o.expected or o.utterance, " then ".join(o.acted))
        for o in outcomes
        if o.result in ("wrong", "false", "undone")
    )
    counted.update(("nothing", stray) for stray in strays)
    return [(said, acted, times) for (said, acted), times in counted.most_common()]


def table(scenes: dict[str, dict[str, Any]]) -> list[str]:
    """Write the scenes for people, a line each, then what was confused."""
    head = f"{'':32}{'said':>5}{'right':>7}{'two':>7}{'missed':>7}{'wrong':>6}{'undone':>7}{'others':>7}{'false':>6}"
    lines = [head + f"{'action':>15}{'silence':>15}{'core':>7}"]
    for name, found in scenes.items():
        lines.append(
            f"{SCENES[name].title:32}{found['said']:5}{_share(found['right'], found['said'])}"
            f"{_share(found['within_two'], found['said'])}{found['missed']:7}{found['wrong']:6}{found['undone']:7}"
            f"{found['others']:7}{found['false'] + found['strays']:6}{_times(found['action_s'])}"
            f"{_times(found['silence_s'])}{found['share_of_a_core']:7.1%}"
        )
    lines.append("two: right within two tries · action, silence: ms after the last word, median / 95%")
    for name, found in scenes.items():
        confusions = found["confusions"]
        lines += [f"  {name}: {said!r} was taken for {acted!r}, {times} x" for said, acted, times in confusions]
    return lines


def commands_table(scenes: dict[str, dict[str, Any]]) -> list[str]:
    """Write how often each command was right, scene by scene."""
    every = sorted({name for found in scenes.values() for name in found["by_command"]})
    lines = [f"{'right of said':16}" + "".join(f"{name:>11}" for name in scenes)]
    for command in every:
        cells = []
        for found in scenes.values():
            counts = found["by_command"].get(command, {})
            cells.append(f"{counts.get('right', 0)}/{sum(counts.values())}" if counts else "")
        lines.append(f"{command:16}" + "".join(f"{cell:>11}" for cell in cells))
    return lines


def missed(played: Iterable[Played]) -> list[str]:
    """Write what was not right, one line each, with what was understood instead."""
    return [line for each in played for line in missed_of(each.scene, each.outcomes)]


def missed_of(of: str, outcomes: Iterable[TrialOutcome]) -> list[str]:
    """Write what was not right of one scene or speaker."""
    return [
        f"  {of} ({o.where}): {o.utterance} {o.result}: {o.text!r}, {o.reason}, {o.confidence}, {o.margin}"
        for o in outcomes
        if o.result not in ("right", "silent")
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:7.0%}" if whole else f"{'-':>7}"


def _times(values: Sequence[float]) -> str:
    found = percentiles(values)
    return f"{1000 * found[0]:7.0f} /{1000 * found[1]:5.0f} " if found else f"{'-':>15}"
