"""Scenes and runs in, the figures of the hearing out: what `figures.json` keeps for the README."""

from collections.abc import Mapping, Sequence
from typing import Any

from scripts.benches.hearing.scenes import ROOMS_HEARD
from scripts.benches.hearing.trials import percentiles

Figures = dict[str, Any]

_SHARES = {
    "quiet": ("quiet", "right", "said"),
    "kitchen10": ("kitchen10", "right", "said"),
    "coach0": ("coach0", "right", "said"),
    "coach0_safety": ("coach0", "safety_within_two", "safety_said"),
    "distress": ("distress", "held", "said"),
    "counting": ("counting", "false", "others"),
    "breathless": ("breathless", "right", "said"),
    "older": ("older", "right", "said"),
}
"""Of each share: the scene, what is counted there, and of what."""
_MISTAKEN = {
    "remarks": ("quiet", ("remarks", "other words")),
    "other_words": ("other_words", ("unasked",)),
    "other_words_asked": ("other_words", ("asked",)),
}
"""Of each share of other words taken for a command: the scene, and the kinds of words."""
_ANSWERED = ("natural", "paraphrases")


def figures(scenes: Mapping[str, Any], runs: Mapping[str, Any]) -> Figures:
    """Return the figures of one run; None for what it did not measure."""
    return {
        **{name: _share(scenes.get(scene), part, whole) for name, (scene, part, whole) in _SHARES.items()},
        **{name: _mistaken(scenes.get(scene), kinds) for name, (scene, kinds) in _MISTAKEN.items()},
        **{name: _answered(scenes.get(name)) for name in _ANSWERED},
        **_in_rooms([found for name, found in scenes.items() if name in ROOMS_HEARD]),
        "talk": _talk(list(scenes.values())),
        "talk_share": _talk_share(scenes.get("quiet")),
        "alone": _alone(runs.get("alone")),
    }


def _in_rooms(rooms: Sequence[Mapping[str, Any]]) -> Figures:
    """Return what counts in all rooms together."""
    said, wrong = (sum(found[key] for found in rooms) for key in ("said", "wrong"))
    return {
        "wrong": share_of(wrong, said),
        "scores": _means([found["scores"] for found in rooms]),
        **{key: percentiles([t for found in rooms for t in found[f"{key}_s"]]) for key in ("silence", "action")},
    }


def _talk(scenes: Sequence[Mapping[str, Any]]) -> dict[str, float] | None:
    """Return how often an hour other people's talk was taken for a command."""
    seconds, false = (sum(found[key] for found in scenes) for key in ("talk_s", "talk_false"))
    return {"value": round(false / (seconds / 3_600), 2), "hours": round(seconds / 3_600, 2)} if seconds else None


def _alone(found: Mapping[str, Any] | None) -> dict[str, float] | None:
    return {"value": found["taken"], "hours": found["hours"]} if found else None


def _talk_share(quiet: Mapping[str, Any] | None) -> float | None:
    """Return the share of a core that hearing takes while others talk without end."""
    return round(quiet["talk_cost_s"] / quiet["talk_s"], 4) if quiet and quiet["talk_s"] else None


def _means(counts: Sequence[Sequence[Sequence[int]]]) -> list[float] | None:
    """Return how often Moonshine is asked: the mean over safety words, and over sentences of other talk."""
    kinds = [[each for scene in counts for each in scene[kind]] for kind in range(2)]
    return [round(sum(each) / max(1, len(each)), 2) for each in kinds] if any(map(any, kinds)) else None


def _answered(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the shares of what was done right, taken for something else, and met with silence."""
    if not found:
        return None
    total = found["said"] + found["others"]
    right = found["right"] + found["silent"]
    wrong = found["wrong"] + found["false"] + found["undone"] + found["others_undone"]
    shares = [round(part / total, 4) for part in (right, wrong, total - right - wrong)]
    return {"right": shares[0], "wrong": shares[1], "silence": shares[2], "of": total}


def _mistaken(found: Mapping[str, Any] | None, kinds: Sequence[str]) -> dict[str, Any] | None:
    counts = [found["by_kind"].get(kind, {}) for kind in kinds] if found else []
    return share_of(sum(each.get("false", 0) for each in counts), sum(sum(each.values()) for each in counts))


def _share(found: Mapping[str, Any] | None, part: str, whole: str) -> dict[str, Any] | None:
    return share_of(found[part], found[whole]) if found else None


def share_of(part: int, whole: int) -> dict[str, Any] | None:
    """Return a share, and how many it is a share of."""
    return {"value": round(part / whole, 4), "of": whole} if whole else None


def kept(old: Figures, new: Figures) -> Figures:
    """Return the old figures with what a new run measured; what it did not stays as it was.

    A few minutes in which nothing happened do not take the place of hours.
    """
    short = {key for key, each in new.items() if _says_nothing(old.get(key), each)}
    return old | {key: each for key, each in new.items() if each is not None and key not in short}


def _says_nothing(old: Any, new: Any) -> bool:
    both = isinstance(old, dict) and isinstance(new, dict) and "hours" in old and "hours" in new
    return both and not new["value"] and new["hours"] < old["hours"]
