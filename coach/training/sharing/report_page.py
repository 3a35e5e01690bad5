"""The report as one printed page of HTML: no script, no other file, nothing that is fetched or sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path

from coach.library.citations import spelled_out
from coach.training import words
from coach.training.loads.units import Units, spoken_amount
from coach.training.sharing.report import Hurt, Report, ReportedChange, ReportedExercise, ReportedWeek
from coach.training.sharing.report_plot import course_plot, weeks_a_bar, weeks_plot
from coach.training.usability.scale import ACKNOWLEDGEMENT, BENCHMARKS
from coach.training.week import STRENGTH_A_WEEK, WALK_MINUTES

# What one page of A4 holds; a test prints it.
MOST_EXERCISES, MOST_HURTS, MOST_CHANGES, NOTE_LINES = 8, 4, 5, 3
_STYLE = Path(__file__).with_name("report.css")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page says that is not in the report."""

    names: Mapping[str, str]
    """Of exercises, by their ids."""
    units: Units
    disclaimer: str


def report_page(found: Report, wording: Wording) -> str:
    """Write the whole page."""
    title = f"Training report: {found.person}" if found.person else "Training report"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{_STYLE.read_text("utf-8")}</style>
</head>
<body>
<header>
<h1>Training report</h1>
<p>Name: {_name(found.person)} &nbsp; {_day(found.first)} to {_day(found.today)}, {_weeks_told(found.weeks)}.</p>
<p>{_summary(found)}</p>
</header>
<main>
<h2>Planned and done</h2>
{_weeks(found)}
{_exercises(found.exercises, wording)}
{_hurts(found.hurts, wording)}
{_changes(found.changes, wording)}
<h2>How easy the coach is to use</h2>
<p>{_usability(found)}</p>
<section class="notes"><h2>Notes</h2>{"<div></div>" * NOTE_LINES}</section>
</main>
<footer><p><small>{escape(wording.disclaimer)} Efforts, pain and walks are as reported to a voice
coaching program, which counted the reps. The report was written on that person's own computer and has not been
sent to anybody.</small></p></footer>
</body>
</html>
"""


def _name(person: str | None) -> str:
    return f"<strong>{escape(person)}</strong>" if person else '<span class="blank">&nbsp;</span>'


def _day(of: date) -> str:
    return words.day(of).partition(", ")[2]


def _weeks_told(weeks: Sequence[ReportedWeek]) -> str:
    return "this week" if len(weeks) == 1 else f"{len(weeks)} weeks, including this one"


def _summary(found: Report) -> str:
    if not found.sessions:
        return "No strength training is on record in these weeks."
    hurts = sum(not hurt.help_called for hurt in found.hurts)
    pain = f"It hurt {_times(hurts)}." if hurts else "Nothing hurt."
    helped = sum(hurt.help_called for hurt in found.hurts)
    help_called = f" Asked for help {_times(helped)}." if helped else ""
    return f"{_count(found.sessions, 'session')}, {found.completed} of them finished. {pain}{help_called}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _weeks(found: Report) -> str:
    told = _regularity(found)
    if not any(week.done or week.walked for week in found.weeks):
        return f"<p>{told}</p>"
    width = weeks_a_bar(found.weeks)
    means = f", each an average over {width} weeks" if width > 1 else ""
    caption = (
        f"{told} Bars: days with strength training{means}. Dashes: planned, {STRENGTH_A_WEEK} a week. "
        f"Circles: minutes walked; the top of the chart is {WALK_MINUTES} a week."
    )
    return f"<figure>{weeks_plot(found.weeks, told)}<figcaption>{caption}</figcaption></figure>"


def _regularity(found: Report) -> str:
    whole = [week for week in found.weeks if week.planned and week.start + timedelta(days=6) < found.today]
    planned, done = sum(week.planned for week in whole), sum(min(week.done, week.planned) for week in whole)
    walked = f"Walked: {found.walked:g} minutes, {found.walked / len(found.weeks):.0f} a week."
    if not planned:
        return f"No full week of strength training yet. {walked}"
    share = f"{done} of {planned} strength days in {_count(len(whole), 'full week')} ({100 * done / planned:.0f}%)"
    return f"{share}. {walked}"


def _exercises(exercises: Sequence[ReportedExercise], wording: Wording) -> str:
    if not exercises:
        return ""
    shown = sorted(exercises, key=lambda one: -len(one.course.points))[:MOST_EXERCISES]
    rows = "".join(_exercise(one, wording) for one in exercises if one in shown)
    left = _more(len(exercises) - len(shown), "other exercise", "done less often")
    names = ("Exercise", "Times", "Reps", "each time", "Load", "Effort (out of 10)", "each time", "Pauses", "Hurt")
    return f"<h2>Exercise by exercise</h2>\n{_table(names, rows, 'courses')}{left}"


def _exercise(one: ReportedExercise, wording: Wording) -> str:
    points = one.course.points
    reps: list[float | None] = [point.reps for point in points]
    efforts: list[float | None] = [point.effort for point in points]
    named = [effort for effort in efforts if effort is not None]
    told = f"{min(named):g} to {max(named):g}, last {named[-1]:g}" if named else "not said"
    most = max(point.reps for point in points)
    hurt = sum(not hurt.help_called for hurt in one.hurts)
    return _row(
        _named(one.id, wording),
        str(len(points)),
        f"{one.done} of {one.planned}",
        course_plot(reps, 0, most, f"Reps per side: {points[0].reps} first, {points[-1].reps} last"),
        _load(one, wording.units),
        told,
        course_plot(efforts, 0, 10, f"Effort: {told}"),
        str(one.pauses),
        str(hurt),
    )


def _load(one: ReportedExercise, units: Units) -> str:
    known = [point.load_kg for point in one.course.points if point.load_kg is not None]
    if not known:
        return "none"
    first, last = (f"{spoken_amount(kg, units):g}" for kg in (known[0], known[-1]))
    return f"{last} {units}" if first == last else f"{first} to {last} {units}"


def _hurts(hurts: Sequence[Hurt], wording: Wording) -> str:
    if not hurts:
        return ""
    rows = "".join(
        _row(_when(hurt.day), _named(hurt.exercise, wording), _at(hurt), _place(hurt)) for hurt in hurts[:MOST_HURTS]
    )
    left = _more(len(hurts) - MOST_HURTS, "earlier pain report", "left out")
    return f"<h2>What hurt</h2>\n{_table(('Day', 'Exercise', 'When', 'Where'), rows)}{left}"


def _at(hurt: Hurt) -> str:
    side = f", {hurt.side} side" if hurt.side else ""
    rep = f"rep {hurt.rep}" if hurt.rep else "before the first rep"
    return f"set {hurt.set_no}{side}, {rep}"


def _place(hurt: Hurt) -> str:
    if hurt.help_called:
        return "asked for help"
    return "not said" if hurt.place is None else {"back": "in the back", "elsewhere": "not in the back"}[hurt.place]


def _changes(changes: Sequence[ReportedChange], wording: Wording) -> str:
    if not changes:
        return ""
    latest = changes[::-1][:MOST_CHANGES]
    rows = "".join(
        _row(
            _when(one.day),
            f"{_named(one.exercise, wording)}: {one.what}",
            f"“{escape(one.why)}” <small>[{escape(spelled_out(one.source))}]</small>",
        )
        for one in latest
    )
    left = _more(len(changes) - MOST_CHANGES, "earlier change", "left out")
    return f"<h2>What changed, and what the coach said</h2>\n{_table(('Day', 'What', 'Why'), rows)}{left}"


def _usability(found: Report) -> str:
    if not found.usability:
        return "Not answered yet. The coach asks after the third and the twentieth session."
    means = "; ".join(f"{mean.of} {mean.mean:g} ({mean.source})" for mean in BENCHMARKS)
    scores = ", ".join(f"{one.score:g} out of 100 after session {one.number}" for one in found.usability[-2:])
    return f"{scores}. <small>Published means: {escape(means)}. {escape(ACKNOWLEDGEMENT)}</small>"


def _table(names: Sequence[str], rows: str, kind: str = "rows") -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _when(day: date) -> str:
    return f'<span class="when">{_day(day)}</span>'


def _named(exercise: str, wording: Wording) -> str:
    return escape(wording.names.get(exercise, exercise))


def _more(count: int, what: str, left: str) -> str:
    was = "was" if count == 1 else "were"
    return f"<p><small>{_count(count, what)} {was} {left}.</small></p>" if count > 0 else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
