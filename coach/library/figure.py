"""Define how an exercise looks: the angle of every limb at its start and its end. Plain values."""

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """From where the movement is seen best."""

    SIDE = "side"
    FRONT = "front"


class Prop(StrEnum):
    BAND = "band"
    DUMBBELL = "dumbbell"
    MAT = "mat"
    TOWEL = "towel"
    CHAIR = "chair"
    TABLE = "table"


class Joint(StrEnum):
    PELVIS = "pelvis"
    WAIST = "waist"
    CHEST = "chest"
    HEAD = "head"
    RIGHT_SHOULDER = "right_shoulder"
    RIGHT_ELBOW = "right_elbow"
    RIGHT_HAND = "right_hand"
    RIGHT_HIP = "right_hip"
    RIGHT_KNEE = "right_knee"
    RIGHT_HEEL = "right_heel"
    RIGHT_TOE = "right_toe"
    LEFT_SHOULDER = "left_shoulder"
    LEFT_ELBOW = "left_elbow"
    LEFT_HAND = "left_hand"
    LEFT_HIP = "left_hip"
    LEFT_KNEE = "left_knee"
    LEFT_HEEL = "left_heel"
    LEFT_TOE = "left_toe"


@dataclass(frozen=True, slots=True)
class Limb:
    """Where a limb points: degrees from straight up (90 forward, 180 down), and out to its own side."""

    pitch: float
    out: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """The direction of every limb. A limb that is not named hangs as in standing tall."""

    lower_back: Limb = Limb(0)
    upper_back: Limb = Limb(0)
    neck: Limb = Limb(0)
    right_upper_arm: Limb = Limb(180)
    right_forearm: Limb = Limb(180)
    left_upper_arm: Limb = Limb(180)
    left_forearm: Limb = Limb(180)
    right_thigh: Limb = Limb(180)
    right_shin: Limb = Limb(180)
    right_foot: Limb = Limb(90)
    left_thigh: Limb = Limb(180)
    left_shin: Limb = Limb(180)
    left_foot: Limb = Limb(90)


@dataclass(frozen=True, slots=True)
class Figure:
    view: View
    props: tuple[Prop, ...]
    rests: tuple[Joint, ...]
    """Joints that stay on the ground the whole rep, e.g. `right_knee`; the first one pins the figure."""
    start: Pose
    end: Pose
    start_text: str
    """The position in words, for whoever does not see the picture."""
    end_text: str
    middle: Pose | None = None
    """A position between, where the way there is not straight (the bird dog: leg first, then arm)."""
