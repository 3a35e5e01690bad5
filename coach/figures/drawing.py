"""Draw a figure at one moment as strokes on paper: what SVG, terminal and cover all show."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coach.figures.skeleton import BONES, HEAD_RADIUS, Point, Skeleton, between, stand
from coach.library.figure import Figure, Pose, Prop, View

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """From where a figure is looked at, in degrees."""

    around: float
    """How far the viewer walks around from the figure's right side toward its front."""
    down: float
    """How far the viewer looks down. From above, the arms in front of the chest can be told apart."""


CAMERAS = {View.SIDE: Camera(14.0, 0.0), View.FRONT: Camera(90.0, 24.0)}
BODY_WIDTH = 0.036  # of a limb's stroke; the ground is half of it below the joints
SEAT_HEIGHT = 0.27  # of a chair


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
    camera, skeleton, order = CAMERAS[figure.view], moment(figure, part), _order(figure)
    far_side = "left" if figure.view is not View.FRONT else ""
    body = sorted((stroke for _, stroke in body_of(camera, skeleton, far_side)), key=lambda stroke: order[stroke.name])
    return (*_scene(figure, moment(figure, 0.0)), *body, *_held(figure, skeleton))


def _pose(figure: Figure, part: float) -> Pose:
    if figure.middle is None:
        return between(figure.start, figure.end, part)
    if part < 0.5:
        return between(figure.start, figure.middle, part * 2)
    return between(figure.middle, figure.end, part * 2 - 1)


def _order(figure: Figure) -> dict[str, float]:
    """Return how close each stroke is to the viewer, start and end together: the order stays the whole way."""
    camera = CAMERAS[figure.view]
    start, end = (body_of(camera, moment(figure, part)) for part in (0.0, 1.0))
    return {stroke.name: close + later for (close, stroke), (later, _) in zip(start, end, strict=True)}


def body_of(camera: Camera, skeleton: Skeleton, far_side: str = "") -> Iterator[tuple[float, Stroke]]:
    """Yield every bone and the head, each with its closeness to the viewer; `far_side` is drawn lighter."""
    for name in BONES:
        start, end = skeleton.bone(name)
        ink = Ink.FAR if far_side and name.startswith(far_side) else Ink.NEAR
        if name == "neck":
            end = _shorten(start, end, HEAD_RADIUS)
        yield _closeness(camera, start, end), Stroke(name, ink, (spot(camera, start), spot(camera, end)))
    for joint, name in (("shoulder", "shoulders"), ("hip", "hips")):
        ends = skeleton.joints[f"right_{joint}"], skeleton.joints[f"left_{joint}"]
        yield _closeness(camera, *ends), Stroke(name, Ink.NEAR, (spot(camera, ends[0]), spot(camera, ends[1])))
    head = skeleton.joints["head"]
    yield _closeness(camera, head, head), Stroke("head", Ink.NEAR, (spot(camera, head),), HEAD_RADIUS * 2, True)


def _held(figure: Figure, skeleton: Skeleton) -> Iterator[Stroke]:
    camera = CAMERAS[figure.view]
    if Prop.BAND in figure.props:
        hands = skeleton.joints["right_hand"], skeleton.joints["left_hand"]
        yield Stroke("band", Ink.BAND, (spot(camera, hands[0]), spot(camera, hands[1])), 0.018)
    if Prop.DUMBBELL in figure.props:
        x, y, z = skeleton.joints["right_hand"]
        ends = spot(camera, (x - 0.05, y, z)), spot(camera, (x + 0.05, y, z))
        yield Stroke("bar", Ink.BAND, ends, 0.018)
        for place, end in zip(("back", "front"), ends, strict=True):
            upright = ((end[0], end[1] - 0.03), (end[0], end[1] + 0.03))
            yield Stroke(f"plate_{place}", Ink.BAND, upright, 0.03)


def _scene(figure: Figure, skeleton: Skeleton) -> Iterator[Stroke]:
    """Yield what does not move: ground or mat, chair, towel."""
    camera = CAMERAS[figure.view]
    ground = min(spot(camera, skeleton.joints[name])[1] for name in figure.rests) - BODY_WIDTH / 2
    across = [spot(camera, point)[0] for point in skeleton.joints.values()]
    left, right = min(across) - 0.12, max(across) + 0.16
    yield Stroke("ground", Ink.GROUND, ((left, ground - 0.012), (right, ground - 0.012)), 0.006)
    if Prop.MAT in figure.props:
        yield Stroke("mat", Ink.PROP, ((left + 0.03, ground), (right - 0.03, ground)), 0.02)
    if Prop.TOWEL in figure.props:
        across_head, up = spot(camera, skeleton.joints["head"])
        low = up - HEAD_RADIUS
        yield Stroke("towel", Ink.PROP, ((across_head - 0.04, low), (across_head + 0.05, low)), 0.016)
    if Prop.CHAIR in figure.props:
        across_hand, up_hand = spot(camera, skeleton.joints["left_hand"])
        yield from chair(across_hand, ground, up_hand - BODY_WIDTH / 2)
    if Prop.TABLE in figure.props:
        across_hand, up_hand = spot(camera, skeleton.joints["left_hand"])
        yield from _table(across_hand, ground, up_hand - BODY_WIDTH / 2)


def _table(edge: float, ground: float, top: float) -> Iterator[Stroke]:
    """Draw a table from the side, its edge at the hand that rests on it."""
    yield Stroke("table_top", Ink.PROP, ((edge - 0.03, top), (edge + 0.3, top)), 0.024)
    yield Stroke("table_leg", Ink.PROP, ((edge + 0.04, ground), (edge + 0.04, top)), 0.02)


def chair(across: float, ground: float, top: float, facing: int = -1) -> Iterator[Stroke]:
    """Draw a chair from the side: its back at `across`, its seat to the left (`facing` -1) or the right (1) of it."""
    seat, depth = ground + SEAT_HEIGHT, 0.22 * facing
    lines = {
        "chair_back": ((across, ground), (across, top)),
        "chair_seat": ((across, seat), (across + depth, seat)),
        "chair_leg": ((across + depth, ground), (across + depth, seat)),
    }
    for name, points in lines.items():
        yield Stroke(name, Ink.PROP, points, 0.02)


def spot(camera: Camera, point: Point) -> Spot:
    """Return where the camera sees a point: across, and up."""
    angle, tilt = math.radians(camera.around), math.radians(camera.down)
    across = point[0] * math.cos(angle) + point[1] * math.sin(angle)
    return across, point[2] * math.cos(tilt) - _closeness(camera, point) * math.sin(tilt)


def _closeness(camera: Camera, *points: Point) -> float:
    angle = math.radians(camera.around)
    return sum(x * math.sin(angle) - y * math.cos(angle) for x, y, _ in points) / len(points)


def _shorten(start: Point, end: Point, by: float) -> Point:
    length = math.dist(start, end)
    part = max(0.0, 1 - by / length)
    return tuple(a + (b - a) * part for a, b in zip(start, end, strict=True))  # type: ignore[return-value]  # three in, three out
