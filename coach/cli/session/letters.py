"""Large letters for the terminal, to be read from two meters away."""

HEIGHT = 5
_BLOCKS = {("0", "0"): " ", ("1", "0"): "▀", ("0", "1"): "▄", ("1", "1"): "█"}

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
    "'": "010 010 000 000 000", ".": "000 000 000 000 010", ",": "000 000 000 010 100", "-": "000 000 111 000 000",
    "!": "010 010 010 000 010",
}  # fmt: skip


def banner(text: str, columns: int, rows: int) -> list[str]:
    """Return a text in the largest letters that so much room has, at most as wide as they are high.

    Empty where a letter is missing or the smallest letters are too wide. Half blocks make steps of half a row.
    """
    letters = [_DOTS.get(letter) for letter in text.upper()]
    known = [dots.split() for dots in letters if dots is not None]
    if not known or len(known) < len(letters):
        return []
    across = 4 * len(known) - 1
    halves = 2 * rows // HEIGHT
    wide = min(halves, columns // across)
    halves = min(halves, 2 * wide)
    if wide < 1 or halves < 1:
        return []
    dots = ["0".join(letter[row] for letter in known) for row in range(HEIGHT) for _ in range(halves)]
    dots += ["0" * across] * (len(dots) % 2)
    pairs = zip(dots[::2], dots[1::2], strict=True)
    return ["".join(_BLOCKS[a, b] * wide for a, b in zip(upper, lower, strict=True)).rstrip() for upper, lower in pairs]
