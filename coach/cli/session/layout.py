"""What the terminal shows, laid out for its size: the count fills it, the rest is a few short lines around it. Pure."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.cli.session.letters import banner
from coach.cli.session.view import clock_text
from coach.figures.terminal import drawn
from coach.screen.state import Button, ScreenState

HEARD_S = 5.0
FIGURE_COLUMNS = 16  # of a figure beside the count; narrower ones tell nothing
BIG_WORDS_ROWS = 40  # from so many rows on the words below the count are large too
_GAP = 3


class Style(StrEnum):
    """How a line is written."""

    TITLE = "bold"
    COUNT = "bold cyan"
    WORDS = "bold yellow"
    SAID = ""
    QUESTION = "bold"
    TAKEN = "bold green"
    MISSED = "bold red"
    NOTE = "magenta"
    KEYS = "dim"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the terminal."""

    text: str
    style: Style


def laid_out(state: ScreenState, now_s: float, columns: int, rows: int) -> list[Row]:
    """Return exactly so many rows, none wider than so many columns."""
    below = [*_words(state, columns, rows), *_bar(state, now_s, columns), *_talk(state, now_s, columns, rows)]
    below.append(Row(_keys(state, now_s, columns), Style.KEYS))
    title = Row(_title(state, columns), Style.TITLE)
    below = below[-max(1, rows - 1) :]
    room = max(0, rows - 1 - len(below))
    return [Row(row.text[:columns], row.style) for row in (title, *_middle(state, now_s, columns, room), *below)][:rows]


def _title(state: ScreenState, columns: int) -> str:
    """Return what goes on, and at the right which rep of how many."""
    if state.question or state.number is None:
        return _cut(state.title, columns)
    done = f"{state.number} {state.unit}"
    return _cut(state.title, columns - len(done) - 2).ljust(columns - len(done)) + done


def _middle(state: ScreenState, now_s: float, columns: int, rows: int) -> list[Row]:
    """Return the count with the figure beside it, or what else is large, in the middle of its room."""
    number = "" if state.question else number_text(state, now_s)
    count = banner(number, columns, rows) if number else []
    if number and not count:
        count = [number]
    if not number and (state.figure is None or state.question):
        lines = _large(state.words, columns, rows)
        return _centered([Row(line, Style.WORDS) for line in lines], columns, rows)
    wide = max(map(len, count), default=0)
    figure = _figure(state, now_s, columns - wide - (_GAP if count else 0), rows)
    if not figure:
        return _centered([Row(line, Style.COUNT) for line in count], columns, rows)
    across = max(map(len, figure))
    beside = [line.ljust(across) for line in _vertically(figure, rows)]
    counted = _vertically(count, rows)
    lines = [(a + " " * _GAP + b).rstrip() if count else a.rstrip() for a, b in zip(beside, counted, strict=True)]
    return _centered([Row(line, Style.COUNT) for line in lines], columns, rows)


def number_text(state: ScreenState, now_s: float) -> str:
    """Return the one number there is, as text."""
    if state.countdown is not None:
        left_s = round(state.countdown.left_at(now_s if state.held_s is None else min(now_s, state.held_s)))
        return str(left_s) if left_s < 100 else f"{left_s // 60}:{left_s % 60:02d}"
    return "" if state.number is None else str(state.number)


def _large(text: str, columns: int, rows: int) -> list[str]:
    """Return words as large as they fit, on one line or on one each."""
    words = text.split()
    one, each = banner(text, columns, rows), [banner(word, columns, rows // max(1, len(words)) - 1) for word in words]
    apart = [line for lines in each for line in (*lines, "")][:-1] if all(each) else []
    if not one and not apart:
        return [text]
    return apart if not one or len(apart) > 2 * len(one) * len(words) else one


def _figure(state: ScreenState, now_s: float, columns: int, rows: int) -> list[str]:
    animation = state.figure.animation() if state.figure else None
    if animation is None or columns < FIGURE_COLUMNS or rows < 4:
        return []
    at_s = now_s if state.held_s is None else min(now_s, state.held_s)
    part = state.motion.part_at(at_s) if state.motion else 0.0
    lines = drawn(animation.mirrored() if state.mirrored else animation, part, min(columns, 4 * rows), rows)
    return [line.replace("\u2800", " ") for line in lines]


def _words(state: ScreenState, columns: int, rows: int) -> list[Row]:
    """Return phase, side and breath on one line; large where there is much room."""
    if state.question and not state.words:
        return []
    parts = (state.words, "" if state.question else state.side, "" if state.held_s else state.breath)
    text = "  ".join(part for part in parts if part)
    alone = (number_text(state, 0.0) == "" and state.figure is None) or bool(state.question)
    large = banner(" ".join(parts[:2]).strip(), columns, rows // 8) if rows >= BIG_WORDS_ROWS and not alone else []
    if large:
        return [*(Row(line, Style.WORDS) for line in large), Row(state.breath, Style.SAID)]
    return [] if alone else [Row(_cut(text.upper(), columns), Style.WORDS)]


def _bar(state: ScreenState, now_s: float, columns: int) -> list[Row]:
    if state.bar is None or state.question:
        return []
    at_s = now_s if state.held_s is None else min(now_s, state.held_s)
    part = min(1.0, max(0.0, (at_s - state.bar.began_s) / state.bar.length_s))
    full = round(part * columns)
    return [Row("━" * full + "─" * (columns - full), Style.COUNT)]


def _talk(state: ScreenState, now_s: float, columns: int, rows: int) -> list[Row]:
    """Return what is asked or said, and what was heard or is wrong."""
    most = 4 if state.question else 2
    said = state.question or _caption(state, now_s)
    lines = textwrap.wrap(said, columns, max_lines=most, placeholder=" …")
    found = [Row(line, Style.QUESTION if state.question else Style.SAID) for line in lines]
    found += [Row("", Style.SAID)] * (min(2, rows // 8) - len(found))
    heard = state.heard
    if heard is not None and now_s - heard.began_s < HEARD_S:
        text = f'heard "{heard.text}"' + ("" if heard.taken else ": not acted on")
        return [*found, Row(_cut(text, columns), Style.TAKEN if heard.taken else Style.MISSED)]
    notes = textwrap.wrap(state.note, columns, max_lines=3, placeholder=" …") or [""]
    return [*found, *(Row(line, Style.NOTE) for line in notes)]


def _caption(state: ScreenState, now_s: float) -> str:
    """Return the part of the sentence that is being said; its last part stays."""
    if state.captions is None:
        return ""
    past_s = now_s - state.captions.began_s
    for text, seconds in state.captions.parts:
        if past_s < seconds:
            return text
        past_s -= seconds
    return state.captions.parts[-1][0] if state.captions.parts else ""


def _keys(state: ScreenState, now_s: float, columns: int) -> str:
    """Return the keys that matter now: the answers where something is asked."""
    if state.over:
        return ""
    if not state.question:
        usual = "space pause · c go on · ? help · q end"
        timed = f"{clock_text(now_s).strip()} · {usual}"
        return timed if len(timed) <= columns else _cut(usual, columns)
    numbers = [b for b in state.buttons if b.label.isdecimal()]
    answers = [f"{b.key} {b.label.lower()}" for b in state.buttons if b not in numbers]
    return _joined(_numbers(numbers) + answers, columns)


def _numbers(buttons: Sequence[Button]) -> list[str]:
    return [f"1-{len(buttons)}" if len(buttons) < 10 else "1-9, 0 for ten"] if buttons else []


def _joined(parts: Sequence[str], columns: int) -> str:
    """Return as many parts as fit."""
    between = " · " if len(" · ".join(parts)) <= columns else "  "
    while parts and len(between.join(parts)) > columns:
        parts = parts[:-1]
    return between.join(parts)


def _centered(lines: list[Row], columns: int, rows: int) -> list[Row]:
    """Put a block of lines into the middle of its room, all by the same margin."""
    wide = max((len(line.text) for line in lines), default=0)
    margin = " " * max(0, (columns - wide) // 2)
    above = max(0, (rows - len(lines)) // 2)
    blank = Row("", Style.SAID)
    block = [blank] * above + [Row((margin + line.text)[:columns], line.style) for line in lines]
    return (block + [blank] * rows)[:rows]


def _vertically(lines: Sequence[str], rows: int) -> list[str]:
    above = max(0, (rows - len(lines)) // 2)
    return ([""] * above + list(lines) + [""] * rows)[:rows]


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else text[: max(0, columns - 1)] + "…"
