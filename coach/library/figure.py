"""What an exercise looks like: the angles of every limb at its start and its end. Plain values, read with the exercise."""

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


@dataclass(frozen=True, slots=True)
class Limb:
    """Where a limb points: degrees from straight up, forward positive (90 forward, 180 down), and out to its own side."""

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
    rests: tuple[str, ...]
    """Joints that stay on the ground the whole rep, e.g. `right_knee`; the first one pins the figure."""
    start: Pose
    end: Pose
    start_text: str
    """The position in words, for whoever does not see the picture."""
    end_text: str
    middle: Pose | None = None
    """A position between, where the way there is not straight (the bird dog: leg first, then arm)."""
