"""Split a sentence into captions of at most two short lines, each shown for its share of the sentence's time."""

LONGEST = 68
"""Characters of one caption: two lines of 34 at the size that is read from three metres."""
_BREAKS = (". ", "? ", "! ", "; ", ": ", ", ")


def captions(text: str, length_s: float) -> tuple[tuple[str, float], ...]:
    """Return the parts of a sentence with the seconds each is shown: its share of the letters."""
    parts = split(" ".join(text.split()))
    letters = sum(map(len, parts)) or 1
    return tuple((part, round(length_s * len(part) / letters, 3)) for part in parts)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """Return a text in parts of at most so many characters, cut where it breathes, else between two words."""
    parts = []
    while len(text) > longest:
        at = _cut(text, longest)
        parts.append(text[:at].strip())
        text = text[at:].strip()
    return [*parts, text] if text else parts


def _cut(text: str, longest: int) -> int:
    """Return where the first part ends. A part is at least a third of what fits, so that none flits by."""
    for mark in _BREAKS:
        at = text.rfind(mark, longest // 3, longest)
        if at >= 0:
            return at + 1
    at = text.rfind(" ", longest // 3, longest + 1)
    return at if at > 0 else longest
