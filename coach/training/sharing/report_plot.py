"""Weeks and courses as drawings in SVG, for a printed page: no script, no colour needed to tell things apart."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from coach.training.plot import thinned
from coach.training.sharing.report import ReportedWeek
from coach.training.week import WALK_MINUTES

WIDTH, HEIGHT = 720, 128
_LEFT, _TOP, _BOTTOM = 26, 8, 104  # the bars' ground
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_POINTS = 150, 22, 50
_MOST_BARS = 60
_LABELLED_BARS = 30  # more, and only years are named

INK, FILL = "#1b2430", "#0b5394"


@dataclass(frozen=True, slots=True)
class Bar:
    """A week, or the mean of several."""

    start: date
    planned: float
    done: float
    walked: float


def weeks_a_bar(weeks: Sequence[ReportedWeek]) -> int:
    """Return how many weeks a bar stands for."""
    return math.ceil(len(weeks) / _MOST_BARS)


def weeks_plot(weeks: Sequence[ReportedWeek], told: str) -> str:
    """Draw strength days as bars, the days planned as a line, and the minutes walked as dots. `told`: it in words."""
    bars = _bars_of(weeks)
    most = math.ceil(max([3.0, *(bar.done for bar in bars), *(bar.planned for bar in bars)]))
    step = (WIDTH - _LEFT) / len(bars)
    parts = [
        *_scale(most),
        *_done(bars, step, most),
        _planned(bars, step, most),
        *_walks(bars, step),
        *_labels(bars, step),
    ]
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'


def _bars_of(weeks: Sequence[ReportedWeek]) -> list[Bar]:
    size = weeks_a_bar(weeks)
    groups = [weeks[at : at + size] for at in range(0, len(weeks), size)]
    return [
        Bar(
            group[0].start,
            sum(week.planned for week in group) / len(group),
            sum(week.done for week in group) / len(group),
            sum(week.walked for week in group) / len(group),
        )
        for group in groups
    ]


def _y(value: float, most: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / most


def _scale(most: int) -> Iterator[str]:
    for days in range(most + 1):
        y = _y(days, most)
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH}" stroke="#d5dbe1" stroke-width="0.6"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" font-size="11" text-anchor="end" fill="{INK}">{days}</text>'


def _done(bars: Sequence[Bar], step: float, most: int) -> Iterator[str]:
    for number, bar in enumerate(bars):
        if bar.done:
            x, y = _LEFT + step * (number + 0.2), _y(bar.done, most)
            yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.6:.2f}" height="{_BOTTOM - y:.1f}" fill="{FILL}"/>'


def _planned(bars: Sequence[Bar], step: float, most: int) -> str:
    """Draw a step wherever something was planned."""
    path = "".join(
        f"M{_LEFT + step * number:.1f} {_y(bar.planned, most):.1f}h{step:.2f}"
        for number, bar in enumerate(bars)
        if bar.planned
    )
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.6" stroke-dasharray="5 3"/>' if path else ""


def _walks(bars: Sequence[Bar], step: float) -> Iterator[str]:
    """Draw the minutes walked, the guideline's 150 being as high as the scale."""
    radius = min(4.0, max(1.0, step * 0.2))
    for number, bar in enumerate(bars):
        if bar.walked:
            x, y = _LEFT + step * (number + 0.5), _y(min(1.0, bar.walked / WALK_MINUTES), 1.0)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#fff" stroke="{INK}" stroke-width="1.4"/>'


def _labels(bars: Sequence[Bar], step: float) -> Iterator[str]:
    few = len(bars) <= _LABELLED_BARS
    room_from = 0.0
    for number, bar in enumerate(bars):
        x = _LEFT + step * number
        new_year = number == 0 or bar.start.year != bars[number - 1].start.year
        if x < room_from or not (few or new_year):
            continue
        text = f"{bar.start.day}.{bar.start.month}." if few else str(bar.start.year)
        room_from = x + 34
        yield f'<text x="{x + 2:.1f}" y="{HEIGHT - 8}" font-size="11" fill="{INK}">{text}</text>'


def course_plot(values: Sequence[float | None], low: float, high: float, told: str) -> str:
    """Draw a small line between two bounds; what is unknown is left out. `told`: it in words."""
    thin = thinned(values, _SPARK_POINTS)
    height, width = _SPARK_HEIGHT - 6, _SPARK_WIDTH - 8
    span = (high - low) or 1.0
    points = [
        (4 + width * number / max(1, len(thin) - 1), 3 + height * (1 - (value - low) / span))
        for number, value in enumerate(thin)
        if value is not None
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dot = f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="2.6" fill="{FILL}"/>' if points else ""
    return (
        f'<svg class="course" viewBox="0 0 {_SPARK_WIDTH} {_SPARK_HEIGHT}" role="img" aria-label="{escape(told)}">'
        f'<polyline points="{line}" fill="none" stroke="{FILL}" stroke-width="1.5"/>{dot}</svg>'
    )
