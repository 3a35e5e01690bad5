"""Large letters for the terminal, to be read from two meters away."""

from collections.abc import Sequence

HEIGHT = 5
_WIDE = 2  # columns a dot: characters are about twice as high as wide

# Three dots wide, five high, a row of dots after the other.
_DOTS = {
    "A": "010 101 111 101 101", "B": "110 101 110 101 110", "C": "011 100 100 100 011", "D": "110 101 101 101 110",
    "E": "111 100 110 100 111", "F": "111 100 110 100 100", "G": "011 100 101 101 011", "H": "101 101 111 101 101",
    "I": "111 010 010 010 111", "J": "001 001 001 101 010", "K": "101 101 110 101 101", "L": "100 100 100 100 111",
    "M": "101 111 111 101 101", "N": "110 101 101 101 101", "O": "010 101 101 101 010", "P": "110 101 110 100 100",
    "Q": "010 101 101 110 011", "R": "110 101 110 101 101", "S": "011 100 010 001 110", "T": "111 010 010 010 010",
    "U": "101 101 101 101 111", "V": "101 101 101 101 010", "W": "101 101 111 111 101", "X": "101 101 010 101 101",
    "Y": "101 101 010 010 010", "Z": "111 001 010 100 111", "0": "111 101 101 101 111", "1": "010 110 010 010 111",
    "2": "111 001 111 100 111", "3": "111 001 111 001 111", "4": "101 101 111 001 001", "5": "111 100 111 001 111",
    "6": "111 100 111 101 111", "7": "111 001 001 001 001", "8": "111 101 111 101 111", "9": "111 101 111 001 111",
    ":": "000 010 000 010 000", "/": "001 001 010 100 100", "?": "110 001 010 000 010", " ": "000 000 000 000 000",
}  # fmt: skip


def big(text: str, columns: int) -> str:
    """Return a text in letters five rows high; as it is, in capitals, where it is too wide or a letter is missing."""
    letters = [_DOTS.get(letter) for letter in text.upper()]
    known = [dots.split() for dots in letters if dots is not None]
    if len(known) < len(letters) or len(known) * (3 + 1) * _WIDE > columns:
        return text.upper()
    return "\n".join(_row([dots[row] for dots in known]) for row in range(HEIGHT))


def _row(rows: Sequence[str]) -> str:
    dots = "0".join(rows)
    return "".join(("█" if dot == "1" else " ") * _WIDE for dot in dots)
