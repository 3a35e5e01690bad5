"""Build a set: the lead, the count-in, and the reps on the phase grid."""

import math

from coach.library.exercise import Breath
from coach.library.routine import Routine
from coach.timeline.counting import Stage, stage, wordings
from coach.timeline.cue import Cue, CueKind, Segment, Span
from coach.timeline.familiar import words_of
from coach.timeline.grid import Beat, beats
from coach.timeline.lay import Measure, seconds
from coach.timeline.phrases import capital
from coach.timeline.step import Shape, Step
from coach.timeline.subject import block_of, exercise_of, said, sided

MARGIN_S = 0.15  # words start this long after their phase's earcon, and end this long before the next phase
TICK_S = 1.0
TICK_GAP_S = 0.05
LONG_S = 5.0  # a phase that is beaten once its words are over, in every rep


def build_set(routine: Routine, step: Step, measure: Measure, shape: Shape) -> Segment:
    """Build a set's segment: cues on the grid, and the grid itself."""
    exercise, block = exercise_of(routine, step), block_of(routine, step)
    cues = _count_in(routine, step, measure)
    start_s = seconds(_count_in_begins(routine, step, measure) + step.count_in_s)
    grid = beats(exercise, step.side, range(step.first_rep, block.reps + 1), start_s, shape)
    if step.count_in_s:
        cues.append(Cue(start_s, CueKind.EARCON, "begin"))
    for beat in grid:
        told = _beat_cues(beat, _wordings(routine, step, beat, shape), measure)
        cues += told
        words_gone = told[-1].kind is CueKind.EARCON or _stage(routine, step, beat, shape) is Stage.COUNT
        if words_gone or beat.span.length_s > LONG_S:
            cues += _pulses(beat.span, told[-1], measure)
    return Segment(
        kind=step.kind,
        title=_title(routine, step),
        exercise=exercise.id,
        side=step.side,
        set_no=step.set_no,
        position=step.position,
        length_s=seconds(grid[-1].span.t + grid[-1].span.length_s) if grid else start_s,
        cues=tuple(cues),
        spans=tuple(beat.span for beat in grid),
        balance=step.balance,
    )


def set_texts(routine: Routine, step: Step, shape: Shape) -> tuple[str, ...]:
    """Return every sentence that a set may use, whatever the clips' lengths."""
    exercise, block = exercise_of(routine, step), block_of(routine, step)
    texts = [said(exercise.key, step.side)] if step.key_cue else []
    texts.append(sided(exercise.lead, step.side))
    for beat in beats(exercise, step.side, range(step.first_rep, block.reps + 1), 0.0, shape):
        texts += _wordings(routine, step, beat, shape)
    return tuple(dict.fromkeys(texts))


def earcon_of(span: Span, hold: bool) -> str:
    """Return what begins a phase: `rise` out into the movement, `fall` on the way back, `stay` for a hold."""
    if hold:
        return "stay"
    return "fall" if span.breath is Breath.IN else "rise"


def _wordings(routine: Routine, step: Step, beat: Beat, shape: Shape) -> tuple[str, ...]:
    exercise, of = exercise_of(routine, step), block_of(routine, step).reps
    words = words_of(shape, exercise.id, step)
    return wordings(exercise, beat, of, words, step.first_rep if step.key_cue else None)


def _stage(routine: Routine, step: Step, beat: Beat, shape: Shape) -> Stage:
    words = words_of(shape, exercise_of(routine, step).id, step)
    return stage(beat.span.rep, block_of(routine, step).reps, words, step.first_rep if step.key_cue else None)


def _pulses(span: Span, last: Cue, measure: Measure) -> list[Cue]:
    """Beat each second inside a phase, softly, from when its words are over."""
    quiet_s = last.t + (measure(last.text) if last.kind is CueKind.SAY else 0.0) + TICK_GAP_S
    seconds_in = range(1, math.ceil(span.length_s))
    times = (seconds(span.t + number * TICK_S) for number in seconds_in)
    ends_s = span.t + span.length_s - MARGIN_S
    return [Cue(t, CueKind.EARCON, "pulse", span.phase, span.breath) for t in times if quiet_s <= t <= ends_s]


def _count_in_begins(routine: Routine, step: Step, measure: Measure) -> float:
    """Return the whole second at which the key cue is over, if there is one."""
    if not step.key_cue:
        return 0.0
    return float(math.ceil(measure(said(exercise_of(routine, step).key, step.side)) + MARGIN_S))


def _count_in(routine: Routine, step: Step, measure: Measure) -> list[Cue]:
    exercise, begins = exercise_of(routine, step), _count_in_begins(routine, step, measure)
    cues = [Cue(0.0, CueKind.SAY, said(exercise.key, step.side))] if step.key_cue else []
    lead = sided(exercise.lead, step.side)
    quiet_s = measure(lead) + TICK_GAP_S
    if quiet_s > step.count_in_s:
        quiet_s = 0.0
    else:
        cues.append(Cue(begins, CueKind.SAY, lead))
    # A slow voice drops a tick, not the side: the arm matters more.
    ticks = [number * TICK_S for number in range(1, math.ceil(step.count_in_s)) if number * TICK_S >= quiet_s]
    return cues + [Cue(seconds(begins + t), CueKind.EARCON, "tick") for t in ticks]


def _beat_cues(beat: Beat, texts: tuple[str, ...], measure: Measure) -> list[Cue]:
    """Sound the phase's earcon, and say the longest wording that fits between the margins."""
    span = beat.span
    cues = [Cue(span.t, CueKind.EARCON, earcon_of(span, beat.phase.hold), span.phase, span.breath)]
    room_s = seconds(span.length_s - 2 * MARGIN_S)
    text = next((text for text in texts if measure(text) <= room_s), None)
    if text is not None:
        cues.append(Cue(seconds(span.t + MARGIN_S), CueKind.SAY, text, span.phase, span.breath))
    return cues


def _title(routine: Routine, step: Step) -> str:
    exercise, block = exercise_of(routine, step), block_of(routine, step)
    parts = [exercise.name]
    if step.side is not None:
        parts.append(sided(exercise.lead, step.side).rstrip(".").lower())
    parts.append(f"{step.set_no} of {block.sets}")
    parts.append(f"{block.reps} reps" if block.reps > 1 else "1 rep")
    if step.first_rep > 1:
        parts.append(f"from {step.first_rep}")
    return capital(" · ".join(parts))
