"""Scenes and runs in, the figures that are promised out: each beside what it must be and what it aims at."""

from collections.abc import Mapping, Sequence
from operator import ge, le
from typing import Any

from scripts.benches.hearing.scenes import ROOMS_HEARD
from scripts.benches.hearing.trials import percentiles

Figures = dict[str, Any]

LIVE_MEMORY_MB, LIVE_SHARE = 261, 0.06
"""What the ears may cost in a live session with speech: 20 MB more than before the spotter and her own samples."""
MOST_SCORES = (9.0, 1.0)
"""Of a safety word, and of a sentence of other talk: how many sounds Moonshine scores."""
TALK_SHARE = 0.05
"""What they may cost while others talk without end."""

_CLOCKS = {"": "", "one thread ": "charged_", "live ": "live_"}
"""How she waits, and what such figures' names begin with."""

_WAITS_S = {
    "silence": {"": (0.15, 0.5), "charged_": (0.13, 0.5), "live_": (0.15, 0.5)},
    "action": dict.fromkeys(_CLOCKS.values(), (0.5, 0.75)),
}
"""How long at most, on each clock: median and 95%."""

_LONG_TALK_H = 1.99
"""Shorter talk tells nothing of half a command an hour."""


def figures(scenes: Mapping[str, Any], runs: Mapping[str, Any]) -> Figures:
    """Return the figures of one run; None for what it did not measure."""
    rooms = [found for name, found in scenes.items() if name in ROOMS_HEARD]
    silence = [t for found in rooms for t in found["silence_s"]]
    action = [t for found in rooms for t in found["action_s"]]
    said, wrong = (sum(found[key] for found in rooms) for key in ("said", "wrong"))
    short = {"remarks", "other words"}
    short_said, short_false = _kinds(scenes.get("quiet"), short)
    talk_s, talk_false = (sum(found[key] for found in scenes.values()) for key in ("talk_s", "talk_false"))
    alone = runs.get("alone") or {}
    return {
        "quiet": _share(scenes.get("quiet"), "right", "said"),
        "kitchen10": _share(scenes.get("kitchen10"), "right", "said"),
        "coach0": _share(scenes.get("coach0"), "right", "said"),
        "coach0_safety": _share(scenes.get("coach0"), "safety_within_two", "safety_said"),
        "wrong": _of(wrong, said),
        "remarks": _of(short_false, short_said),
        "talk": _an_hour(talk_false, talk_s / 3_600) if talk_s else None,
        "alone": {"value": alone["taken"], "hours": alone["hours"]} if alone else None,
        **{name: _answered(scenes.get(name)) for name in ("natural", "paraphrases")},
        "distress": _share(scenes.get("distress"), "held", "said"),
        "counting": _share(scenes.get("counting"), "false", "others"),
        "other_words": _kind(scenes.get("other_words"), "unasked"),
        "other_words_asked": _kind(scenes.get("other_words"), "asked"),
        "breathless": _share(scenes.get("breathless"), "right", "said"),
        "older": _share(scenes.get("older"), "right", "said"),
        "talk_share": _talk_share(scenes.get("quiet")),
        "scores": _means([found["scores"] for found in rooms]),
        "silence": percentiles(silence),
        "action": percentiles(action),
    }


def _talk_share(quiet: Mapping[str, Any] | None) -> float | None:
    """Return the share of a core that hearing takes while others talk without end."""
    return round(quiet["talk_cost_s"] / quiet["talk_s"], 4) if quiet and quiet["talk_s"] else None


def _means(counts: Sequence[Sequence[Sequence[int]]]) -> list[float] | None:
    """Return how often Moonshine is asked: the mean over safety words, and over sentences of other talk."""
    kinds = [[each for scene in counts for each in scene[kind]] for kind in range(2)]
    return [round(sum(each) / max(1, len(each)), 2) for each in kinds] if any(map(any, kinds)) else None


def _kinds(found: Mapping[str, Any] | None, kinds: set[str]) -> tuple[int, int]:
    counts = [found["by_kind"].get(kind, {}) for kind in kinds] if found else []
    return sum(sum(each.values()) for each in counts), sum(each.get("false", 0) for each in counts)


def _answered(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the shares of what was done right, taken for something else, and met with silence."""
    if not found:
        return None
    total = found["said"] + found["others"]
    right = found["right"] + found["silent"]
    wrong = found["wrong"] + found["false"] + found["undone"] + found["others_undone"]
    shares = [round(part / total, 4) for part in (right, wrong, total - right - wrong)]
    return {"right": shares[0], "wrong": shares[1], "silence": shares[2], "of": total}


def _kind(found: Mapping[str, Any] | None, kind: str) -> dict[str, Any] | None:
    counts = found["by_kind"].get(kind, {}) if found else {}
    return _of(counts.get("false", 0), sum(counts.values()))


def _share(found: Mapping[str, Any] | None, part: str, whole: str) -> dict[str, Any] | None:
    return _of(found[part], found[whole]) if found else None


def _an_hour(times: int, hours: float) -> dict[str, float]:
    return {"value": round(times / hours, 2), "hours": round(hours, 2)}


def _of(part: int, whole: int) -> dict[str, Any] | None:
    return {"value": round(part / whole, 4), "of": whole} if whole else None


def rows(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    """Return (what, must, aim, measured, reached) for each line of the table."""
    shares = [
        ("right command, quiet, unseen voices and recordings", "quiet", 0.95, 0.98, ge),
        ("coach talking, your voice as loud as the echo, first try", "coach0", 0.85, 0.95, ge),
        ('"stop", "pause", "it hurts", same scene, within two tries', "coach0_safety", 0.97, 0.99, ge),
        ("a different command acted on instead", "wrong", 0.01, 0.002, le),
        ("short remarks that aren't commands but are mistaken for them", "remarks", 0.03, 0.01, le),
    ]
    lines = []
    for what, key, must, aim, holds in shares:
        each = found.get(key)
        measured = f"{100 * each['value']:.1f}% of {each['of']}" if each else "not measured"
        reached = holds(each["value"], must) if each else None
        lines.append((what, f"{100 * must:g}%", f"{100 * aim:g}%", measured, reached))
    return [*_natural(found), *lines, *_pairs(found), *_counts(found), *_times(found), *_costs(found)]


def _natural(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    """Return what becomes of what people say naturally: right, something else, nothing."""
    lines = []
    for what, key, must, aim in (
        ("what people say naturally: right · something else · silence", "natural", (88, 1, 11), (95, 0, 5)),
        ("the same in other words", "paraphrases", (75, 2, 23), (85, 1, 14)),
    ):
        each = found.get(key)
        now = [100 * each[name] for name in ("right", "wrong", "silence")] if each else []
        measured = f"{' · '.join(f'{share:.1f}' for share in now)}% of {each['of']}" if each else "not measured"
        reached = now[0] >= must[0] and now[1] <= must[1] if now else None
        lines.append((what, _shares(must), _shares(aim), measured, reached))
    return lines


def _pairs(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    """Return the lines with two figures."""
    learned = found.get("learned")
    found = found | {"taught": _of(learned["after"]["right"], learned["after"]["of"]) if learned else None}
    lines = []
    for what, keys, bounds, words in (
        ("kitchen noise, voice 10 dB above it; five words there, learned from three samples each",
         ("kitchen10", "taught"), ((0.85, ge), (0.93, ge)), ("85; 93%", "95; 98%")),
        ("voices in distress: the coach at least pauses; counting aloud: mistaken for the answer",
         ("distress", "counting"), ((0.97, ge), (0.0, le)), ("97; 0%", "100; 0%")),
        ("other words mistaken for a command: with no question open; with a question open",
         ("other_words", "other_words_asked"), ((0.01, le), (0.02, le)), ("1; 2%", "0; 1%")),
        ("a breathless voice; an older one (signal processing)", ("breathless", "older"), (), ("measured", "95%")),
    ):  # fmt: skip
        each = [found.get(key) for key in keys]
        told = [f"{100 * one['value']:.1f}% of {one['of']}" if one else "not measured" for one in each]
        measured = "; ".join(told) if any(each) else "not measured"
        judged = [holds(one["value"], bound) for one, (bound, holds) in zip(each, bounds, strict=False) if one]
        reached = all(judged) if judged and (len(judged) == len(bounds) or not all(judged)) else None
        lines.append((what, *words, measured, reached))
    return lines


def _shares(parts: tuple[int, ...]) -> str:
    return " · ".join(map(str, parts)) + "%"


def _counts(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    talk, alone = found.get("talk"), found.get("alone")
    return [
        (
            "other people's sentences mistaken for a command, per hour", "0.5", "0.1",
            f"{talk['value']:g} (in {talk['hours']:g} h)" if talk else "not measured",
            talk["value"] <= 0.5 and talk["hours"] >= _LONG_TALK_H if talk else None,
        ),
        (
            "the coach alone, with its echo at 0 dB, mistaken for a command", "0 in 3 h", "0",
            f"{alone['value']} in {alone['hours']:g} h" if alone else "not measured",
            alone["value"] == 0 and alone["hours"] >= 2.99 if alone else None,
        ),
    ]  # fmt: skip


def _times(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    """Return how long she waits: on the session's clock, and with the work of hearing, on one thread and live."""
    lines = []
    for what, key, must, aim in (
        ("from the end of the word to silence, safety words: median / 95%",
         "silence", "130 / 500 ms one thread, 150 / 500 live", (0.1, 0.3)),
        ("from the end of the word to the action, other commands", "action", "500 / 750 ms", (0.4, 0.6)),
    ):  # fmt: skip
        pairs = {how: (pair, _WAITS_S[key][name]) for how, name in _CLOCKS.items() if (pair := found.get(name + key))}
        measured = "; ".join(how + _ms(pair) for how, (pair, _) in pairs.items()) or "not measured"
        held = [pair[0] <= most[0] and pair[1] <= most[1] for pair, most in pairs.values()]
        lines.append((what, must, _ms(aim), measured, all(held) if pairs else None))
    return lines


def _costs(found: Figures) -> list[tuple[str, str, str, str, bool | None]]:
    """Return what hearing costs; each figure is judged where it was measured."""
    share, memory, speed, talk = (
        found.get(key, 0.0) or 0.0 for key in ("listening", "memory", "rehearsal", "talk_share")
    )
    known = share > 0 and memory > 0
    scores = found.get("scores")
    told = [f"{100 * share:.1f}%; {memory:.0f} MB" if known else "not measured"]
    held = [share <= LIVE_SHARE and memory <= LIVE_MEMORY_MB] if known else []
    if talk:
        told.append(f"others talking {100 * talk:.1f}%")
        held.append(talk <= TALK_SHARE)
    return [
        (
            "how many sounds Moonshine scores: for a safety word; for a sentence not meant for the coach",
            "9; 1", "5; 0.5",
            f"{scores[0]:.1f}; {scores[1]:.1f}" if scores else "not measured",
            scores[0] <= MOST_SCORES[0] and scores[1] <= MOST_SCORES[1] if scores else None,
        ),
        (
            "listening live, with speech: share of one core; memory; share of one core while others talk",
            f"6%; {LIVE_MEMORY_MB} MB; 5%", "4%; 241 MB; 3%", "; ".join(told), all(held) if held else None,
        ),
        (
            "a rehearsed session with echo, echo cancellation and speech recognition", "40 x real time", "60 x",
            f"{speed:.0f} x" if speed else "not measured",
            speed >= 40 if speed else None,
        ),
    ]  # fmt: skip


def _ms(pair: Any) -> str:
    return f"{1000 * pair[0]:,.0f} / {1000 * pair[1]:,.0f} ms"


def markdown(found: Figures) -> str:
    """Write the table of the README."""
    lines = ["| measure | required | goal | measured |", "|---|---|---|---|"]
    for what, must, aim, measured, reached in rows(found):
        mark = {True: "", False: ", **not reached**", None: ""}[reached]
        lines.append(f"| {what} | {must} | {aim} | {measured}{mark} |")
    return "\n".join(lines)


def kept(old: Figures, new: Figures) -> Figures:
    """Return the old figures with what a new run measured; what it did not stays as it was.

    A few minutes in which nothing happened do not take the place of hours.
    """
    short = {key for key, each in new.items() if _says_nothing(old.get(key), each)}
    return old | {key: each for key, each in new.items() if each is not None and key not in short}


def _says_nothing(old: Any, new: Any) -> bool:
    both = isinstance(old, dict) and isinstance(new, dict) and "hours" in old and "hours" in new
    return both and not new["value"] and new["hours"] < old["hours"]
