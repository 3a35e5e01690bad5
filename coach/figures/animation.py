"""A movement as a sequence of drawings of the same strokes: what a page and the terminal play along with the coach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from coach.figures.drawing import Spot, Stroke, strokes
from coach.figures.svg import FRAMES_PER_WAY, Box, box_around, box_of
from coach.library.figure import Figure, Joint, Pose


@dataclass(frozen=True, slots=True)
class Animation:
    """Drawings from the movement's start (part 0) to its end (part 1), equally far apart."""

    box: Box
    drawings: tuple[tuple[Stroke, ...], ...]

    def at(self, part: float) -> tuple[Stroke, ...]:
        """Return the strokes of one moment."""
        place = min(max(0.0, part), 1.0) * (len(self.drawings) - 1)
        before = min(int(place), len(self.drawings) - 2)
        pairs = zip(self.drawings[before], self.drawings[before + 1], strict=True)
        return tuple(_between(one, other, place - before) for one, other in pairs)

    def mirrored(self) -> "Animation":
        """Return it seen from the other side: the left arm works where the right one did."""
        box = Box(-self.box.right, -self.box.left, self.box.low, self.box.high)
        return Animation(box, tuple(tuple(_mirrored(stroke) for stroke in drawing) for drawing in self.drawings))


@cache
def animation_of(figure: Figure) -> Animation:
    """Return an exercise's figure on its way; one with a middle position has twice the drawings."""
    count = FRAMES_PER_WAY * (2 if figure.middle else 1)
    return Animation(box_of(figure), tuple(strokes(figure, i / count) for i in range(count + 1)))


def joined(drawings: Sequence[tuple[Stroke, ...]]) -> Animation:
    """Return drawings of the same strokes as an animation on paper that holds all of them."""
    return Animation(box_around([stroke for drawing in drawings for stroke in drawing]), tuple(drawings))


def other_side(figure: Figure) -> Figure:
    """Return a figure that does with the left what it did with the right, seen from where it was."""
    middle = swapped(figure.middle) if figure.middle else None
    rests = tuple(Joint(_other(joint)) for joint in figure.rests)
    return replace(figure, start=swapped(figure.start), middle=middle, end=swapped(figure.end), rests=rests)


def swapped(pose: Pose) -> Pose:
    """Return a pose with right and left exchanged."""
    limbs = {name: getattr(pose, name) for name in pose.__dataclass_fields__}
    return Pose(**{_other(name): limb for name, limb in limbs.items()})


def _other(name: str) -> str:
    side, _, rest = name.partition("_")
    return {"right": f"left_{rest}", "left": f"right_{rest}"}.get(side, name)


def _between(one: Stroke, other: Stroke, part: float) -> Stroke:
    points = zip(one.points, other.points, strict=True)
    return replace(one, points=tuple(_mixed(a, b, part) for a, b in points))


def _mixed(a: Spot, b: Spot, part: float) -> Spot:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _mirrored(stroke: Stroke) -> Stroke:
    return replace(stroke, points=tuple((-x, y) for x, y in stroke.points))
