"""History and progress as text and JSON."""

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from heapq import merge

from coach.errors import InputError
from coach.library.citations import spelled_out
from coach.training.history import SessionRow, WalkRow
from coach.training.plot import chart, spark
from coach.training.progress import Adherence, Changed, Course, Point, Walked
from coach.training.usability.asked import UsabilityRecord
from coach.training.usability.scale import ACKNOWLEDGEMENT, BENCHMARKS

LATEST = 12
"""Changes that the text names; JSON has them all."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows in columns as wide as they need."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    lines = ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, indent: str = "") -> str:
    """Wrap a text to the terminal's width, at most 110 columns."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)


def history(sessions: Iterable[SessionRow], walks: Iterable[WalkRow]) -> str:
    """Return the sessions and the walks as a table, one line each."""
    rows = list(merge(map(_walk_row, walks), map(_session_row, sessions), key=lambda row: str(row[1])[:10]))
    if not rows:
        return "Nothing on record yet."
    return table(("", "started", "routine", "how it ended", "sets", "reps", ""), rows)


def _session_row(session: SessionRow) -> tuple[object, ...]:
    return (
        session.id,
        session.started[:16].replace("T", " "),
        session.routine or "-",
        (session.reason or "cut short") + _rehearsed(session.rehearsed) + (" (dropped)" if session.dropped else ""),
        len(session.sets),
        f"{sum(row.done for row in session.sets)} of {sum(row.planned for row in session.sets)}",
        _pain_and_effort(session),
    )


def _walk_row(walk: WalkRow) -> tuple[object, ...]:
    return ("", walk.day, "walk", f"{walk.minutes:g} minutes{_rehearsed(walk.rehearsed)}", "", "", "")


def _rehearsed(rehearsed: bool) -> str:
    return " (rehearsed)" if rehearsed else ""


def _pain_and_effort(session: SessionRow) -> str:
    hurt = dict.fromkeys(row.exercise for row in (*session.holds, *session.sets) if row.pain)
    efforts = [row.effort for row in session.sets if row.effort is not None]
    parts = [f"it hurt: {', '.join(hurt)}"] if hurt else []
    if session.holds:
        held, planned = (
            sum(figure) for figure in zip(*((row.done, row.planned) for row in session.holds), strict=True)
        )
        parts.append(f"balance {held} of {planned}")
    if efforts:
        low, high = min(efforts), max(efforts)
        parts.append(f"effort {low}" if low == high else f"effort {low} to {high}")
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Progress:
    """What `coach progress` shows."""

    courses: tuple[Course, ...]
    adherence: Adherence
    changes: tuple[Changed, ...]
    walked: Walked | None
    usability: tuple[UsabilityRecord, ...]


def only(courses: tuple[Course, ...], exercise: str) -> tuple[Course, ...]:
    """Return one exercise's course; InputError where there is none."""
    found = tuple(course for course in courses if course.exercise == exercise)
    if not found:
        there = ", ".join(course.exercise for course in courses) or "nothing yet"
        raise InputError(f"there's nothing on record for {exercise!r}; on record: {there}")
    return found


def progress_json(shown: Progress) -> dict[str, object]:
    """Return the progress in the shape of `progress --json`."""
    return {
        "exercises": [
            {**_course_row(course), "points": [asdict(point) for point in course.points]} for course in shown.courses
        ],
        "adherence": {**asdict(shown.adherence), "percent": shown.adherence.percent},
        "changes": [asdict(changed) for changed in shown.changes],
        "walked": None if shown.walked is None else asdict(shown.walked),
        "usability": [
            {"session": one.number, "day": one.day.isoformat(), "said": one.said, "score": one.score}
            for one in shown.usability
        ],
    }


def _course_row(course: Course) -> dict[str, object]:
    first, last = course.points[0], course.points[-1]
    return {
        "exercise": course.exercise,
        "sessions": len(course.points),
        "first": first.day,
        "last": last.day,
        "reps_first": first.reps,
        "reps_last": last.reps,
        "load_kg": None if last.load_kg is None else round(last.load_kg, 2),
        "effort": last.effort,
        "pain": sum(point.pain for point in course.points),
    }


def progress(shown: Progress, large: bool) -> str:
    """Return the progress as tables and plots; `large` for one exercise."""
    extra = [*_walking(shown.walked), *_usability(shown.usability)]
    if not shown.courses:
        return "\n\n".join(extra) or "Nothing on record yet."
    rows = [["-" if cell is None else cell for cell in _course_row(course).values()] for course in shown.courses]
    parts = [table(tuple(_course_row(shown.courses[0])), rows)]
    parts += [_large(course) if large else _small(course) for course in shown.courses]
    parts += [_regularity(shown.adherence), *extra]
    if shown.changes:
        parts.append("What changed, and why\n\n" + "\n".join(_change(changed) for changed in shown.changes))
    return "\n\n".join(parts)


def _series(points: Sequence[Point]) -> dict[str, list[float | None]]:
    return {
        "reps": [point.reps for point in points],
        "load kg": [point.load_kg for point in points],
        "effort": [point.effort for point in points],
    }


def _small(course: Course) -> str:
    lines = [f"  {course.exercise}"]
    for name, values in _series(course.points).items():
        known = [value for value in values if value is not None]
        if known:
            lines.append(f"    {name:<7} {spark(values)}  {min(known):.3g} to {max(known):.3g}, now {known[-1]:.3g}")
    return "\n".join(lines)


def _large(course: Course) -> str:
    charts = [
        "\n".join([f"  {name}", *(f"  {line}" for line in chart(values))])
        for name, values in _series(course.points).items()
        if any(value is not None for value in values)
    ]
    return "\n\n".join(charts)


def _regularity(found: Adherence) -> str:
    if not found.weeks:
        return "How regularly you train: your first week isn't over yet."
    return (
        f"How regularly you train: {found.days} strength days in the last {found.weeks} full weeks; "
        f"{found.met} of those weeks had two or more ({found.percent}% of the goal of two a week)."
    )


def _walking(found: Walked | None) -> list[str]:
    if found is None:
        return []
    before = f", {found.minutes:g} in the last {found.weeks} full weeks" if found.weeks else ""
    return [f"Walking: {found.this_week:g} minutes this week{before}."]


def _usability(asked: Sequence[UsabilityRecord]) -> list[str]:
    """Return the scores beside those that others published."""
    scores = [f"{one.score:g} out of 100 after session {one.number}" for one in asked if one.score is not None]
    if not scores:
        return []
    means = "\n".join(wrapped(f"{mean.mean:g}  {mean.of} [{mean.source}]", indent="    ") for mean in BENCHMARKS)
    return [f"How easy the coach is to use: {', '.join(scores)}.\n\n{means}\n\n{wrapped(ACKNOWLEDGEMENT)}"]


def _change(changed: Changed) -> str:
    why = f"{changed.why} [{spelled_out(changed.source)}]"
    return f"  {changed.day}  {changed.exercise}\n{wrapped(why, indent='      ')}"
