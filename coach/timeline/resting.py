"""Lay out a rest: breathe, how to rest, what comes and what it needs, 30 and 10 seconds to go."""

from dataclasses import dataclass

from coach.library.routine import REST_BETWEEN_EXERCISES_S, REST_BETWEEN_SETS_S, Routine
from coach.timeline.cue import Cue, CueKind
from coach.timeline.lay import BREATH_S, Laid, Measure, seconds
from coach.timeline.numbers import spoken, spoken_time
from coach.timeline.phrases import phrase
from coach.timeline.praise import praise, reason_in_rest
from coach.timeline.step import Shape, Step
from coach.timeline.subject import block_of, exercise_of, how_heavy, lay_out, needs, on_floor, said, things

ANCHORS_S = (30, 10)  # before its end
SETTLE_S = 2.0  # after how to rest, before what comes
APART_S = 0.3


@dataclass(frozen=True, slots=True)
class Spoken:
    text: str
    needed: bool
    """It is said even where the rest must grow for it."""
    pause_s: float = BREATH_S


def rest_length(routine: Routine, step: Step, shape: Shape) -> float:
    """Return a rest's seconds: what is left of it, or the shape's, the block's, the usual ones; and what was added."""
    if step.rest_left_s is not None:
        return step.rest_left_s
    usual = REST_BETWEEN_SETS_S if step.next_block == step.block else REST_BETWEEN_EXERCISES_S
    planned = None if step.block is None else block_of(routine, step).rest_s
    return (shape.rest_s or planned or usual) + step.extra_rest_s


def rest_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Spoken, ...]:
    """Return what a rest would say if it is long enough, in order; the seconds to go come beside it."""
    coming = _coming(routine, step, shape)
    if step.rest_left_s is not None:
        return coming
    time = spoken_time(rest_length(routine, step, shape))
    opening = "rest.after_set" if step.next_block == step.block else "rest.after_exercise"
    resting = () if step.block is None else exercise_of(routine, step).rest
    how = [Spoken(said(line, step.side), False) for line in resting]
    if how:
        how[-1] = Spoken(how[-1].text, False, SETTLE_S)
    kind = praise(routine, step, shape.praise)
    begin = (Spoken(kind, False, APART_S),) if kind else ()
    why = (Spoken(text, False) for text in reason_in_rest(routine, step, shape))
    return (*begin, Spoken(phrase(opening, time=time), False), *how, *coming, *why)


def rest_texts(routine: Routine, step: Step, shape: Shape) -> tuple[str, ...]:
    """Return every sentence that a rest may use."""
    return (*(line.text for line in rest_lines(routine, step, shape)), *(_anchor(to_go) for to_go in ANCHORS_S))


def lay_rest(routine: Routine, step: Step, measure: Measure, shape: Shape) -> Laid:
    """Lay a rest out; it grows where what must be said in it takes longer."""
    lines = rest_lines(routine, step, shape)
    length_s = rest_length(routine, step, shape)
    while _end(lines, measure) > length_s - APART_S and any(not line.needed for line in lines):
        last = max(number for number, line in enumerate(lines) if not line.needed)
        lines = (*lines[:last], *lines[last + 1 :])
    length_s = max(length_s, seconds(_end(lines, measure) + APART_S))
    anchors = _anchors(length_s, measure)
    # Where time is short, announcements of seconds to go are dropped, the first one first. The lines alone fit.
    choices = (_laid_beside(lines, anchors[dropped:], measure) for dropped in range(len(anchors) + 1))
    cues = next((cues for cues in choices if not cues or _over(cues, measure) <= length_s), ())
    return Laid(cues, length_s)


def _laid_beside(lines: tuple[Spoken, ...], anchors: tuple[Cue, ...], measure: Measure) -> tuple[Cue, ...]:
    """Lay sentences in turn around the seconds to go."""
    cues: list[Cue] = []
    t = 0.0
    for line in lines:
        t = _clear_of(anchors, t, measure(line.text), measure)
        cues.append(Cue(seconds(t), CueKind.SAY, line.text))
        t += measure(line.text) + line.pause_s
    return tuple(sorted([*cues, *anchors], key=lambda cue: cue.t))


def _over(cues: tuple[Cue, ...], measure: Measure) -> float:
    """Return when the last sentence is over."""
    return cues[-1].t + measure(cues[-1].text)


def _coming(routine: Routine, step: Step, shape: Shape) -> tuple[Spoken, ...]:
    """Say what comes next and what it needs; nothing is fetched from the floor."""
    block, coming = step.block, step.next_block
    if block is None or coming is None:
        return ()
    if block == coming:
        of = block_of(routine, step).sets
        text = phrase("rest.coming_set", number=spoken(step.set_no or 1), of=spoken(of))
        return (Spoken(text, step.rest_left_s is None),)
    name = routine.blocks[coming].exercise.name
    named = phrase("rest.coming_exercise", name=name[:1].lower() + name[1:])
    wanted = tuple(thing for thing in needs(routine, coming) if thing not in needs(routine, block))
    heavy = (Spoken(text, True) for text in how_heavy(wanted, routine, shape))
    return (Spoken(named, True), *heavy, *(Spoken(text, True) for text in _need(routine, block, coming)))


def _need(routine: Routine, block: int, coming: int) -> tuple[str, ...]:
    wanted, at_hand = needs(routine, coming), (phrase("rest.at_hand"),)
    if set(wanted) <= set(needs(routine, block)):
        return at_hand
    if on_floor(routine, block):
        return at_hand if on_floor(routine, coming) else (phrase("rest.once_up", things=things(wanted)),)
    return lay_out(wanted) if on_floor(routine, coming) else (phrase("rest.fetch", things=things(wanted)),)


def _end(lines: tuple[Spoken, ...], measure: Measure) -> float:
    return sum(measure(line.text) + line.pause_s for line in lines) - (lines[-1].pause_s if lines else 0.0)


def _anchor(to_go: int) -> str:
    return phrase("rest.seconds", seconds=spoken_time(to_go))


def _anchors(length_s: float, measure: Measure) -> tuple[Cue, ...]:
    """Say 30 and 10 seconds to go, in a rest at least half as long again."""
    return tuple(
        Cue(seconds(length_s - to_go), CueKind.SAY, _anchor(to_go))
        for to_go in ANCHORS_S
        if length_s >= 1.5 * to_go and measure(_anchor(to_go)) < to_go
    )


def _clear_of(anchors: tuple[Cue, ...], t: float, length_s: float, measure: Measure) -> float:
    """Return the first time from t on at which a sentence runs into no anchor."""
    for anchor in anchors:
        ends = anchor.t + measure(anchor.text)
        if t < ends + APART_S and t + length_s > anchor.t - APART_S:
            t = ends + APART_S
    return t
