"""Compose what is said outside the sets: welcome, set-up, gate, move, switch, way out, finish."""

from coach.library.around import load_around
from coach.library.exercise import Avoid, Instruction, Position, Side
from coach.library.routine import Routine
from coach.timeline.familiar import SHORT_FROM, is_known
from coach.timeline.lay import BREATH_S, Line
from coach.timeline.numbers import counted, spoken, spoken_time
from coach.timeline.phrases import phrase, phrases
from coach.timeline.positions import MOVES
from coach.timeline.praise import reason_in_welcome
from coach.timeline.step import Shape, Step
from coach.timeline.subject import (
    block_of,
    cares,
    exercise_of,
    how_heavy,
    is_at_exercise,
    lay_out,
    needs,
    needs_to_begin,
    on_floor,
    said,
    sided,
    things,
)

TAKES_POSITION_S = 2.0  # after the key of an exercise she knows; the gate gives her more
FETCH_S = 8.0  # after what is needed has been named
TONES = ("rise", "fall", "stay")
STEP_S = 3.0  # live, after each sentence of a move or a switch


def welcome_lines(routine: Routine, minutes: int, shape: Shape) -> tuple[Line, ...]:
    """Say what comes, the disclaimer, what it needs to begin and, live, what can be said."""
    opening = phrase("welcome.opening", exercises=_exercises(routine), minutes=counted(minutes, "minute"))
    wanted = needs_to_begin(routine)
    need = lay_out(wanted) if on_floor(routine, 0) else phrases("welcome.need", things=things(wanted))
    how = phrases("welcome.live" if shape.live else "welcome.file")
    return (
        Line(opening),
        *(Line(dose) for dose in _dose(routine)),
        *(Line(note) for note in routine.notes),
        *(Line(text) for text in reason_in_welcome(routine, shape)),
        Line(phrase("welcome.disclaimer"), 1.0),
        *(Line(sentence) for sentence in how),
        *(Line(text) for text in phrases("welcome.room")),
        *(Line(text) for text in how_heavy(needs(routine, 0), routine, shape)),
        *(Line(text) for text in need[:-1]),
        Line(need[-1], FETCH_S),
    )


def _dose(routine: Routine) -> tuple[str, ...]:
    """Say the sets and reps in a sentence where they are the same for all."""
    doses = {(block.sets, block.reps) for block in routine.blocks}
    if len(doses) > 1:
        return ()
    sets, reps = doses.pop()
    return (phrase("welcome.dose", sets=counted(sets, "set"), reps=spoken(reps)),)


def setup_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say the exercise's name and use, the position step by step, what to avoid in it, and the movement once."""
    exercise = exercise_of(routine, step)
    if is_known(shape, exercise.id, step):
        return _known_lines(routine, step, shape)
    side = step.side or Side.RIGHT
    said_before = {line.say for block in routine.blocks[: step.block or 0] for line in block.exercise.setup}
    setup = tuple(line for line in exercise.setup if not line.once or line.say not in said_before)
    return (
        Line(_named(routine, step)),
        Line(phrase("setup.target", target=exercise.target), 1.0),
        *(Line(text, 1.0) for text in cares(routine, exercise.id, shape, at_the_move=False)),
        *_lines(setup, side),
        *(Line(sided(avoid.say, side), 2.0) for avoid in _avoided_in_setup(exercise.avoid)),
        *_lines(exercise.movement, side),
    )


def _known_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say name and key of an exercise she knows; the gate says its position, and live she may ask for all of it."""
    exercise = exercise_of(routine, step)
    return (
        Line(_named(routine, step)),
        *(Line(text, 1.0) for text in cares(routine, exercise.id, shape, at_the_move=False)),
        Line(said(exercise.key, step.side or Side.RIGHT), TAKES_POSITION_S),
        *((Line(phrase("setup.known_more")),) if shape.live else ()),
    )


def _named(routine: Routine, step: Step) -> str:
    name, of = _spoken_name(exercise_of(routine, step).name), len(routine.blocks)
    if step.balance:
        return phrase("setup.balance")
    if of == 1:
        return phrase("setup.only", name=name)
    return phrase("setup.exercise", number=spoken((step.block or 0) + 1), of=spoken(of), name=name)


def gate_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Before the first set explain the sounds; live, recall the position and say that she decides when to begin."""
    exercise = exercise_of(routine, step)
    lines: list[Line] = []
    again = step.set_no is not None and step.set_no > 1
    if step.variant and exercise is not block_of(routine, step).exercise:
        lines.append(Line(phrase("gate.variant", name=_spoken_name(exercise.name), key=said(exercise.key, step.side))))
    lines += _tones(routine, step, shape)
    if shape.live:
        lines.append(Line(recap(routine, step), 1.0))
        lines.append(Line(phrase("gate.live_again" if again or step.block else "gate.live"), 0.0))
    return tuple(lines)


def _tones(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Return the sounds with their meaning at the first gate, as long as the sets are new to her."""
    known = shape.short_setups or max(shape.times_done.values(), default=0) >= SHORT_FROM
    if known or not _is_first_gate(routine, step):
        return ()
    return (*(Line(phrase(f"tones.{tone}"), tone=tone) for tone in TONES), Line(phrase("tones.later"), 1.0))


def _is_first_gate(routine: Routine, step: Step) -> bool:
    first = step.balance if routine.balance else step.block == 0
    return first and step.side is not Side.LEFT and step.set_no in (None, 1) and not step.variant


def recap(routine: Routine, step: Step) -> str:
    """Return the starting position in one line, or that she takes it."""
    line = exercise_of(routine, step).recap
    return said(line, step.side) if line else phrase("gate.position")


def file_gate_wordings(shape: Shape) -> tuple[str, ...]:
    """Return the ways to announce a file's gate, longest first."""
    return phrases("gate.file", time=spoken_time(shape.gate_s))


def move_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say the way from one position to the other; live, before the mat, what must lie there (she may have jumped here).

    Raises ValueError for a pair that has no direct way.
    """
    if step.from_position is None or (step.from_position, step.position) not in MOVES:
        raise ValueError(f"there is no move from {step.from_position} to {step.position}")
    check: tuple[str, ...] = ()
    if shape.live and step.from_position is Position.STANDING and step.next_block is not None:
        check = (phrase("move.check", things=things(needs(routine, step.next_block))),)
    steps = MOVES[step.from_position, step.position].steps
    careful: tuple[str, ...] = ()
    if step.from_position is Position.STANDING and step.next_block is not None:
        coming = routine.blocks[step.next_block].exercise.id
        careful = cares(routine, coming, shape, at_the_move=True)
    return _stepwise((*check, *careful, *steps), "move", shape)


def switch_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say how to change sides."""
    steps = tuple(said(line, step.side) for line in exercise_of(routine, step).switch)
    return _stepwise(steps, "switch", shape)


def way_out_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say the way out of the exercise's position, or out of a move that was broken off."""
    del shape
    if step.at_the_end:
        return _lines(exercise_of(routine, step).ending, step.side)
    ready = Line(phrase("way_out.ready"), STEP_S)
    if not is_at_exercise(step):
        texts = phrases("move.way_out" if step.from_position else "stand.way_out")
        return (*(Line(text, STEP_S) for text in texts), ready)
    return (*_lines(exercise_of(routine, step).way_out, step.side), ready)


def check_in_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Ask how her back is. Only live: a recording can't be answered."""
    del routine, step, shape
    return (Line(phrase("check_in.ask"), 0.0),)


def warm_up_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Lead the warm-up; each pause is the time to do what was said."""
    del routine, shape
    return _lines(load_around().warm_up, step.side)


def wind_down_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Lead the minute of the wind-down."""
    del routine, shape
    return _lines(load_around().wind_down, step.side)


def effort_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Ask how hard the exercise was. Only live: a recording can't be answered."""
    del routine, step, shape
    return (Line(phrase("effort.ask"), 0.0),)


def finish_lines(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Say what was done, that walking belongs to it, and something kind."""
    del step, shape
    return (
        Line(phrase("finish.whole", exercises=_exercises(routine))),
        Line(phrase("finish.walk")),
        Line(phrase("finish.kind"), 1.0),
    )


def _stepwise(texts: tuple[str, ...], section: str, shape: Shape) -> tuple[Line, ...]:
    """Give each sentence time to be done; live, tell her that she says when."""
    prompt = (phrase(f"{section}.live"),) if shape.live and texts else ()
    return tuple(Line(text, STEP_S) for text in (*texts, *prompt))


def _lines(instructions: tuple[Instruction, ...], side: Side | None) -> tuple[Line, ...]:
    return tuple(Line(said(line, side), max(BREATH_S, line.pause_s)) for line in instructions)


def _avoided_in_setup(avoids: tuple[Avoid, ...]) -> tuple[Avoid, ...]:
    return tuple(avoid for avoid in avoids if avoid.when == "setup")


def _exercises(routine: Routine) -> str:
    return counted(len({block.exercise.id for block in routine.blocks}), "exercise")


def _spoken_name(name: str) -> str:
    return name[:1].lower() + name[1:]
