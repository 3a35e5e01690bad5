"""Figures: a body that keeps its shape while it moves, in the positions that the facts describe."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.figures.drawing import Ink, moment, strokes
from coach.figures.skeleton import BONES, LENGTHS, Point, Skeleton, direction
from coach.figures.terminal import lines
from coach.library.exercise import Exercise
from coach.library.figure import Limb, Prop
from coach.library.files import load_exercises
from tests.support.figures import figure_of

EXERCISES = load_exercises()
each = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
PARTS = [n / 16 for n in range(17)]


def joints(exercise: str, part: float) -> dict[str, Point]:
    return dict(moment(figure_of(EXERCISES[exercise]), part).joints)


def angle(at: Point, one: Point, other: Point) -> float:
    """Return the angle at a joint between two others, in degrees."""
    a, b = ([end - start for start, end in zip(at, far, strict=True)] for far in (one, other))
    cosine = sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def length(skeleton: Skeleton, bone: str) -> float:
    return math.dist(*skeleton.bone(bone))


@each
def test_limbs_keep_their_length_all_the_way(exercise: Exercise) -> None:
    for part in PARTS:
        skeleton = moment(figure_of(exercise), part)
        for bone in BONES:
            wanted = LENGTHS.get(bone) or LENGTHS[bone.split("_", 1)[1]]
            assert length(skeleton, bone) == pytest.approx(wanted)


@each
def test_what_rests_on_the_ground_stays_where_it_is(exercise: Exercise) -> None:
    for joint in figure_of(exercise).rests:
        places = [moment(figure_of(exercise), part).joints[joint] for part in PARTS]
        assert all(abs(z) <= 0.01 for _, _, z in places)
        assert max(x for x, _, _ in places) - min(x for x, _, _ in places) <= 0.03


@each
def test_nothing_sinks_into_the_ground(exercise: Exercise) -> None:
    for part in PARTS:
        assert min(z for _, _, z in moment(figure_of(exercise), part).joints.values()) >= -0.01


@each
def test_nothing_twists(exercise: Exercise) -> None:
    for part in PARTS:
        joint = moment(figure_of(exercise), part).joints
        for name in ("shoulder", "hip"):
            across = [a - b for a, b in zip(joint[f"left_{name}"], joint[f"right_{name}"], strict=True)]
            assert across == pytest.approx([0, math.hypot(*across), 0])


@each
def test_every_figure_moves_and_shows_what_the_exercise_needs(exercise: Exercise) -> None:
    drawn = {stroke.name: stroke for stroke in strokes(figure_of(exercise), 0.0)}
    assert strokes(figure_of(exercise), 0.0) != strokes(figure_of(exercise), 1.0)
    assert {Prop(thing) for thing in exercise.equipment if thing not in ("chair", "towel", "wall")} <= set(
        figure_of(exercise).props
    )
    assert {"mat", "towel", "band"} & {*figure_of(exercise).props} <= set(drawn)


@each
def test_a_stroke_keeps_its_name_so_that_it_can_be_moved_along(exercise: Exercise) -> None:
    for before, after in pairwise(PARTS):
        one, other = strokes(figure_of(exercise), before), strokes(figure_of(exercise), after)
        assert [(s.name, s.ink, s.width) for s in one] == [(s.name, s.ink, s.width) for s in other]


@each
def test_both_positions_are_told_in_words(exercise: Exercise) -> None:
    assert len(figure_of(exercise).start_text) > 30
    assert len(figure_of(exercise).end_text) > 30


def test_the_row_leans_half_way_with_a_straight_back_and_pulls_to_a_right_angle() -> None:
    start, end = joints("one-arm-row", 0), joints("one-arm-row", 1)
    across, up = (start["chest"][axis] - start["pelvis"][axis] for axis in (0, 2))
    assert math.degrees(math.atan2(across, up)) == pytest.approx(45)
    assert angle(start["waist"], start["pelvis"], start["chest"]) == pytest.approx(180, abs=1)
    assert start["right_hand"][0] == pytest.approx(start["right_shoulder"][0])
    assert angle(end["right_elbow"], end["right_shoulder"], end["right_hand"]) == pytest.approx(90, abs=5)
    assert end["pelvis"][2] < end["right_hand"][2] < end["chest"][2]
    assert start["left_heel"][0] > start["right_heel"][0]


def test_the_free_hand_is_on_the_edge_of_the_table() -> None:
    figure = figure_of(EXERCISES["one-arm-row"])
    drawn = {stroke.name: stroke for stroke in strokes(figure, 0.0)}
    (edge, top), _ = drawn["table_top"].points
    assert drawn["left_forearm"].points[1] == pytest.approx((edge, top), abs=0.04)
    assert drawn["table_leg"].points[0][0] > edge


def test_the_abduction_stays_at_chest_height_and_keeps_its_elbows() -> None:
    bends = []
    for part in PARTS:
        body = joints("horizontal-abduction", part)
        assert body["waist"][2] < body["right_hand"][2] <= body["chest"][2] + 0.01
        bends.append(angle(body["right_elbow"], body["right_shoulder"], body["right_hand"]))
    assert max(bends) - min(bends) < 3
    assert 150 < min(bends) < 175


def test_the_rotation_keeps_its_elbows_at_the_sides_and_square() -> None:
    for part in PARTS:
        body = joints("external-rotation", part)
        assert abs(body["right_elbow"][1]) - abs(body["right_shoulder"][1]) < 0.03
        assert angle(body["right_elbow"], body["right_shoulder"], body["right_hand"]) == pytest.approx(90, abs=5)
    assert abs(joints("external-rotation", 1)["right_hand"][1]) > abs(joints("external-rotation", 0)["right_hand"][1])


def test_the_bird_dog_lifts_its_leg_before_its_arm() -> None:
    start, middle, end = (joints("bird-dog", part) for part in (0, 0.5, 1))
    assert middle["right_heel"][2] == pytest.approx(middle["right_hip"][2], abs=0.01)
    assert middle["left_hand"] == pytest.approx(start["left_hand"], abs=0.001)
    assert end["left_hand"][2] == pytest.approx(end["left_shoulder"][2], abs=0.06)
    assert end["right_heel"] == pytest.approx(middle["right_heel"])
    assert angle(end["right_knee"], end["right_hip"], end["right_heel"]) == pytest.approx(180, abs=1)


def test_the_back_extension_keeps_its_forearms_down_and_the_harder_one_lifts_them() -> None:
    for part in PARTS:
        body = joints("back-extension", part)
        assert max(body["right_elbow"][2], body["right_hand"][2]) <= 0.02
    assert joints("back-extension", 1)["head"][2] > joints("back-extension", 0)["head"][2] + 0.03
    harder = joints("back-extension-arms", 1)
    assert min(harder["right_elbow"][2], harder["right_hand"][2]) > 0.05


@given(st.floats(-360, 360), st.floats(-90, 90), st.sampled_from(["right", "left"]))
def test_a_limb_points_along_a_unit_vector(pitch: float, out: float, side: str) -> None:
    assert math.hypot(*direction(Limb(pitch, out), side)) == pytest.approx(1)


@each
@pytest.mark.parametrize("size", [(30, 11), (16, 6), (60, 20)])
def test_the_terminal_figure_keeps_within_its_space(exercise: Exercise, size: tuple[int, int]) -> None:
    columns, rows = size
    for part in PARTS:
        drawn = lines(figure_of(exercise), part, columns, rows)
        assert len(drawn) <= rows
        assert max(map(len, drawn)) <= columns
        assert all(character == "\u2800" or 0x2800 < ord(character) < 0x2900 for line in drawn for character in line)


@each
def test_far_limbs_look_unlike_near_ones_from_the_side(exercise: Exercise) -> None:
    inks = {stroke.ink for stroke in strokes(figure_of(exercise), 0.0)}
    assert (Ink.FAR in inks) == (figure_of(exercise).view == "side")
