"""History, progress and sources as text and JSON."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from coach.errors import InputError
from coach.library.facts import load_facts
from coach.training.history import SessionRow
from coach.training.plot import chart, spark
from coach.training.progress import Adherence, Changed, Course, Point
from coach.training.rules import RULES
from coach.training.sources import FactUse

LATEST = 12
"""Changes that the text names; JSON has them all."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows in columns as wide as they need."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    lines = ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, indent: str = "") -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)


def history(sessions: Iterator[SessionRow]) -> str:
    """Return the sessions as a table, one line each."""
    rows = [
        (
            session.id,
            session.started[:16].replace("T", " "),
            session.routine or "-",
            (session.reason or "broke off") + (" (rehearsed)" if session.rehearsed else ""),
            len(session.sets),
            f"{sum(row.done for row in session.sets)} of {sum(row.planned for row in session.sets)}",
            _told(session),
        )
        for session in sessions
    ]
    if not rows:
        return "Nothing on record yet."
    return table(("", "started", "routine", "how it ended", "sets", "reps", ""), rows)


def _told(session: SessionRow) -> str:
    hurt = dict.fromkeys(row.exercise for row in session.sets if row.pain)
    efforts = [row.effort for row in session.sets if row.effort is not None]
    parts = [f"it hurt: {', '.join(hurt)}"] if hurt else []
    if efforts:
        low, high = min(efforts), max(efforts)
        parts.append(f"effort {low}" if low == high else f"effort {low} to {high}")
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Progress:
    courses: tuple[Course, ...]
    adherence: Adherence
    changes: tuple[Changed, ...]


def only(courses: tuple[Course, ...], exercise: str) -> tuple[Course, ...]:
    """Return one exercise's course; InputError where there is none."""
    found = tuple(course for course in courses if course.exercise == exercise)
    if not found:
        there = ", ".join(course.exercise for course in courses) or "nothing yet"
        raise InputError(f"nothing is on record of {exercise!r}; there is {there}")
    return found


def progress_json(shown: Progress) -> dict[str, object]:
    return {
        "exercises": [
            {**_course_row(course), "points": [asdict(point) for point in course.points]} for course in shown.courses
        ],
        "adherence": {**asdict(shown.adherence), "percent": shown.adherence.percent},
        "changes": [asdict(changed) for changed in shown.changes],
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
        "load_kg": last.load_kg,
        "effort": last.effort,
        "pain": sum(point.pain for point in course.points),
    }


def progress(shown: Progress, large: bool) -> str:
    if not shown.courses:
        return "Nothing on record yet."
    rows = [["-" if cell is None else cell for cell in _course_row(course).values()] for course in shown.courses]
    parts = [table(tuple(_course_row(shown.courses[0])), rows)]
    parts += [_large(course) if large else _small(course) for course in shown.courses]
    parts.append(_regularity(shown.adherence))
    if shown.changes:
        parts.append("What changed, and why\n\n" + "\n".join(_change(changed) for changed in shown.changes))
    return "\n\n".join(parts)


def _series(points: Sequence[Point]) -> dict[str, list[float | None]]:
    return {
        "reps": [point.reps for point in points],
        "load": [point.load_kg for point in points],
        "effort": [point.effort for point in points],
    }


def _small(course: Course) -> str:
    lines = [f"  {course.exercise}"]
    for name, values in _series(course.points).items():
        known = [value for value in values if value is not None]
        if known:
            lines.append(f"    {name:<7} {spark(values)}  {min(known):g} to {max(known):g}, now {known[-1]:g}")
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
        return "How regularly: the first week is still running."
    return (
        f"How regularly: {found.days} strength days in the last {found.weeks} whole weeks, "
        f"{found.met} of them with two or more ({found.percent} % of two a week)."
    )


def _change(changed: Changed) -> str:
    return f"  {changed.day}  {changed.exercise}\n{wrapped(f'{changed.why} [{changed.source}]', indent='      ')}"


def placed(fact: str | None) -> Mapping[str, tuple[FactUse, ...]]:
    """Return the places of every fact, or of the one (or the group) that is named."""
    from coach.library.files import load_exercises, load_routine, routine_ids
    from coach.training import sources

    routines = {name: tuple(block.exercise.id for block in load_routine(name).blocks) for name in routine_ids()}
    found = sources.placed(load_exercises(), routines)
    if fact is None:
        return found
    chosen = {name: places for name, places in found.items() if name == fact or name.startswith(f"{fact}.")}
    if not chosen:
        groups = dict.fromkeys(name.split(".")[0] for name in found)
        raise InputError(f"there is no fact {fact!r}; the groups are {', '.join(groups)}")
    return chosen


def sources_json(found: Mapping[str, tuple[FactUse, ...]]) -> list[dict[str, object]]:
    facts = load_facts()
    return [
        {"fact": fact, "says": facts[fact], "places": [{"how": place.how, "where": place.where} for place in places]}
        for fact, places in found.items()
    ]


def sources(found: Mapping[str, tuple[FactUse, ...]], with_rules: bool) -> str:
    lines = []
    for fact, places in found.items():
        lines.append(f"{fact}\n{wrapped(load_facts()[fact], indent='    ')}")
        lines += [f"      {place.how}: {place.where}" for place in places] or ["      nowhere"]
    if with_rules:
        lines.append("\nThe rules of progression")
        lines += [f"  {rule.id:<13}{rule.says} [{rule.source}]" for rule in RULES.values()]
    return "\n".join(lines)
