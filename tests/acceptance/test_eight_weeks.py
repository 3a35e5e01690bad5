"""Eight weeks of training: every change of the plan follows from what was done, and nothing done is lost.

Sixteen sessions on Tuesdays and Fridays, a fortnight away among them, one pain, efforts from easy to very hard. Two
sessions are rehearsed by sound (voice, room, ears), the others by text; each is a program of its own. Then:
- the history holds each rep that a session's log has, the efforts as they were said, the pain where it was;
- each change follows from what was done before, by the rules written out once more here.
What it prints is every change of the plan with its words, for a person to read.
"""

import contextlib
import io
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import main as coach
from tests.support.program import COACH, environment

PROFILE = 'condition = "osteopenia"\nweights = [2, 3, 5]\nbands = ["yellow", "red"]\n'
ROW, PULL, TURN, DOG, LIFT = EXERCISES = (
    "one-arm-row", "horizontal-abduction", "external-rotation", "bird-dog", "back-extension",
)  # fmt: skip
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TUESDAY = date(2027, 5, 4)
WEEKS = (0, 1, 2, 3, 4, 7, 8, 9)  # two weeks away after the fifth
DAYS = tuple(TUESDAY + timedelta(days=7 * week + extra) for week in WEEKS for extra in (0, 3))
BY_SOUND = {3, 12}  # sessions, from 1: with the bands alone, so that it stays short
PAIN = (7, DOG)
EFFORTS: Mapping[str, str] = {
    ROW: "4 4 - 4 6 4 4 4 5 5 4 - 4 4 4 4".replace(" ", ""),
    PULL: "6666776666666666",
    TURN: "4466449466666444",
    DOG: "44-4444464-64444",
    LIFT: "44-?4444?4-44444",
}
"""How hard each was, session by session; `-`: not trained that day, `?`: she says nothing."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An exercise as a day's plan has it."""

    sets: int
    reps: int
    load: object
    exercise: str
    change: str
    rule: str
    why: str

    @property
    def dose(self) -> tuple[object, ...]:
        return self.exercise, self.load, self.sets, self.reps

    def __str__(self) -> str:
        load = f" with {self.load}{' kg' if isinstance(self.load, float) else ''}" if self.load else ""
        return f"{self.sets} x {self.reps}{load}"


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise as it was done."""

    day: date
    dose: tuple[object, ...]
    complete: bool
    effort: int | None
    pain: bool


@dataclass(slots=True)
class Programme:
    folder: Path
    done: dict[str, list[Done]] = field(default_factory=lambda: {name: [] for name in EXERCISES})
    changes: int = 0
    problems: list[str] = field(default_factory=list)

    def coach(self, *arguments: str) -> str:
        """Run the program; return what it printed."""
        command = [*COACH, *arguments]
        found = subprocess.run(command, env=environment(**self.folders), capture_output=True, text=True, check=False)
        if found.returncode != 0:
            self.problems.append(f"coach {' '.join(arguments)}: exit {found.returncode}: {found.stderr.strip()}")
        return found.stdout

    def ask(self, *arguments: str) -> str:
        """Run what only reads within this program, which is quicker; return what it printed."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit), pytest.MonkeyPatch.context() as patch:
            for name, folder in self.folders.items():
                patch.setenv(name, folder)
            coach(arguments)
        return out.getvalue()

    @property
    def folders(self) -> dict[str, str]:
        return {f"XDG_{what}_HOME": str(self.folder / what.lower()) for what in ("DATA", "STATE", "CONFIG")}

    def dated(self, day: date) -> tuple[str, ...]:
        return "--history", str(self.folder / "programme.sqlite3"), "--today", day.isoformat()


@pytest.mark.slow
def test_eight_weeks_are_kept_and_every_change_is_as_the_rules_say(tmp_path: Path) -> None:
    programme = Programme(tmp_path)
    profile = tmp_path / "config" / "coach" / "profile.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text(PROFILE)
    for number, day in enumerate(DAYS, 1):
        session(programme, number, day)
    print(f"\nafterwards\n{programme.ask('progress', *programme.dated(DAYS[-1]))}")
    print(f"{len(DAYS)} sessions, {programme.changes} changes of the plan")
    assert len(kept(programme)) == len(DAYS)
    assert programme.changes > 0
    assert programme.problems == []


def kept(programme: Programme) -> list[dict[str, Any]]:
    """Return the history's sessions."""
    found: list[dict[str, Any]] = json.loads(programme.ask("history", "--json", *programme.dated(DAYS[0])[:2]))
    return found


def session(programme: Programme, number: int, day: date) -> None:
    """Rehearse one session, and check it."""
    sound = number in BY_SOUND
    routine = "bands" if sound else "spine-strength"
    plan = {item.exercise: item for item in planned(programme, routine, day)}
    print(f"\nsession {number}, {day:%A %d %B}: {routine}{', by sound' if sound else ''}")
    for name, item in plan.items():
        told(programme, family(name), item, day)
    log, script = programme.folder / f"{number}.jsonl", programme.folder / f"{number}.toml"
    script.write_text("\n".join(said(number, plan)))
    how = [] if sound else ["--by-text"]
    files = ("--script", str(script), "--log", str(log), "--plain")
    out = programme.coach("rehearse", routine, *files, *how, *programme.dated(day))
    if "never came" in out:
        programme.problems.append(f"session {number}: {out[out.index('not said') :].strip()}")
    check(programme, number, day, plan, log)


def planned(programme: Programme, routine: str, day: date) -> Iterator[Planned]:
    """Yield what `coach plan` says for a day."""
    for row in json.loads(programme.ask("plan", routine, "--json", *programme.dated(day)))["exercises"]:
        load = row["load_kg"] or row["band"]
        yield Planned(row["sets"], row["reps"], load, row["exercise"], row["change"], row["rule"], row["why"])


def told(programme: Programme, name: str, item: Planned, day: date) -> None:
    """Print an exercise as planned, with its words, and check the change by the rules as written here."""
    print(f"  {item.exercise:<20} {item!s:<22} {item.change:<5} {item.why}")
    wanted = expected(programme.done[name], day)
    programme.changes += item.change in ("up", "back")
    if item.change != wanted:
        programme.problems.append(f"{day} {name}: {item.change} ({item.rule}), by the rules {wanted}")
    elif programme.done[name] and not one_step(programme.done[name][-1].dose, item):
        programme.problems.append(f"{day} {name}: from {programme.done[name][-1].dose} to {item} is not one step")


def expected(done: list[Done], day: date) -> str:
    """Say the rules once more, in their plainest form."""
    if not done:
        return "start"
    last = done[-1]
    lowest = last.dose[2:] == (1, 10) and last.dose[0] in EXERCISES and last.dose[1] in (None, 2.0, "yellow")
    if last.pain or (last.effort or 0) >= 9 or not last.complete:
        return "out" if lowest else "back"
    if day - last.day >= timedelta(days=14):
        return "same" if lowest else "back"
    two = done[-2:]
    easy = len(two) == 2 and all(one.complete and (one.effort or 10) <= 6 and one.dose == last.dose for one in two)
    began = next((one.day for one in done if one.dose == last.dose and same_since(done, one)), last.day)
    changed = any(one.dose != last.dose for one in done)
    return "up" if easy and not (changed and day - began < timedelta(days=7)) else "same"


def same_since(done: list[Done], one: Done) -> bool:
    return all(other.dose == one.dose for other in done[done.index(one) :])


def one_step(before: tuple[object, ...], item: Planned) -> bool:
    """Tell whether the new dose is the old one, or one rung up or down from it."""
    exercise, load, sets, reps = before
    rungs = {10: 12, 12: 15}
    if item.change == "same":
        return item.dose == before
    if item.change == "up" and reps in rungs:
        return item.dose == (exercise, load, sets, rungs[int(str(reps))])
    if item.change == "up" and sets != 3:
        return item.dose == (exercise, load, int(str(sets)) + 1, 10)
    if item.change == "up":
        return (item.sets, item.reps) == (3, 10) and item.dose[:2] != (exercise, load)
    changed = sum(old != new for old, new in zip(before, item.dose, strict=True))
    return item.change == "out" or (changed == 1 and (item.sets, item.reps) <= (sets, reps))


def family(exercise: str) -> str:
    return exercise.removesuffix("-arms")


def effort_of(number: int, exercise: str) -> int | None:
    """Return what she answers in a session; None where she says nothing."""
    sign = EFFORTS[family(exercise)][number - 1]
    return int(sign) if sign.isdigit() else None


def said(number: int, plan: Mapping[str, Planned]) -> Iterator[str]:
    """Yield the session's script."""
    for name in plan:
        if (number, name) == PAIN:
            continue  # it hurts before anybody asks
        effort = effort_of(number, name)
        about = "about " if effort and (number + effort) % 2 else ""
        text = f"{about}{WORDS[effort - 1]}" if effort else ""
        yield f'[[say]]\nat = {{question = "effort", exercise = "{name}"}}\nafter_s = 5\ntext = "{text}"\n'
    if number == PAIN[0]:
        yield f'[[say]]\nat = {{kind = "set", exercise = "{PAIN[1]}", rep = 4}}\nafter_s = 1\ntext = "it hurts"\n'


def reps_of(entries: Sequence[Mapping[str, Any]]) -> int:
    """Count the reps of a log. The balance hold is no block, and is not in the history."""
    count, exercise = 0, ""
    for entry in entries:
        exercise = entry["exercise"] or "" if entry["event"] == "segment" else exercise
        count += entry["event"] == "rep" and not exercise.startswith("balance-hold")
    return count


def check(programme: Programme, number: int, day: date, plan: Mapping[str, Planned], log: Path) -> None:
    """Compare the history's latest session with the log, and with what was said."""
    latest = kept(programme)[-1]["sets"]
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    reps = reps_of(entries)
    if (found := sum(row["done"] for row in latest)) != reps:
        programme.problems.append(f"session {number}: {reps} reps in the log, {found} in the history")
    for name, item in plan.items():
        rows = [row for row in latest if row["exercise"] == name]
        hurts = (number, name) == PAIN
        wanted = None if hurts else effort_of(number, name)
        efforts, pain = {row["effort"] for row in rows}, any(row["pain"] for row in rows)
        if efforts != {wanted} or pain != hurts:
            programme.problems.append(f"session {number}, {name}: effort {efforts} for {wanted}, pain {pain}")
        complete = all(row["done"] == row["planned"] for row in rows)
        done = Done(day, item.dose, complete, wanted, pain)
        programme.done[family(name)].append(done)
