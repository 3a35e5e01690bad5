"""Draw a figure at one moment as a bitmap. A gate to Pillow."""

from typing import TYPE_CHECKING

from coach.figures.drawing import Stroke, strokes
from coach.figures.svg import COLORS, Box, box_of
from coach.library.figure import Figure

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

FINER = 4  # drawn so many times as large, then made smaller: smooth edges

Place = tuple[float, float]


def picture(figure: Figure, part: float, width: int, height: int, background: str = "#ffffff") -> "Image":
    """Draw one position (part 0 start, 1 end), as large as fits into width x height pixels, in the middle of them."""
    from PIL import Image, ImageDraw

    large = Image.new("RGB", (width * FINER, height * FINER), background)
    box = box_of(figure)
    scale = min(large.width / (box.right - box.left), large.height / (box.high - box.low))
    corner = _centered(box, scale, large.width, large.height)
    pen = ImageDraw.Draw(large)
    for stroke in strokes(figure, part):
        _draw(pen, stroke, scale, [(corner[0] + x * scale, corner[1] - y * scale) for x, y in stroke.points])
    return large.resize((width, height), Image.Resampling.LANCZOS)


def _centered(box: Box, scale: float, width: int, height: int) -> Place:
    """Return where the figure's 0, 0 is in the picture."""
    return (
        width / 2 - (box.left + box.right) / 2 * scale,
        height / 2 + (box.low + box.high) / 2 * scale,
    )


def _draw(pen: "ImageDraw", stroke: Stroke, scale: float, points: list[Place]) -> None:
    color, width = COLORS[stroke.ink], stroke.width * scale
    if not stroke.round_:
        pen.line(points, fill=color, width=max(1, round(width)))
    for x, y in points:  # round ends, and the head
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=color)
