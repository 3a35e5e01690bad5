"""Check what routine and exercise files ask for: bounds, and names that must exist.

It passes over wrong types and missing values, which the model reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach.library.checks import nearest, outside, tables
from coach.library.citations import spelled_out
from coach.library.exercise import Exercise
from coach.library.lines import Place
from coach.library.problem import Mistake
from coach.library.safety import why_unsafe

MOVING_S = (2.0, 10.0)
HOLD_S = (0.5, 10.0)
REPS = (1, 30)
SETS = (1, 5)
MOST_BLOCKS = 60
REST_S = (15.0, 300.0)
PAUSE_S = (0.0, 30.0)
DEGREES = (-360.0, 360.0)

TAGS = (
    "end-range-flexion",
    "loaded-flexion",
    "hip-hinge",
    "twisting",
    "impact",
    "overhead",
    "floor-transfer",
    "prone-extension",
    "kneeling",
    "balance",
    "max-effort",
    "breath-hold",
)


@dataclass(frozen=True, slots=True)
class Known:
    """The names a file may use."""

    exercises: Mapping[str, Exercise]
    """By their ids; empty while the exercises themselves are being read."""
    ids: frozenset[str]
    facts: frozenset[str]


def routine_mistakes(data: Mapping[str, Any], known: Known) -> Iterator[Mistake]:
    """Find what a routine file asks for that is not allowed."""
    if not str(data.get("name", "-")).strip():
        yield ("name",), "is empty; give the routine a name"
    blocks = data.get("block", None)
    if blocks == []:
        yield ("block",), "is empty; a routine needs at least one [[block]]"
    if isinstance(blocks, list) and len(blocks) > MOST_BLOCKS:
        yield ("block",), f"appears {len(blocks)} times; a routine can have at most {MOST_BLOCKS}"
    for number, block in enumerate(tables(blocks)[:MOST_BLOCKS]):
        yield from _block_mistakes(("block", number), block, known)


def _block_mistakes(place: Place, block: Mapping[str, Any], known: Known) -> Iterator[Mistake]:
    yield from outside((*place, "sets"), block.get("sets"), SETS)
    yield from outside((*place, "reps"), block.get("reps"), REPS)
    yield from outside((*place, "rest"), block.get("rest"), REST_S, " s")
    name = block.get("exercise")
    if not isinstance(name, str):
        return
    exercise = known.exercises.get(name)
    if exercise is None:
        yield (*place, "exercise"), _unknown(name, known.ids)
    elif isinstance(block.get("phases"), dict):
        yield from _phases_mistakes((*place, "phases"), block["phases"], exercise)


def _unknown(name: str, ids: frozenset[str]) -> str:
    """Say that there is no such exercise, and for a dangerous one why there will be none."""
    unsafe = why_unsafe(name)
    why = f" and it would not be safe: {unsafe.reason} [{spelled_out(unsafe.source)}]" if unsafe else ""
    return f"there is no exercise {name!r}{why}{nearest(name, ids)}"


def _phases_mistakes(place: Place, phases: Mapping[str, Any], exercise: Exercise) -> Iterator[Mistake]:
    # A phase of the first rep only (the bird dog's search for balance) keeps its own seconds.
    holds = {phase.name: phase.hold for phase in exercise.phases if not phase.first_only}
    for name, seconds in phases.items():
        if name in holds:
            yield from outside((*place, name), seconds, HOLD_S if holds[name] else MOVING_S, " s")
        else:
            yield (*place, name), f"{exercise.id} has no phase {name!r}; its phases are {', '.join(holds)}"


def exercise_mistakes(data: Mapping[str, Any], known: Known) -> Iterator[Mistake]:
    """Find what an exercise file says that is not allowed."""
    yield from _tag_mistakes(data.get("tags"))
    yield from _reps_mistakes(data.get("reps"))
    yield from _phase_mistakes(data)
    yield from _fact_mistakes(data, known.facts)
    for section in ("setup", "movement", "switch", "rest", "way_out", "ending", "reminder"):
        for number, line in enumerate(tables(data.get(section))):
            yield from outside((section, number, "pause_s"), line.get("pause_s"), PAUSE_S, " s")
    yield from _figure_mistakes(data.get("figure"))
    parent = data.get("variant_of", "")
    if isinstance(parent, str) and parent and parent not in known.ids:
        yield ("variant_of",), f"there is no exercise {parent!r}{nearest(parent, known.ids)}"
    if data.get("sides") == "each" and not data.get("switch"):
        yield ("sides",), 'is "each", so say how to change sides in [[switch]]'
    empty = (section for section in _NEEDED if data.get(section) == [])
    yield from (((section,), f"is empty; write at least one [[{section}]]") for section in empty)


_NEEDED = ("setup", "movement", "phase", "rest", "way_out")


def _tag_mistakes(tags: object) -> Iterator[Mistake]:
    for number, tag in enumerate(tags if isinstance(tags, list) else ()):
        if isinstance(tag, str) and tag not in TAGS:
            yield ("tags", number), f"there is no tag {tag!r}; allowed: {', '.join(TAGS)}"


def _reps_mistakes(reps: object) -> Iterator[Mistake]:
    if not isinstance(reps, list):
        return
    for number, value in enumerate(reps):
        yield from outside(("reps", number), value, REPS)
    if len(reps) == 2 and all(isinstance(value, int) for value in reps) and reps[0] > reps[1]:
        yield ("reps",), "the smaller number must come first, e.g. [10, 15]"


def _phase_mistakes(data: Mapping[str, Any]) -> Iterator[Mistake]:
    phases = tables(data.get("phase"))
    for number, phase in enumerate(phases):
        bounds = HOLD_S if phase.get("hold") is True else MOVING_S
        yield from outside(("phase", number, "seconds"), phase.get("seconds"), bounds, " s")
        if phase.get("cues") == []:
            yield ("phase", number, "cues"), "is empty; write at least one, the longest first"
    names = [phase.get("name") for phase in phases]
    for number, avoid in enumerate(tables(data.get("avoid"))):
        when = avoid.get("when")
        if isinstance(when, str) and when not in ("setup", *names):
            allowed = ", ".join(["setup", *dict.fromkeys(str(name) for name in names)])
            yield ("avoid", number, "when"), f"there is no phase {when!r}; allowed: {allowed}"


def _fact_mistakes(data: Mapping[str, Any], facts: frozenset[str]) -> Iterator[Mistake]:
    named: list[tuple[Place, object]] = [(("target_fact",), data.get("target_fact"))]
    for section in ("setup", "movement", "phase", "reminder", "avoid", "switch", "rest", "way_out", "ending"):
        named += [((section, n, "fact"), line.get("fact")) for n, line in enumerate(tables(data.get(section)))]
    if isinstance(data.get("key"), dict):
        named.append((("key", "fact"), data["key"].get("fact")))
    unload = data.get("unload")
    for need, line in unload.items() if isinstance(unload, dict) else ():
        if isinstance(line, dict):
            named.append((("unload", need, "fact"), line.get("fact")))
    for place, fact in named:
        if isinstance(fact, str) and fact not in facts:
            yield place, f"there is no fact {fact!r}{nearest(fact, facts)}"


def _figure_mistakes(figure: object) -> Iterator[Mistake]:
    if not isinstance(figure, dict):
        return
    if figure.get("rests") == []:
        yield ("figure", "rests"), "is empty; name at least one joint that stays on the ground"
    for name in ("start_text", "end_text"):
        if not str(figure.get(name, "-")).strip():
            yield ("figure", name), "is empty; describe the position in words, for anyone who can't see the picture"
    for name in ("start", "middle", "end"):
        pose = figure.get(name)
        for limb, angles in pose.items() if isinstance(pose, dict) else ():
            for angle, degrees in angles.items() if isinstance(angles, dict) else ():
                yield from outside(("figure", name, limb, angle), degrees, DEGREES, " degrees")


SPEECH_RATE = (80, 200)
"""Words a minute that can be asked for."""
USUAL_SPEECH_RATE = 145
"""Words a minute outside sets, where nothing else is asked for."""
