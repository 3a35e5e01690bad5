"""Print every line that the coach can say, with where it stands: to be read aloud, and to be judged."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coach.timeline.phrases as phrases_module
from coach.library.around import load_around
from coach.library.exercise import Exercise, Side, Sides
from coach.library.files import load_exercises
from coach.library.safety import load_rules
from coach.timeline.phrases import capital, phrase
from coach.timeline.subject import sided
from coach.training import explain
from coach.training.shape import UNREAD, UNREAD_PROFILE
from coach.training.walking.pain import GENTLER
from scripts.named import options

FILLED = {
    "minutes": "thirty-five minutes", "cadence": "one hundred and ten", "exercises": "five exercises",
    "seconds": "fifteen", "things": "a mat, a sturdy chair and a folded towel", "name": "one-arm row",
    "number": "two", "of": "five", "sets": "two sets", "reps": "ten", "time": "one minute", "count": "six",
    "n": "two", "side": "left", "names": "Anna or Bea",
    "what": "two sets", "phase": "pull", "key": "Breathe out as you pull to your ribs, breathe in as you lower.",
    "target": "your balance", "word": "next",
}  # fmt: skip
"""Stands in a printed sentence for what is only known in a session."""

PERSON = "session.who"
"""Where a name is a person's, not an exercise's."""

SILENT = ("thing", "chapter", "usability")
"""Parts of the phrase file that are no sentences of ours: names, titles, and a scale that is read word for word."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    where: str
    text: str


def main(arguments: Sequence[str]) -> int:
    parser = options("make lines", __doc__)
    parser.add_argument("--where", action="store_true", help="before each line, where it stands")
    show = parser.parse_args(arguments).where
    for number, line in enumerate(every_line(), 1):
        print(f"{number:4} {f'[{line.where}] ' if show else ''}{line.text}")
    return 0


def every_line() -> tuple[SpokenLine, ...]:
    """Return every line once, in the order of the files."""
    found = [*_phrases(), *_around(), *_exercises(), *_cares(), *_reasons()]
    return tuple({line.text: line for line in reversed(found)}.values())[::-1]


def _phrases() -> Iterator[SpokenLine]:
    file = Path(phrases_module.__file__).parent / "phrases" / "en.toml"
    for key, text in strings("", tomllib.loads(file.read_text(encoding="utf-8"))):
        if key.split(".")[0] not in SILENT and "title" not in key and key != "session.of_this":
            yield SpokenLine(key, _filled(text, FILLED | {"name": "Anna"} if key.startswith(PERSON) else FILLED))


def strings(key: str, found: object) -> Iterator[tuple[str, str]]:
    """Yield every text below a key of a phrase file, with the key it stands at."""
    match found:
        case dict():
            for name, inner in found.items():
                yield from strings(f"{key}.{name}".strip("."), inner)
        case list():
            for inner in found:
                yield from strings(key, inner)
        case str():
            yield key, found


def _filled(text: str, values: Mapping[str, str]) -> str:
    return text.format(**{capital(name): capital(value) for name, value in values.items()}, **values)


def _around() -> Iterator[SpokenLine]:
    for name, lines in (("warm-up", load_around().warm_up), ("wind-down", load_around().wind_down)):
        yield from (SpokenLine(name, line.say) for line in lines)


def _exercises() -> Iterator[SpokenLine]:
    for exercise in load_exercises().values():
        yield SpokenLine(exercise.id, phrase("setup.target", target=exercise.target))
        for side in Side if exercise.sides is not Sides.NONE else (Side.RIGHT,):
            for text in _of(exercise):
                yield SpokenLine(exercise.id, sided(text, side))


def _of(exercise: Exercise) -> Iterator[str]:
    parts = (exercise.setup, exercise.movement, exercise.reminders, exercise.switch, exercise.rest, exercise.way_out)
    needed = (exercise.unload.hurts, exercise.unload.faint) if exercise.unload else ()
    lines = (exercise.key, *(line for part in parts for line in part), *exercise.ending, *needed)
    yield from (line.say for line in lines)
    yield from (exercise.recap.say,) if exercise.recap else ()
    yield from (avoid.say for avoid in exercise.avoid)
    yield from (f"{capital(cue)}." for phase in exercise.phases for cue in phase.cues)
    yield from (exercise.lead, exercise.easier, exercise.harder)


def _cares() -> Iterator[SpokenLine]:
    yield from (SpokenLine(rule.tag or rule.position, rule.say) for rule in load_rules().rules if rule.say)
    yield from (SpokenLine(rule.of, rule.say) for rule in load_rules().doses if rule.say)


def _reasons() -> Iterator[SpokenLine]:
    """Yield what is said where something is not known, of the balance hold, and of a walk after pain."""
    yield from (SpokenLine("not known", text) for text in (UNREAD, UNREAD_PROFILE))
    yield SpokenLine("a walk after pain", GENTLER)
    for rule in explain.HOLD_RULES:
        yield from (SpokenLine("balance hold", explain.hold(rule, step)) for step in _steps_after(rule))


def _steps_after(rule: str) -> tuple[str, ...]:
    """Return the steps of the balance hold that a rule can lead to."""
    easiest, *harder = explain.HOLD_STEPS
    ends = {"hold-up": tuple(harder), "cleared": (easiest,), "hold-out": (easiest,)}
    return ends.get(rule, explain.HOLD_STEPS[:-1])


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a line."""
    return tuple(part for part in re.split(r"(?<=[.!?])\s+", text) if part)
