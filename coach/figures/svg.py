"""Draw a figure as SVG: one still position, or a loop that moves at the exercise's tempo."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.figures.drawing import Ink, Stroke, strokes
from coach.library.figure import Figure

COLORS = {
    Ink.NEAR: "#1f2933",
    Ink.FAR: "#7d8a96",
    Ink.PROP: "#b7791f",
    Ink.BAND: "#c0392b",
    Ink.GROUND: "#9aa5b1",
}
PIXELS = 240  # one body height
MARGIN = 0.06
FRAMES_PER_WAY = 8  # positions between start and end; the player draws straight lines between them


@dataclass(frozen=True, slots=True)
class Box:
    """The paper a figure needs over its whole movement, in body heights."""

    left: float
    right: float
    low: float
    high: float


def still(figure: Figure, part: float, label: str) -> str:
    """Draw one position (part 0 start, 1 end) as a whole SVG element with its text for those who can't see it."""
    return _wrap(box_of(figure), label, "\n".join(_element(stroke, box_of(figure)) for stroke in strokes(figure, part)))


def moving(figure: Figure, seconds: Sequence[tuple[float, float]], label: str) -> str:
    """Draw the movement as a loop.

    `seconds` is the tempo: (part reached, seconds it takes), e.g. lift (1, 3), hold (1, 1), return (0, 3).
    """
    box = box_of(figure)
    parts, times = _keyframes(seconds)
    moments = [strokes(figure, part) for part in parts]
    total_s = sum(length for _, length in seconds)
    lines = [_element(row[0], box, _animate(row, box, times, total_s)) for row in zip(*moments, strict=True)]
    return _wrap(box, label, "\n".join(lines))


def box_of(figure: Figure) -> Box:
    """Return the paper that holds every moment of the figure."""
    return box_around([stroke for i in range(FRAMES_PER_WAY + 1) for stroke in strokes(figure, i / FRAMES_PER_WAY)])


def box_around(drawn: Sequence[Stroke]) -> Box:
    """Return the paper that holds all these strokes."""
    across = [x + s * stroke.width / 2 for stroke in drawn for x, _ in stroke.points for s in (-1, 1)]
    up = [y + s * stroke.width / 2 for stroke in drawn for _, y in stroke.points for s in (-1, 1)]
    return Box(min(across) - MARGIN, max(across) + MARGIN, min(up) - MARGIN, max(up) + MARGIN)


def _keyframes(seconds: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    parts, times, part, t = [0.0], [0.0], 0.0, 0.0
    for target, length_s in seconds:
        count = FRAMES_PER_WAY if target != part else 1
        for i in range(1, count + 1):
            parts.append(part + (target - part) * i / count)
            times.append(t + length_s * i / count)
        part, t = target, t + length_s
    return parts, times


def _wrap(box: Box, label: str, inside: str) -> str:
    width, height = (box.right - box.left) * PIXELS, (box.high - box.low) * PIXELS
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_escape(label)}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.0f}" height="{height:.0f}">\n{inside}\n</svg>'
    )


def _element(stroke: Stroke, box: Box, inside: str = "") -> str:
    color, width = COLORS[stroke.ink], stroke.width * PIXELS
    if stroke.round_:
        x, y = _place(stroke.points[0], box)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width / 2:.1f}" fill="{color}">{inside}</circle>'
    return (
        f'<path d="{_path(stroke, box)}" stroke="{color}" stroke-width="{width:.1f}" stroke-linecap="round" '
        f'fill="none">{inside}</path>'
    )


def _animate(row: Sequence[Stroke], box: Box, times: Sequence[float], total_s: float) -> str:
    """Return the animation of one stroke, or nothing where it does not move."""
    key_times = ";".join(f"{t / total_s:.4f}" for t in times)
    if row[0].round_:
        spots = [_place(stroke.points[0], box) for stroke in row]
        tracks = {"cx": [f"{x:.1f}" for x, _ in spots], "cy": [f"{y:.1f}" for _, y in spots]}
    else:
        tracks = {"d": [_path(stroke, box) for stroke in row]}
    return "".join(
        f'<animate attributeName="{name}" dur="{total_s:g}s" repeatCount="indefinite" '
        f'keyTimes="{key_times}" values="{";".join(values)}"/>'
        for name, values in tracks.items()
        if len(set(values)) > 1
    )


def _path(stroke: Stroke, box: Box) -> str:
    (x0, y0), (x1, y1) = (_place(point, box) for point in stroke.points)
    return f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"


def _place(point: tuple[float, float], box: Box) -> tuple[float, float]:
    return (point[0] - box.left) * PIXELS, (box.high - point[1]) * PIXELS


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
