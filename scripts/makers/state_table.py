"""Draw the tables of coach/session/README.md anew, from the transition table, the answers and the timers."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from coach.hearing.vocabulary.commands import Command
from coach.session.mode import WAITS_IN, Question, State, Wait
from coach.session.rules.questions import OWN_WAIT, TIMES
from coach.session.state import Closed, Rule, state_of
from coach.session.timers import SCHEDULES, UNANSWERED
from coach.session.transitions import ANSWERS, TABLE
from coach.timeline.cue import SegmentKind
from scripts.makers.readme import renewed
from scripts.named import ROOT, options

PAGE = ROOT / "coach" / "session" / "README.md"
NOTHING = "-"


def states_table() -> str:
    """Return each state: its segments, and what it waits for with the times at which something happens."""
    rows = (
        (f"`{state}`", _segments(state), "<br>".join(map(_schedule, WAITS_IN[state])) or NOTHING) for state in State
    )
    return _table(("state", "segments", "waits for, and after how many seconds it does what"), rows)


def commands_table() -> str:
    """Return what each command does; commands that do the same everywhere share a row."""
    rows = [
        (_in_segments(command), _in_state(command, State.PAUSED), _in_state(command, State.ASKING), command)
        for command in Command
    ]
    alike = groupby(sorted(rows, key=lambda row: row[:3]), key=lambda row: row[:3])
    joined = [([row[3] for row in same], *cells) for cells, same in alike]
    joined.sort(key=lambda row: list(Command).index(row[0][0]))
    return _table(
        ("command", "while a segment plays or waits", "paused", "asking"),
        ((" ".join(f"`{command}`" for command in commands), *cells) for commands, *cells in joined),
    )


def questions_table() -> str:
    """Return each question: its answers, how often it is asked, and what silence means."""
    rows = (
        (
            f"`{question}`",
            "<br>".join(
                f"`{command}`: {_name(rule)}" for (asked, command), rule in ANSWERS.items() if asked is question
            ),
            str(TIMES[question]),
            f"{_name(UNANSWERED[question])} ({_last_s(question):g} s)",
        )
        for question in Question
    )
    return _table(("question", "answers", "times", "silence"), rows)


PARTS: dict[str, Callable[[], str]] = {
    "states": states_table,
    "commands": commands_table,
    "questions": questions_table,
}


def main(arguments: Sequence[str]) -> int:
    """Write the tables, or with `--check` only compare them."""
    parser = options("make state_table", __doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is out of date")
    check = parser.parse_args(arguments).check
    old = PAGE.read_text("utf-8")
    new = renewed(old, PARTS)
    if new != old and check:
        print("coach/session/README.md is out of date: run scripts/make state_table", file=sys.stderr)
        return 1
    PAGE.write_text(new, "utf-8")
    return 0


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _segments(state: State) -> str:
    own = [kind for kind in SegmentKind if state_of(kind) is state]
    return " ".join(own) if own else "any"


def _schedule(wait: Wait) -> str:
    fired = " · ".join(f"{after_s:g}: {_name(action)}" for after_s, action in SCHEDULES[wait])
    return f"`{wait}` {fired}" if fired else f"`{wait}` (no timer)"


def _last_s(question: Question) -> float:
    schedule = SCHEDULES[OWN_WAIT.get(question, Wait.QUESTION)]
    return schedule[-1][0]


def _in_segments(command: Command) -> str:
    """Return what a command does by segment; one name where that is the same in all that are open."""
    return _grouped({kind: _name(TABLE[state_of(kind), kind, command]) for kind in SegmentKind})


def _in_state(command: Command, state: State) -> str:
    """Return what a command does in a state by segment, or that it does the same as while these play."""
    here = _grouped({kind: _name(TABLE[state, kind, command]) for kind in SegmentKind})
    return "the same" if ":" in here and here == _in_segments(command) else here


def _grouped(names: Mapping[SegmentKind, str]) -> str:
    """Write what happens by segment: one name where all are alike, none where nothing happens."""
    kinds: dict[str, list[str]] = {}
    for kind, name in names.items():
        kinds.setdefault(name, []).append(kind)
    if len(kinds) == 1:
        return next(iter(kinds))
    return "<br>".join(f"{' '.join(those)}: {name}" for name, those in kinds.items() if name != NOTHING)


def _name(rule: Rule | Closed | Callable[..., object]) -> str:
    """Return a rule's name in words, or that nothing happens."""
    return NOTHING if isinstance(rule, Closed) else rule.__name__.replace("_", " ")
