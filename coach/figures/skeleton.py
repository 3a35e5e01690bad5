"""Compute the joints of a pose in space. x is forward, y to the figure's left, z up; 1.0 is the body's height."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from coach.library.figure import Limb, Pose

Point = tuple[float, float, float]

# Lengths as parts of the body's height, rounded from Winter, Biomechanics and Motor Control of Human Movement.
LENGTHS: Mapping[str, float] = {
    "lower_back": 0.15,
    "upper_back": 0.15,
    "neck": 0.13,
    "upper_arm": 0.16,
    "forearm": 0.16,
    "thigh": 0.25,
    "shin": 0.245,
    "foot": 0.09,
}
SHOULDER_HALF = 0.10
HIP_HALF = 0.055
HEAD_RADIUS = 0.058

# Bone: (from joint, to joint). Sides are added below. The order is that of the tree, the pelvis first.
TRUNK = {"lower_back": ("pelvis", "waist"), "upper_back": ("waist", "chest"), "neck": ("chest", "head")}
LIMBS = {
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
    "thigh": ("hip", "knee"),
    "shin": ("knee", "heel"),
    "foot": ("heel", "toe"),
}
BONES: Mapping[str, tuple[str, str]] = TRUNK | {
    f"{side}_{name}": (f"{side}_{start}", f"{side}_{end}")
    for side in ("right", "left")
    for name, (start, end) in LIMBS.items()
}


@dataclass(frozen=True, slots=True)
class Skeleton:
    joints: Mapping[str, Point]

    def bone(self, name: str) -> tuple[Point, Point]:
        """Return where a bone begins and ends."""
        start, end = BONES[name]
        return self.joints[start], self.joints[end]


def direction(limb: Limb, side: str) -> Point:
    """Return the unit vector a limb points along; `out` leans to the limb's own side."""
    pitch, out = math.radians(limb.pitch), math.radians(limb.out)
    sideways = math.sin(out) * (1 if side == "left" else -1)
    return math.cos(out) * math.sin(pitch), sideways, math.cos(out) * math.cos(pitch)


def stand(pose: Pose, rests: Sequence[str]) -> Skeleton:
    """Place the figure: its first resting joint stays at x = 0, and its lowest resting joint on the ground, z = 0."""
    joints: dict[str, Point] = {"pelvis": (0.0, 0.0, 0.0)}
    for name, (start, end) in BONES.items():
        _attach(joints, start)
        length = LENGTHS[name.split("_", 1)[1] if name not in TRUNK else name]
        joints[end] = _along(joints[start], direction(getattr(pose, name), name.split("_")[0]), length)
    pin_x = joints[rests[0]][0]
    ground_z = min(joints[name][2] for name in rests)
    return Skeleton({name: (x - pin_x, y, z - ground_z) for name, (x, y, z) in joints.items()})


def between(start: Pose, end: Pose, part: float) -> Pose:
    """Return the pose a part (0 to 1) of the way from start to end; angles move, lengths stay."""

    def mix(a: Limb, b: Limb) -> Limb:
        return Limb(a.pitch + (b.pitch - a.pitch) * part, a.out + (b.out - a.out) * part)

    return Pose(**{field.name: mix(getattr(start, field.name), getattr(end, field.name)) for field in fields(Pose)})


def _attach(joints: dict[str, Point], joint: str) -> None:
    """Put shoulders beside the chest and hips beside the pelvis: the trunk never twists."""
    if joint in joints:
        return
    side, name = joint.split("_")
    parent, half = ("chest", SHOULDER_HALF) if name == "shoulder" else ("pelvis", HIP_HALF)
    x, y, z = joints[parent]
    joints[joint] = (x, y + (half if side == "left" else -half), z)


def _along(start: Point, way: Point, length: float) -> Point:
    return start[0] + way[0] * length, start[1] + way[1] * length, start[2] + way[2] * length


def turned(skeleton: Skeleton, roll: float, turn: float) -> Skeleton:
    """Return a skeleton rolled about x (90 degrees: onto its left side), then turned about the upright."""
    cos_r, sin_r, cos_t, sin_t = (
        f(math.radians(degrees)) for degrees in (roll, turn) for f in (math.cos, math.sin)
    )  # fmt: skip
    joints: dict[str, Point] = {}
    for name, (x, y, z) in skeleton.joints.items():
        y, z = y * cos_r + z * sin_r, z * cos_r - y * sin_r
        joints[name] = (x * cos_t - y * sin_t, x * sin_t + y * cos_t, z)
    return Skeleton(joints)
