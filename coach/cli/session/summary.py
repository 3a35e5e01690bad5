"""What a session came to, in a few lines, however it ended."""

from collections.abc import Iterable

from coach.cli.session.view import clock_text
from coach.library.files import load_exercises
from coach.live.loop import Live
from coach.session.record import SetDone
from coach.timeline.numbers import counted

ENDED = {
    "completed": "completed",
    "ended": "ended by you",
    "hurt": "ended because it hurt",
    "emergency": "ended after you asked for help",
    "unanswered": "ended because nobody answered",
    "interrupted": "cut short",
}


def summary(live: Live) -> list[str]:
    """Return how it ended, how long it took, and the reps of each exercise, side by side."""
    record = live.session.record
    did = f", {counted(record.reps, 'rep')}" if record.reps else ""
    head = f"{ENDED.get(live.reason, live.reason)} after {clock_text(live.clock_s).strip()}{did}.".capitalize()
    return [head, *(f"  {line}" for line in _by_exercise((*record.holds, *record.sets)))]


def _by_exercise(sets: Iterable[SetDone]) -> list[str]:
    names, done = load_exercises(), dict[str, list[str]]()
    for entry in sets:
        done.setdefault(entry.exercise, []).append(f"{entry.side} {entry.done}" if entry.side else str(entry.done))
    return [f"{names[key].name if key in names else key}: {', '.join(parts)}" for key, parts in done.items()]
