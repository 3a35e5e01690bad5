"""Draw the cover of a file: a title and a figure, as JPEG. A gate to Pillow."""

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from coach.figures.picture import picture
from coach.library.figure import Figure
from coach.timeline.phrases import one_line

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIDE = 500  # pixels: larger ones make some car radios skip the file
MARGIN = 40
GROUND, INK, ACCENT = "#f4efe6", "#23323a", "#c8553d"
TITLE_SIZES = (64, 56, 48, 40, 32)  # the largest that fits
TITLE_LINES = 4
TITLE_LETTERS = 120  # more can't be read on it
SMALL = 26
QUALITY = 88

FIGURE_TOP = 230  # the title keeps to two lines above it


def cover(title: str, lines: Sequence[str] = (), figure: Figure | None = None) -> bytes:
    """Draw a cover of 500 by 500 pixels: a title, a figure at its end position if there is one, small lines."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIDE, SIDE), GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 14, SIDE), fill=ACCENT)
    font, wrapped = _fitted(title[:TITLE_LETTERS], TITLE_LINES if figure is None else 2)
    draw.multiline_text((MARGIN, MARGIN), "\n".join(wrapped), INK, font=font, spacing=10)
    small = _font(SMALL)
    foot = SIDE - MARGIN - len(lines) * (SMALL + 10)
    for number, line in enumerate(lines):
        draw.text((MARGIN, foot + number * (SMALL + 10)), _shown(line, small), ACCENT, font=small)
    if figure is not None:
        drawn = picture(figure, 1.0, SIDE - 2 * MARGIN, foot - 20 - FIGURE_TOP, GROUND)
        image.paste(drawn, (MARGIN, FIGURE_TOP))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _fitted(title: str, most: int) -> "tuple[FreeTypeFont, list[str]]":
    """Return the largest type at which a title fits, and its lines; what never fits is cut."""
    for size in TITLE_SIZES:
        font = _font(size)
        wrapped = _wrapped(_shown(title, font), font)
        if len(wrapped) <= most:
            return font, wrapped
    return font, [*wrapped[: most - 1], wrapped[most - 1][:-1] + "…"]


def _wrapped(text: str, font: "FreeTypeFont") -> list[str]:
    room, lines = SIDE - 2 * MARGIN, [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        while font.getlength(word) > room:  # one word wider than the cover
            fits = next(count for count in range(len(word), 0, -1) if font.getlength(word[:count]) <= room)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return [line for line in lines if line]


def _shown(text: str, font: "FreeTypeFont") -> str:
    """Leave out what the type has no letters for, such as emoji, and the accents it has not."""
    plain = "".join(letter if _has(font, letter) else unicodedata.normalize("NFKD", letter) for letter in text)
    return one_line("".join(letter for letter in plain if letter.isspace() or _has(font, letter)))


@cache
def _has(font: "FreeTypeFont", letter: str) -> bool:
    return _looks(font, letter) != _looks(font, "\uffff")


def _looks(font: "FreeTypeFont", letter: str) -> bytes:
    return bytes(font.getmask(letter))


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)
