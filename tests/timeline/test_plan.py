"""The order of a routine: what comes when, and that no move between positions is ever missing."""

import itertools
from dataclasses import replace

from hypothesis import given

from coach.library.exercise import Position, Side, Sides
from coach.library.files import load_exercises, load_routine, routine_ids
from coach.library.routine import Block, Routine
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import block_steps, plan
from coach.timeline.positions import MOVES, path
from coach.timeline.step import Step
from tests.support.generated import routines

K = SegmentKind
AROUND = (K.WARM_UP, K.WIND_DOWN)


def kinds(steps: tuple[Step, ...]) -> str:
    return " ".join(step.kind for step in steps)


def routine_of(*blocks: tuple[str, int]) -> Routine:
    return Routine("mine", "Mine", tuple(Block(load_exercises()[name], sets, 10) for name, sets in blocks))


def test_the_five_exercises_in_their_order() -> None:
    one, done = "setup gate set way_out", "move move wind_down finish"
    row = "setup gate set switch gate set way_out"
    assert kinds(plan(load_routine("spine-strength"))) == " ".join(
        ["welcome warm_up", row, row, "rest", one, "rest", one, "rest move", one, "rest move move", one, done]
    )


def test_what_stands_around_the_exercises_can_be_switched_off() -> None:
    whole = load_routine("bands")
    assert kinds(plan(replace(whole, warm_up=False, balance=None, wind_down=False))).startswith("welcome setup")
    assert "warm_up" not in kinds(plan(replace(whole, warm_up=False)))
    assert not any(step.balance for step in plan(replace(whole, balance=None)))
    assert kinds(plan(replace(whole, wind_down=False))).endswith("way_out finish")


def test_what_stands_around_the_exercises_is_no_block() -> None:
    around = [step for step in plan(load_routine("spine-strength")) if step.balance or step.kind in AROUND]
    assert {step.block for step in around} == {None}


def test_every_set_ends_with_its_own_way_out_before_anything_else_is_said() -> None:
    for name in routine_ids():
        steps = plan(load_routine(name))
        for number, step in enumerate(steps[1:], start=1):
            if step.kind in (K.REST, K.WIND_DOWN) or (step.kind is K.MOVE and steps[number - 1].kind is not K.MOVE):
                assert steps[number - 1].at_the_end or steps[number - 1].kind in (K.REST, K.MOVE)


def test_after_a_rest_on_the_floor_she_may_have_stood_up() -> None:
    steps = plan(load_routine("floor"))
    rest = next(number for number, step in enumerate(steps) if step.kind is K.REST)
    assert [step.from_position for step in steps[rest + 1 : rest + 3]] == [Position.HANDS_AND_KNEES] * 2
    assert steps[rest + 1].position is Position.HANDS_AND_KNEES


def test_between_sets_there_is_a_rest_and_a_gate() -> None:
    assert kinds(block_steps(routine_of(("external-rotation", 3)), 0, Position.STANDING)) == (
        "setup gate set way_out rest gate set way_out rest gate set way_out"
    )


def test_a_second_set_of_the_row_switches_back_to_the_right_first() -> None:
    steps = block_steps(routine_of(("one-arm-row", 2)), 0, Position.STANDING)
    assert kinds(steps) == "setup gate set switch gate set way_out rest switch gate set switch gate set way_out"
    sides = [(step.kind, step.side) for step in steps if step.side]
    assert sides == [
        (K.GATE, Side.RIGHT),
        (K.SET, Side.RIGHT),
        (K.SWITCH, Side.LEFT),
        (K.GATE, Side.LEFT),
        (K.SET, Side.LEFT),
        (K.WAY_OUT, Side.LEFT),
        (K.SWITCH, Side.RIGHT),
        (K.GATE, Side.RIGHT),
        (K.SET, Side.RIGHT),
        (K.SWITCH, Side.LEFT),
        (K.GATE, Side.LEFT),
        (K.SET, Side.LEFT),
        (K.WAY_OUT, Side.LEFT),
    ]


def test_standing_and_lying_are_two_moves_apart() -> None:
    knees = Position.HANDS_AND_KNEES
    assert path(Position.STANDING, Position.FACE_DOWN) == ((Position.STANDING, knees), (knees, Position.FACE_DOWN))
    assert path(Position.FACE_DOWN, Position.STANDING) == ((Position.FACE_DOWN, knees), (knees, Position.STANDING))


def test_every_pair_of_positions_has_a_way_and_staying_needs_none() -> None:
    for start in Position:
        for end in Position:
            steps = path(start, end)
            assert (steps == ()) is (start is end)
            assert all(pair in MOVES for pair in steps)


def test_a_block_begins_from_wherever_she_is() -> None:
    routine = routine_of(("one-arm-row", 1), ("back-extension", 1))
    assert kinds(block_steps(routine, 1, Position.STANDING)) == "move move setup gate set way_out"
    assert kinds(block_steps(routine, 1, Position.HANDS_AND_KNEES)) == "move setup gate set way_out"
    assert kinds(block_steps(routine, 0, Position.FACE_DOWN)) == "move move setup gate set switch gate set way_out"


@given(routines())
def test_moves_between_different_positions_are_never_missing(routine: Routine) -> None:
    position = Position.STANDING
    for step in plan(routine):
        if step.kind is K.MOVE:
            assert step.from_position is position
            assert (position, step.position) in MOVES
        else:
            assert step.position is position
        if step.block is not None and step.kind is not K.REST:
            assert routine.blocks[step.block].exercise.position is position
        position = step.position
    assert position is Position.STANDING


@given(routines())
def test_every_planned_set_is_there_once_for_each_side(routine: Routine) -> None:
    done = [(step.block, step.set_no, step.side) for step in plan(routine) if step.kind is K.SET]
    wanted = [
        (number, set_no, side)
        for number, block in enumerate(routine.blocks)
        for set_no in range(1, block.sets + 1)
        for side in ((Side.RIGHT, Side.LEFT) if block.exercise.sides is Sides.EACH else (None,))
    ]
    assert done == wanted


@given(routines())
def test_a_gate_comes_before_every_set(routine: Routine) -> None:
    steps = plan(routine)
    for before, step in itertools.pairwise(steps):
        if step.kind is K.SET:
            assert before.kind is K.GATE


@given(routines())
def test_a_rest_knows_what_comes_after_it(routine: Routine) -> None:
    steps = plan(routine)
    for number, step in enumerate(steps):
        if step.kind is K.REST:
            following = next(later for later in steps[number + 1 :] if later.kind is K.SET)
            assert step.next_block == following.block
            if step.next_block == step.block:
                assert step.set_no == following.set_no
