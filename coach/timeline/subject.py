"""Find what a step is about: its exercise, its equipment, its side, its length of rest."""

from coach.library.exercise import Exercise, Instruction, Position, Side
from coach.library.routine import Block, Routine
from coach.timeline.phrases import listed, phrase, phrases, phrases_or_none
from coach.timeline.step import Shape, Step


def block_of(routine: Routine, step: Step) -> Block:
    """Return the block a step belongs to. Raises ValueError where it belongs to none."""
    if step.balance and routine.balance is not None:
        return routine.balance
    if step.block is None:
        raise ValueError(f"a {step.kind} belongs to no block")
    return routine.blocks[step.block]


def exercise_of(routine: Routine, step: Step) -> Exercise:
    """Return a step's exercise: the block's own, or its easier or harder variant where it has one."""
    block = block_of(routine, step)
    variant = {-1: block.easier, 1: block.harder}.get(step.variant)
    return variant or block.exercise


def is_at_exercise(step: Step) -> bool:
    """Tell whether a step is about an exercise: a block's, or the balance hold."""
    return step.block is not None or step.balance


def needs(routine: Routine, block: int) -> tuple[str, ...]:
    """Return what a block needs, and with it every later one until she stands again: nobody fetches from the floor."""
    wanted = list(routine.blocks[block].exercise.equipment)
    if on_floor(routine, block):
        for later in range(block + 1, len(routine.blocks)):
            if not on_floor(routine, later):
                break
            wanted += routine.blocks[later].exercise.equipment
    return tuple(dict.fromkeys(wanted))


def cares(routine: Routine, exercise: str, shape: Shape, *, at_the_move: bool) -> tuple[str, ...]:
    """Return what is said with care of an exercise that she does for the first time."""
    if shape.times_done.get(exercise, 0):
        return ()
    found = (care for care in routine.cares if care.exercise == exercise and care.at_the_move is at_the_move)
    return tuple(dict.fromkeys(care.say for care in found))


def needs_to_begin(routine: Routine) -> tuple[str, ...]:
    """Return what the first block needs, and the chair of the warm-up and the balance hold."""
    held = routine.balance.exercise.equipment if routine.balance else ("chair",) if routine.warm_up else ()
    return tuple(dict.fromkeys((*needs(routine, 0), *held)))


def on_floor(routine: Routine, block: int) -> bool:
    """Tell whether a block is done down on the mat."""
    return routine.blocks[block].exercise.position is not Position.STANDING


def things(equipment: tuple[str, ...]) -> str:
    """Say the equipment: `a mat, a folded towel and a sturdy chair`. Of one's own exercises it is said as written."""
    named = tuple(next(iter(phrases_or_none(f"thing.{thing}")), thing) for thing in equipment)
    return listed(named) if named else phrase("no_thing")


def lay_out(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Say where the mat, the chair and the towel go, before the way down to the floor."""
    first, *rest = phrases("rest.lay_out", things=things(wanted))
    towel = (phrase("rest.lay_towel"),) if "towel" in wanted else ()
    return (first, rest[0], *towel, *rest[1:])


def how_heavy(wanted: tuple[str, ...], routine: Routine, shape: Shape) -> tuple[str, ...]:
    """Say how heavy a thing is to be before she fetches it, where none of its exercises was ever done."""
    used = {thing: block.exercise.id for block in routine.blocks for thing in block.exercise.equipment}
    new = (thing for thing in wanted if not shape.times_done.get(used.get(thing, ""), 0))
    return tuple(text for thing in new for text in phrases_or_none(f"how_heavy.{thing}"))


def sided(text: str, side: Side | None) -> str:
    """Fill in right and left: `{side}` is the side that works, `{other}` the other one."""
    if side is None:
        side = Side.RIGHT
    other = side.other
    return text.format(side=side, other=other, Side=side.capitalize(), Other=other.capitalize())


def said(instruction: Instruction, side: Side | None) -> str:
    """Return an instruction's sentence for a side."""
    return sided(instruction.say, side)
