"""Files as nobody meant them: flipped bytes, cut ends, odd values, other encodings. By chance, but repeatable."""

import random
import re
import struct
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]

ODD_VALUES = (
    b"2026-11-29", b"12:30:00", b"2026-11-29T10:00:00Z", b"nan", b"-inf", b"1e999", b"-1", b"0", b"0x" + b"f" * 5_000,
    b"9" * 4_301, b"9" * 400, b"true", b'""', b'"' + b"a" * 3_000 + b'"', b"[]", b"{}", b"[" * 1_000 + b"]" * 1_000,
    b"[[1]]", b"{a = {b = {c = 1}}}", b"[1, 2, 3, 4, 5]", b"1.5", b"'\\'", b'"\\u0000"', b'"\\ud800"', b'"twist"',
    b"[" + b"1," * 2_000 + b"]", b'"one-arm-row"', b'"bands"', b"a." * 60 + b"a",
)  # fmt: skip
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0")


def mutated(content: bytes, chance: random.Random, changes: tuple[Change, ...]) -> bytes:
    """Return a file with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(changes)(content, chance)
    return content


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Cut the end off, or a piece out of the middle."""
    first, last = sorted(chance.randint(0, len(content)) for _ in range(2))
    return content[:first] if chance.random() < 0.5 else content[:first] + content[last:]


def doubled(content: bytes, chance: random.Random) -> bytes:
    """Repeat a piece, up to a hundred times."""
    first, last = sorted(chance.randint(0, len(content)) for _ in range(2))
    return content[:last] + content[first : min(last, first + 400)] * chance.choice((1, 2, 100)) + content[last:]


def marked(content: bytes, chance: random.Random) -> bytes:
    """Put the mark of an encoding before it, or write it in that encoding."""
    mark = chance.choice(MARKS)
    if mark == b"\xff\xfe" and chance.random() < 0.5:
        return mark + content.decode("utf-8", "replace").encode("utf-16-le")
    return mark + content


def odd_value(content: bytes, chance: random.Random) -> bytes:
    """Put something else behind one of the equals signs."""
    places = [match.span(1) for match in re.finditer(rb"= *([^\n]*)", content)]
    if not places:
        return content
    first, last = chance.choice(places)
    return content[:first] + chance.choice(ODD_VALUES) + content[last:]


def odd_line(content: bytes, chance: random.Random) -> bytes:
    """Add, drop or swap lines, or add a key that is not known."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, b"key%d = %s" % (chance.randrange(9), chance.choice(ODD_VALUES)))
        case 2:
            lines.insert(at, chance.choice((b"[block]", b"[[say]]", b"[[block]]", b"[a.b]", b"]]", b"= 3", b"\t")))
        case _:
            chance.shuffle(lines)
    return b"\n".join(lines)


def odd_number(content: bytes, chance: random.Random) -> bytes:
    """Put an extreme number into four bytes, most often of a header."""
    if len(content) < 8:
        return content
    at = chance.randrange(min(len(content) - 4, chance.choice((60, 60, 4_000))) or 1)
    value = chance.choice((0, 1, 40, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))
    order = chance.choice("<>")
    return content[:at] + struct.pack(f"{order}I", value) + content[at + 4 :]


TEXT: tuple[Change, ...] = (flipped, cut, doubled, marked, odd_value, odd_value, odd_value, odd_line, odd_line)
BINARY: tuple[Change, ...] = (flipped, cut, doubled, odd_number, odd_number, odd_number)
