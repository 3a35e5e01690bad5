"""Draw a figure at one moment as strokes on paper: what SVG, terminal and cover all show."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coach.figures.skeleton import BONES, HEAD_RADIUS, Point, Skeleton, between, stand
from coach.library.figure import Figure, Pose, Prop, View

Spot = tuple[float, float]

# How far the viewer walks around from the figure's right side toward its front.
VIEW_DEGREES = {View.SIDE: 14.0, View.FRONT: 90.0}
# How far the viewer looks down. From above, the arms in front of the chest can be told apart.
TILT_DEGREES = {View.SIDE: 0.0, View.FRONT: 24.0}
BODY_WIDTH = 0.036  # of a limb's stroke; the ground is half of it below the joints


class Ink(StrEnum):
    """What a stroke is drawn with; colors and the terminal's marks hang on it."""

    NEAR = "near"
    FAR = "far"
    PROP = "prop"
    BAND = "band"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Stroke:
    name: str
    """The same in every moment of a figure, so that a stroke can be moved along."""
    ink: Ink
    points: tuple[Spot, ...]
    """Across, and up from the ground; 1.0 is the body's height."""
    width: float = BODY_WIDTH
    round_: bool = False
    """A circle: its center is the one point, its radius half the width."""


def moment(figure: Figure, part: float) -> Skeleton:
    """Return the skeleton a part (0 start, 1 end) of the way; a middle position is passed half way."""
    return stand(_pose(figure, part), figure.rests)


def strokes(figure: Figure, part: float) -> tuple[Stroke, ...]:
    """Return all strokes of one moment, the far ones first."""
    skeleton, order = moment(figure, part), _order(figure)
    body = sorted((stroke for _, stroke in _body(figure, skeleton)), key=lambda stroke: order[stroke.name])
    return (*_scene(figure, moment(figure, 0.0)), *body, *_held(figure, skeleton))


def _pose(figure: Figure, part: float) -> Pose:
    if figure.middle is None:
        return between(figure.start, figure.end, part)
    if part < 0.5:
        return between(figure.start, figure.middle, part * 2)
    return between(figure.middle, figure.end, part * 2 - 1)


def _order(figure: Figure) -> dict[str, float]:
    """Return how close each stroke is to the viewer, start and end together: the order stays the whole way."""
    start, end = (_body(figure, moment(figure, part)) for part in (0.0, 1.0))
    return {stroke.name: close + later for (close, stroke), (later, _) in zip(start, end, strict=True)}


def _body(figure: Figure, skeleton: Skeleton) -> Iterator[tuple[float, Stroke]]:
    """Yield every bone and the head, each with its closeness to the viewer."""
    far_side = "left" if figure.view is not View.FRONT else ""
    for name in BONES:
        start, end = skeleton.bone(name)
        ink = Ink.FAR if far_side and name.startswith(far_side) else Ink.NEAR
        if name == "neck":
            end = _shorten(start, end, HEAD_RADIUS)
        yield _closeness(figure, start, end), Stroke(name, ink, (_spot(figure, start), _spot(figure, end)))
    for joint, name in (("shoulder", "shoulders"), ("hip", "hips")):
        ends = skeleton.joints[f"right_{joint}"], skeleton.joints[f"left_{joint}"]
        yield _closeness(figure, *ends), Stroke(name, Ink.NEAR, (_spot(figure, ends[0]), _spot(figure, ends[1])))
    head = skeleton.joints["head"]
    yield _closeness(figure, head, head), Stroke("head", Ink.NEAR, (_spot(figure, head),), HEAD_RADIUS * 2, True)


def _held(figure: Figure, skeleton: Skeleton) -> Iterator[Stroke]:
    if Prop.BAND in figure.props:
        hands = skeleton.joints["right_hand"], skeleton.joints["left_hand"]
        yield Stroke("band", Ink.BAND, (_spot(figure, hands[0]), _spot(figure, hands[1])), 0.018)
    if Prop.DUMBBELL in figure.props:
        x, y, z = skeleton.joints["right_hand"]
        ends = _spot(figure, (x - 0.05, y, z)), _spot(figure, (x + 0.05, y, z))
        yield Stroke("bar", Ink.BAND, ends, 0.018)
        for place, spot in zip(("back", "front"), ends, strict=True):
            upright = ((spot[0], spot[1] - 0.03), (spot[0], spot[1] + 0.03))
            yield Stroke(f"plate_{place}", Ink.BAND, upright, 0.03)


def _scene(figure: Figure, skeleton: Skeleton) -> Iterator[Stroke]:
    """Yield what does not move: ground or mat, chair, towel."""
    ground = min(_spot(figure, skeleton.joints[name])[1] for name in figure.rests) - BODY_WIDTH / 2
    across = [_spot(figure, point)[0] for point in skeleton.joints.values()]
    left, right = min(across) - 0.12, max(across) + 0.16
    yield Stroke("ground", Ink.GROUND, ((left, ground - 0.012), (right, ground - 0.012)), 0.006)
    if Prop.MAT in figure.props:
        yield Stroke("mat", Ink.PROP, ((left + 0.03, ground), (right - 0.03, ground)), 0.02)
    if Prop.TOWEL in figure.props:
        across_head, up = _spot(figure, skeleton.joints["head"])
        low = up - HEAD_RADIUS
        yield Stroke("towel", Ink.PROP, ((across_head - 0.04, low), (across_head + 0.05, low)), 0.016)
    if Prop.CHAIR in figure.props:
        yield from _chair(figure, skeleton.joints["left_hand"], ground)


def _chair(figure: Figure, hand: Point, ground: float) -> Iterator[Stroke]:
    """Draw a chair from the side, its back under the free hand, its seat toward the figure."""
    across, up = _spot(figure, hand)
    top, seat, depth = up - BODY_WIDTH / 2, ground + 0.27, 0.22
    lines = {
        "chair_back": ((across, ground), (across, top)),
        "chair_seat": ((across, seat), (across - depth, seat)),
        "chair_leg": ((across - depth, ground), (across - depth, seat)),
    }
    for name, points in lines.items():
        yield Stroke(name, Ink.PROP, points, 0.02)


def _spot(figure: Figure, point: Point) -> Spot:
    angle, tilt = math.radians(VIEW_DEGREES[figure.view]), math.radians(TILT_DEGREES[figure.view])
    across = point[0] * math.cos(angle) + point[1] * math.sin(angle)
    return across, point[2] * math.cos(tilt) - _closeness(figure, point) * math.sin(tilt)


def _closeness(figure: Figure, *points: Point) -> float:
    angle = math.radians(VIEW_DEGREES[figure.view])
    return sum(x * math.sin(angle) - y * math.cos(angle) for x, y, _ in points) / len(points)


def _shorten(start: Point, end: Point, by: float) -> Point:
    length = math.dist(start, end)
    part = max(0.0, 1 - by / length)
    return tuple(a + (b - a) * part for a, b in zip(start, end, strict=True))  # type: ignore[return-value]  # three in, three out
