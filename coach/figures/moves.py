"""The moves between body positions as figures: one pose for each spoken step, joined by what is turned and rolled.

The body never twists: it turns on the knees as a whole (`turn`), and rolls like a log (`roll`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from coach.figures.animation import Animation, joined
from coach.figures.drawing import BODY_WIDTH, Camera, Ink, Spot, Stroke, body_of, chair, spot
from coach.figures.skeleton import Point, Skeleton, between, stand, turned
from coach.library.exercise import Position
from coach.library.figure import Limb, Pose

CAMERA = Camera(14.0, 10.0)
DRAWINGS_PER_STEP = 6
SEAT = 0.27, 0.49  # where the chair's seat begins and ends, from her heels
BACK_HEIGHT = 0.52
BESIDE = 90.0  # the mat lies with its long side along the chair


@dataclass(frozen=True, slots=True)
class Posture:
    """A pose in the room."""

    pose: Pose
    stays: str
    """The joint that stayed where it was on the way here."""
    turn: float = 0.0
    """Degrees around the upright: 90 has the chair beside her."""
    roll: float = 0.0
    """Degrees around her own length: 90 is lying on her left side."""


def _bent(trunk: float, arm: float, forearm: float, **others: Limb) -> Pose:
    arms = {f"{side}_{name}": Limb(pitch) for side in ("right", "left") for name, pitch in (
        ("upper_arm", arm), ("forearm", forearm))}  # fmt: skip
    return replace(Pose(**arms), lower_back=Limb(trunk), upper_back=Limb(trunk), neck=Limb(trunk), **others)


def _legs(thigh: float, shin: float, foot: float, *sides: str) -> dict[str, Limb]:
    names = (("thigh", thigh), ("shin", shin), ("foot", foot))
    return {f"{side}_{name}": Limb(pitch) for side in sides or ("right", "left") for name, pitch in names}


_STANDING = Pose()
_ON_THE_SEAT = _bent(58, 158, 146, **_legs(152, 186, 90))
_ONE_KNEE = _bent(50, 128, 116, **_legs(188, 268, 268, "right"), **_legs(92, 180, 90, "left"))
_BOTH_KNEES = _bent(48, 122, 110, **_legs(186, 270, 270))
_KNEELING_TALL = _bent(0, 178, 174, **_legs(182, 270, 270))
_HANDS_AND_KNEES = _bent(76.5, 180, 180, **_legs(180, 270, 270))
_HIPS_ASIDE = _bent(62, 150, 150, **_legs(160, 268, 268))
_CURLED = replace(_bent(88, 130, 60, **_legs(160, 275, 270)), left_upper_arm=Limb(90), left_forearm=Limb(90))
_LONG = replace(_bent(90, 130, 60, **_legs(270, 270, 270)), left_upper_arm=Limb(90), left_forearm=Limb(90))
_FACE_DOWN = _bent(90, 120, 84, **_legs(270, 270, 270))

_DOWN = (
    Posture(_STANDING, "right_heel"),
    Posture(_ON_THE_SEAT, "right_heel"),
    Posture(_ONE_KNEE, "left_heel"),
    Posture(_BOTH_KNEES, "right_knee"),
    Posture(_KNEELING_TALL, "pelvis", turn=BESIDE),
    Posture(_HANDS_AND_KNEES, "right_knee", turn=BESIDE),
)
_UP = (
    Posture(_KNEELING_TALL, "right_knee", turn=BESIDE),
    Posture(_KNEELING_TALL, "pelvis"),
    Posture(_BOTH_KNEES, "right_knee"),
    Posture(_ONE_KNEE, "right_knee"),
    Posture(_ON_THE_SEAT, "left_heel"),
    Posture(_STANDING, "left_heel"),
)
_LYING = (
    Posture(_HANDS_AND_KNEES, "right_knee"),
    Posture(_HIPS_ASIDE, "right_knee", roll=35),
    Posture(_CURLED, "right_hand", roll=90),
    Posture(_LONG, "chest", roll=90),
    Posture(_FACE_DOWN, "chest"),
)
_RISING = (
    Posture(_FACE_DOWN, "chest"),
    Posture(_LONG, "chest", roll=90),
    Posture(_CURLED, "chest", roll=90),
    Posture(_HIPS_ASIDE, "right_hand", roll=35),
    Posture(_HANDS_AND_KNEES, "right_knee"),
)

_BACK = (
    Posture(_KNEELING_TALL, "right_knee"),
    Posture(_BOTH_KNEES, "right_knee"),
    Posture(_KNEELING_TALL, "right_knee"),
    Posture(_HANDS_AND_KNEES, "right_knee"),
)

_P = Position
STEPS: dict[tuple[Position, Position], tuple[Posture, tuple[Posture, ...]]] = {
    (_P.STANDING, _P.HANDS_AND_KNEES): (Posture(_STANDING, "right_heel"), _DOWN),
    (_P.HANDS_AND_KNEES, _P.STANDING): (Posture(_HANDS_AND_KNEES, "right_knee", turn=BESIDE), _UP),
    (_P.HANDS_AND_KNEES, _P.HANDS_AND_KNEES): (Posture(_KNEELING_TALL, "right_knee"), _BACK),
    (_P.HANDS_AND_KNEES, _P.FACE_DOWN): (Posture(_HANDS_AND_KNEES, "right_knee"), _LYING),
    (_P.FACE_DOWN, _P.HANDS_AND_KNEES): (Posture(_FACE_DOWN, "chest"), _RISING),
}
"""How each move begins, and where each of its spoken steps leads (a test counts them against the steps)."""


@cache
def move_animation(start: Position, end: Position) -> Animation | None:
    """Return a move's figure, each spoken step an equal part of it; None where there is no such move."""
    if (start, end) not in STEPS:
        return None
    first, steps = STEPS[start, end]
    skeletons = list(_skeletons(first, steps))
    with_chair = _P.STANDING in (start, end)
    if with_chair and start is not _P.STANDING:  # she began beside the chair: put it where she ends
        heel = skeletons[-1].joints["left_heel"][0]
        skeletons = [_shifted(skeleton, -heel) for skeleton in skeletons]
    order = _order(skeletons)
    return joined([(*_scene(skeletons, with_chair), *_body(skeleton, order)) for skeleton in skeletons])


def _skeletons(first: Posture, steps: Sequence[Posture]) -> Iterator[Skeleton]:
    """Yield her from posture to posture; one joint stays where it is in each step."""
    last = _placed(first, None)
    yield last
    for before, after in zip((first, *steps), steps, strict=False):
        start = last
        for i in range(1, DRAWINGS_PER_STEP + 1):
            part = i / DRAWINGS_PER_STEP
            turn, roll = (a + (b - a) * part for a, b in ((before.turn, after.turn), (before.roll, after.roll)))
            mixed = Posture(between(before.pose, after.pose, part), after.stays, turn, roll)
            last = _placed(mixed, start.joints[after.stays])
            yield last


def _placed(posture: Posture, pin: Point | None) -> Skeleton:
    """Stand a posture on the ground with its staying joint at a place."""
    skeleton = turned(stand(posture.pose, (posture.stays,)), posture.roll, posture.turn)
    x, y, _ = skeleton.joints[posture.stays]
    to_x, to_y = (pin[0], pin[1]) if pin else (0.0, y)
    return _shifted(skeleton, to_x - x, to_y - y, -min(z for _, _, z in skeleton.joints.values()))


def _shifted(skeleton: Skeleton, x: float, y: float = 0.0, z: float = 0.0) -> Skeleton:
    return Skeleton({name: (a + x, b + y, c + z) for name, (a, b, c) in skeleton.joints.items()})


def _order(skeletons: Sequence[Skeleton]) -> dict[str, float]:
    """Return how close each stroke is on the whole: the order stays all the way."""
    found: dict[str, float] = {}
    for skeleton in skeletons:
        for close, stroke in body_of(CAMERA, skeleton):
            found[stroke.name] = found.get(stroke.name, 0.0) + close
    return found


def _body(skeleton: Skeleton, order: dict[str, float]) -> list[Stroke]:
    return sorted((stroke for _, stroke in body_of(CAMERA, skeleton, "left")), key=lambda stroke: order[stroke.name])


def _scene(skeletons: Sequence[Skeleton], with_chair: bool) -> Iterator[Stroke]:
    spots = [spot(CAMERA, point) for skeleton in skeletons for point in skeleton.joints.values()]
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    if with_chair:
        right = max(right, SEAT[1])
    low = -BODY_WIDTH
    ends: tuple[Spot, Spot] = (left - 0.08, low - 0.012), (right + 0.08, low - 0.012)
    yield Stroke("ground", Ink.GROUND, ends, 0.006)
    if with_chair:
        yield from chair(SEAT[1], low, low + BACK_HEIGHT)
