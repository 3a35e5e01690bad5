"""Draw a figure at one moment in Braille dots, for the terminal."""

import math
from collections.abc import Iterator

from coach.figures.animation import Animation, animation_of
from coach.figures.drawing import Ink, Stroke
from coach.figures.svg import Box
from coach.library.figure import Figure

# The bit of each dot in a Braille cell, by (column, row); the cells begin at U+2800.
DOTS = {(0, 0): 1, (0, 1): 2, (0, 2): 4, (1, 0): 8, (1, 1): 16, (1, 2): 32, (0, 3): 64, (1, 3): 128}
BLANK = 0x2800


def lines(figure: Figure, part: float, columns: int = 30, rows: int = 11) -> tuple[str, ...]:
    """Draw one moment of an exercise into at most so many columns and rows of characters."""
    return drawn(animation_of(figure), part, columns, rows)


def drawn(animation: Animation, part: float, columns: int, rows: int) -> tuple[str, ...]:
    """Draw one moment into at most so many columns and rows of characters, without distorting it."""
    box = animation.box
    scale = min((columns * 2 - 1) / (box.right - box.left), (rows * 4 - 1) / (box.high - box.low))
    cells = [[BLANK] * columns for _ in range(rows)]
    for stroke in animation.at(part):
        if stroke.ink is not Ink.GROUND:
            for x, y in _dots(stroke, box, scale):
                cells[y // 4][x // 2] |= DOTS[x % 2, y % 4]
    return tuple("".join(map(chr, row)).rstrip(chr(BLANK)) for row in cells)


def _dots(stroke: Stroke, box: Box, scale: float) -> Iterator[tuple[int, int]]:
    """Yield every dot of a line, or of the ring that stands for the head."""
    points = [((x - box.left) * scale, (box.high - y) * scale) for x, y in stroke.points]
    if stroke.round_:
        (x, y), radius = points[0], stroke.width / 2 * scale
        for i in range(48):
            angle = 2 * math.pi * i / 48
            yield round(x + radius * math.cos(angle)), round(y + radius * math.sin(angle))
        return
    (x0, y0), (x1, y1) = points
    count = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
    for i in range(count + 1):
        yield round(x0 + (x1 - x0) * i / count), round(y0 + (y1 - y0) * i / count)
