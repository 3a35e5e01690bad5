"""Build a walk's segments: a click for every step, and prompts on the way."""

import bisect
from dataclasses import dataclass

from coach.library.exercise import Position
from coach.library.walk import SLOWEST_CADENCE, Walk
from coach.timeline.cadence import StepTimes, beat
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind
from coach.timeline.lay import Laid, Line, Measure, in_turn, seconds
from coach.timeline.numbers import counted, spoken, spoken_time
from coach.timeline.phrases import phrase, phrases
from coach.timeline.step import Shape, Step, WalkPart

CLICK = "step"
RAMP_SHARE, LONGEST_RAMP_S = 0.15, 180.0  # of the walk, at either end
PROMPTS_FROM_S, PROMPTS_EVERY_S = 60.0, 120.0
APART_S = 2.0  # of quiet between two sentences, at least
AFTER_CHANGE_S = 6.0  # the answer to "faster" is being said
AFTER_CLICK_S = 0.15  # words, as after the earcon of a phase
GATE_PAUSE_S = 1.0
LEAST_WALKED = 0.4  # of the minutes asked for, however long the words take
WHY_FROM_MINUTES = 6  # a shorter walk would be half words


@dataclass(frozen=True, slots=True)
class Prompt:
    t: float
    """Seconds from the part's start."""
    text: str


def build_walk(walk: Walk, step: Step, measure: Measure, shape: Shape) -> Segment:
    """Build one segment of a walk."""
    if step.part is None:
        laid = _laid(walk, step, measure, shape)
        return _segment(step, _title(walk, step), laid)
    talk_s = words_s(walk, measure, shape)
    steps = beat_of(walk, step, talk_s)
    said = _fitting(prompts(walk, step.part, shape, talk_s), step.from_s, steps, measure)
    clicks = (Cue(t, CueKind.EARCON, CLICK) for t in steps.times_s)
    cues = tuple(sorted((*clicks, *said), key=lambda cue: cue.t))
    return _segment(step, _title(walk, step), Laid(cues, steps.length_s))


def walk_texts(walk: Walk, step: Step, shape: Shape) -> tuple[str, ...]:
    """Return every sentence that a segment of a walk may use."""
    if step.part is not None:
        said = (prompt.text for prompt in prompts(walk, step.part, shape, 0.0))
        return tuple(dict.fromkeys((*said, *(_talk(shape), *phrases("walk.posture")))))
    return tuple(line.text for line in _lines(walk, step, shape))


def words_s(walk: Walk, measure: Measure, shape: Shape) -> float:
    """Return how much of a walk's minutes its welcome, its gate and its finish take."""
    around = (Step(kind, Position.STANDING) for kind in (SegmentKind.WELCOME, SegmentKind.GATE, SegmentKind.FINISH))
    return sum(_laid(walk, step, measure, shape).length_s for step in around)


def part_s(walk: Walk, part: WalkPart, talk_s: float) -> float:
    """Return how long a part is meant to take: the walk's minutes have its words in them."""
    whole_s = walk.minutes * 60
    walked_s = max(LEAST_WALKED * whole_s, whole_s - talk_s)
    ramp_s = min(LONGEST_RAMP_S, round(RAMP_SHARE * walked_s))
    return walked_s - 2 * ramp_s if part is WalkPart.STEADY else ramp_s


def beat_of(walk: Walk, step: Step, talk_s: float) -> StepTimes:
    """Return the steps of a part, or of what is left of it. A ramp comes from the slowest cadence, or goes to it."""
    part = step.part or WalkPart.STEADY
    whole_s = part_s(walk, part, talk_s)
    passed = min(1.0, step.from_s / whole_s)
    low, high = SLOWEST_CADENCE, walk.cadence
    ends = {WalkPart.RAMP_UP: (low, high), WalkPart.STEADY: (high, high), WalkPart.RAMP_DOWN: (high, low)}
    begins, to = ends[part]
    return beat(begins + (to - begins) * passed, to, whole_s * (1 - passed))


def prompts(walk: Walk, part: WalkPart, shape: Shape, talk_s: float) -> tuple[Prompt, ...]:
    """Return what may be said in a part, in order; `_fitting` leaves out what comes too soon."""
    whole_s = part_s(walk, part, talk_s)
    if part is WalkPart.RAMP_UP:
        return (Prompt(0.6, phrase("walk.off")), Prompt(whole_s / 2, phrase("walk.ramp_up")))
    if part is WalkPart.RAMP_DOWN:
        return (Prompt(0.6, phrase("walk.ease_off")), Prompt(whole_s - 12.0, phrase("walk.nearly")))
    return (Prompt(0.6, phrase("walk.pace", cadence=spoken(walk.cadence))), *_on_the_way(walk, whole_s, shape, talk_s))


def _on_the_way(walk: Walk, steady_s: float, shape: Shape, talk_s: float) -> tuple[Prompt, ...]:
    """Half way and the last five minutes; between them the talk test and reminders of posture, in turn."""
    ramp_s = part_s(walk, WalkPart.RAMP_UP, talk_s)
    marks = [Prompt(steady_s / 2, phrase("walk.half_way"))]
    if walk.minutes >= 15:
        marks.append(Prompt(steady_s + ramp_s - 300, phrase("walk.five_minutes")))
    talk = _talk(shape)
    posture = phrases("walk.posture")
    found: list[Prompt] = []
    t, number = min(PROMPTS_FROM_S, steady_s / 4), 0
    while t < steady_s:
        text = talk if number % 2 == 0 else posture[number // 2 % len(posture)]
        if all(abs(mark.t - t) > PROMPTS_EVERY_S / 5 for mark in marks):
            found.append(Prompt(t, text))
        t, number = t + PROMPTS_EVERY_S, number + 1
    return tuple(sorted((*marks, *found), key=lambda prompt: prompt.t))


def _talk(shape: Shape) -> str:
    return phrase("walk.talk_live" if shape.live else "walk.talk")


def _fitting(all_: tuple[Prompt, ...], from_s: float, steps: StepTimes, measure: Measure) -> tuple[Cue, ...]:
    """Say what is still to come and is over in time, each after a click and with quiet before it."""
    found: list[Cue] = []
    free_s = AFTER_CHANGE_S if from_s else 0.0
    for prompt in all_:
        t, takes_s = _after_click(steps, prompt.t - from_s), measure(prompt.text)
        if t >= free_s and t + takes_s <= steps.length_s:
            found.append(Cue(seconds(t), CueKind.SAY, prompt.text))
            free_s = t + takes_s + APART_S
    return tuple(found)


def _after_click(steps: StepTimes, t: float) -> float:
    """Return when words begin that shall not begin on a click."""
    at = bisect.bisect_left(steps.times_s, t)
    return steps.times_s[min(at, len(steps.times_s) - 1)] + AFTER_CLICK_S if t >= 0 else t


def _lines(walk: Walk, step: Step, shape: Shape) -> tuple[Line, ...]:
    if step.kind is SegmentKind.WELCOME:
        return _welcome(walk, shape)
    if step.kind is SegmentKind.GATE:
        text = phrase("walk.gate") if shape.live else phrase("walk.gate_file", time=spoken_time(shape.gate_s))
        return (Line(text, GATE_PAUSE_S),)
    if step.kind is SegmentKind.WAY_OUT:
        return tuple(Line(text, 3.0) for text in (*phrases("walk.way_out"), phrase("way_out.ready")))
    if step.kind is SegmentKind.FINISH:
        return (Line(phrase("walk.finish")), Line(phrase("finish.kind"), 1.0))
    raise ValueError(f"a walk has no {step.kind}")


def _welcome(walk: Walk, shape: Shape) -> tuple[Line, ...]:
    """Say what comes, why a walk counts (once), how to walk here, what the clicks are, and what can be said."""
    opening = phrase("walk.opening", minutes=counted(walk.minutes, "minute"), cadence=spoken(walk.cadence))
    steer = phrases("walk.live") if shape.live else phrases("welcome.file")
    return (
        Line(opening),
        *(Line(note) for note in walk.notes),
        Line(phrase("welcome.disclaimer"), 1.0),
        *(Line(text) for text in (phrases("walk.why") if walk.minutes >= WHY_FROM_MINUTES else ())),
        *(Line(text) for text in phrases(f"walk.{walk.ground}")),
        *(Line(text) for text in phrases("walk.how")),
        *(Line(text) for text in steer),
    )


def _laid(walk: Walk, step: Step, measure: Measure, shape: Shape) -> Laid:
    laid = in_turn(_lines(walk, step, shape), measure)
    if step.kind is SegmentKind.GATE and not shape.live:
        return Laid(laid.cues, max(laid.length_s, shape.gate_s))
    return laid


def _title(walk: Walk, step: Step) -> str:
    titles = {SegmentKind.WELCOME: "Welcome to your walk", SegmentKind.GATE: "Before the walk"}
    if step.part is None:
        return titles.get(step.kind, str(step.kind).replace("_", " ").capitalize())
    return phrase(f"walk.title.{step.part}", cadence=walk.cadence)


def _segment(step: Step, title: str, laid: Laid) -> Segment:
    return Segment(step.kind, title, None, None, None, step.position, laid.length_s, laid.cues)
