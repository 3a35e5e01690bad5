"""Build a step's segment, and a routine's whole timeline."""

from collections.abc import Callable
from dataclasses import replace

from coach.library.routine import Routine
from coach.timeline import telling
from coach.timeline.cue import Segment, SegmentKind, Timeline
from coach.timeline.lay import BREATH_S, Laid, Line, Measure, in_turn, seconds, spread
from coach.timeline.plan import plan
from coach.timeline.positions import MOVES
from coach.timeline.resting import lay_rest, rest_texts
from coach.timeline.sets import build_set, set_texts
from coach.timeline.step import Shape, Step
from coach.timeline.subject import exercise_of, is_at_exercise
from coach.timeline.titles import title_of
from coach.timeline.walk import build_walk, walk_texts
from coach.timeline.whole_frames import in_whole_frames

SWITCH_STEP_S = 5.0  # in a file, for each sentence: laying down, taking up, stepping take their time
GATE_QUIET_S = 1.0  # before the set begins
WELCOME_S = 40.0  # about; only to say how many minutes the routine takes


def _welcome(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    del step
    return telling.welcome_lines(routine, about_minutes(routine, shape), shape)


_Teller = Callable[[Routine, Step, Shape], tuple[Line, ...]]
_TELLERS: dict[SegmentKind, _Teller] = {
    SegmentKind.WELCOME: _welcome,
    SegmentKind.SETUP: telling.setup_lines,
    SegmentKind.GATE: telling.gate_lines,
    SegmentKind.MOVE: telling.move_lines,
    SegmentKind.SWITCH: telling.switch_lines,
    SegmentKind.EFFORT: telling.effort_lines,
    SegmentKind.WAY_OUT: telling.way_out_lines,
    SegmentKind.CHECK_IN: telling.check_in_lines,
    SegmentKind.WARM_UP: telling.warm_up_lines,
    SegmentKind.WIND_DOWN: telling.wind_down_lines,
    SegmentKind.FINISH: telling.finish_lines,
}


def build_timeline(routine: Routine, measure: Measure, shape: Shape | None = None) -> Timeline:
    """Build the whole timeline of a routine. `measure` tells how many seconds a sentence takes.

    In a file every segment is whole MP3 frames long.
    """
    shape = shape or Shape()
    segments = tuple(build_segment(routine, step, measure, shape) for step in plan(routine))
    return Timeline(routine.id, routine.name, segments if shape.live else in_whole_frames(segments))


def build_segment(routine: Routine, step: Step, measure: Measure, shape: Shape | None = None) -> Segment:
    """Build one step's segment. Live, what waits for her is as long as what is said in it.

    Raises ValueError for a kind of step that is built elsewhere, and for a step that lacks what its kind needs.
    """
    shape = shape or Shape()
    if routine.walk is not None:
        return build_walk(routine.walk, step, measure, shape)
    if step.kind is SegmentKind.SET:
        return build_set(routine, step, measure, shape)
    laid = _laid(routine, step, measure, shape)
    return Segment(
        kind=step.kind,
        title=title_of(routine, step),
        exercise=exercise_of(routine, step).id if is_at_exercise(step) else None,
        side=step.side,
        set_no=step.set_no,
        position=step.position,
        length_s=laid.length_s,
        cues=laid.cues,
        balance=step.balance,
    )


def step_texts(routine: Routine, step: Step, shape: Shape | None = None) -> tuple[str, ...]:
    """Return every sentence that `build_segment` may measure or use for a step, so that clips can be made ahead."""
    shape = shape or Shape()
    if routine.walk is not None:
        return walk_texts(routine.walk, step, shape)
    if step.kind is SegmentKind.SET:
        return set_texts(routine, step, shape)
    if step.kind is SegmentKind.REST:
        return rest_texts(routine, step, shape)
    texts = [line.text for line in _told(routine, step, shape)]
    if step.kind is SegmentKind.GATE and not shape.live:
        texts += (*telling.file_gate_wordings(shape), telling.recap(routine, step))
    return tuple(dict.fromkeys(texts))


def about_minutes(routine: Routine, shape: Shape | None = None) -> int:
    """Return about how many minutes a routine takes, from twenty on in fives, without a voice: 14 letters a second."""
    shape = shape or Shape()
    rest = [step for step in plan(routine) if step.kind is not SegmentKind.WELCOME]
    total_s = WELCOME_S + sum(build_segment(routine, step, _rough, shape).length_s for step in rest)
    minutes = total_s / 60
    return max(1, round(minutes)) if minutes < 20 else 5 * round(minutes / 5)


def _told(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    teller = _TELLERS.get(step.kind)
    if teller is None:
        raise ValueError(f"a {step.kind} is not built here")
    return teller(routine, step, shape)


def _laid(routine: Routine, step: Step, measure: Measure, shape: Shape) -> Laid:
    if step.kind is SegmentKind.REST:
        return lay_rest(routine, step, measure, shape)
    lines = _told(routine, step, shape)
    if shape.live:
        return in_turn(lines, measure)
    if step.kind is SegmentKind.GATE:
        return _file_gate(lines, telling.recap(routine, step), measure, shape)
    if step.kind is SegmentKind.MOVE and step.from_position is not None:
        return spread(lines, MOVES[step.from_position, step.position].length_s, measure)
    if step.kind is SegmentKind.SWITCH and lines:
        return spread(lines, SWITCH_STEP_S * len(lines), measure)
    return in_turn(lines, measure)


def _file_gate(lines: tuple[Line, ...], recap: str, measure: Measure, shape: Shape) -> Laid:
    """Announce the seconds until the set, and let them pass; they count from here. In them the position is recalled."""
    room_s = shape.gate_s - GATE_QUIET_S
    within = measure(recap) + BREATH_S
    texts = telling.file_gate_wordings(shape)
    text = next((text for text in texts if measure(text) + within <= room_s), None)
    if text is None:  # a short gate: the position comes before its seconds
        lines, recap = (*lines, Line(recap)), ""
        text = next((text for text in texts if measure(text) <= room_s), None)
    before = in_turn(lines, measure)
    said = in_turn([Line(each) for each in (text, recap) if each], measure)
    cues = (replace(cue, t=seconds(before.length_s + cue.t)) for cue in said.cues)
    return Laid((*before.cues, *cues), seconds(before.length_s + shape.gate_s))


def _rough(text: str) -> float:
    return len(text) / 14
