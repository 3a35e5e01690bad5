"""A `ScreenState` as the message a page gets: times become ages, so that no two clocks need to agree."""

import json
from typing import Any

from coach.figures.animation import Animation
from coach.screen.captions import split
from coach.screen.state import ScreenState


def state_message(state: ScreenState, now_s: float) -> str:
    """Return a state as JSON, as of a time on the presenter's clock."""
    held_s = state.held_s
    at_s = now_s if held_s is None else min(now_s, held_s)
    return _json({
        "title": state.title, "number": state.number, "unit": state.unit, "words": state.words,
        "breath": state.breath, "side": state.side, "question": split(state.question), "note": state.note,
        "figure": state.figure.key if state.figure else "", "mirrored": state.mirrored,
        "phases": state.phases, "over": state.over,
        "held": held_s is not None,
        "captions": state.captions and {"age": _age(state.captions.began_s, now_s), "parts": state.captions.parts},
        "heard": state.heard and {
            "age": _age(state.heard.began_s, now_s), "text": state.heard.text, "taken": state.heard.taken},
        "bar": state.bar and {"age": _age(state.bar.began_s, at_s), "length": state.bar.length_s},
        "countdown": state.countdown and {
            "age": _age(state.countdown.began_s, at_s), "left": state.countdown.left_s},
        "motion": state.motion and {
            "age": _age(state.motion.began_s, at_s), "start": state.motion.start, "path": state.motion.path,
            "loops": state.motion.loops},
        "buttons": [[b.label, str(b.command), b.value, b.key] for b in state.buttons],
    })  # fmt: skip


def figure_message(key: str, animation: Animation) -> str:
    """Return a figure as JSON: its paper, and for each stroke its ink, its width and its points in every drawing."""
    box = animation.box
    strokes = [
        {
            "ink": row[0].ink, "width": round(row[0].width, 4), "round": row[0].round_,
            "at": [[round(n, 4) for x, y in stroke.points for n in (x - box.left, box.high - y)] for stroke in row],
        }
        for row in zip(*animation.drawings, strict=True)
    ]  # fmt: skip
    return _json({"key": key, "size": [round(box.right - box.left, 4), round(box.high - box.low, 4)],
                  "strokes": strokes})  # fmt: skip


def _age(began_s: float, now_s: float) -> float:
    return round(now_s - began_s, 3)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
