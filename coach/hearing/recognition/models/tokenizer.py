"""Text in, token ids out (and back): Moonshine's tokenizer, read from its `tokenizer.bin`, and the rule of all such.

The file holds 32,768 entries, the id is the position: 0 unknown, 1 start, 2 end, 3 to 258 single bytes, then pieces. A
text becomes single characters (a space is U+2581, one stands before the text), and neighbors are joined, lowest id
first.
"""

from collections.abc import Mapping
from pathlib import Path

from coach.errors import MachineError

START, END = 1, 2
FIRST_PIECE = 259  # below are control entries and raw bytes; some raw bytes look like one-character pieces but are not
SPACE = "\u2581"


class Pieces:
    """The pieces that a vocabulary has, in the order in which neighbors are joined."""

    def __init__(self, ids: Mapping[str, int], space: str) -> None:
        self._ids, self._space = ids, space

    def encode(self, text: str) -> tuple[int, ...]:
        """Turn a text into its tokens, without start and end. Raises ValueError naming a text without tokens."""
        parts = list(self._space + text.strip().replace(" ", self._space))
        while (joint := self._best_joint(parts)) is not None:
            parts[joint : joint + 2] = [parts[joint] + parts[joint + 1]]
        if missing := [part for part in parts if part not in self._ids]:
            raise ValueError(f"{text!r}: the model has no token for {missing[0]!r}")
        return tuple(self._ids[part] for part in parts)

    def _best_joint(self, parts: list[str]) -> int | None:
        """Return where two neighbors join into the piece of the lowest id."""
        joints = ((self._ids.get(parts[i] + parts[i + 1]), i) for i in range(len(parts) - 1))
        return min(((token, i) for token, i in joints if token is not None), default=(0, None))[1]


class Tokenizer:
    def __init__(self, path: Path) -> None:
        """Read the file. Raises MachineError where it can't be read."""
        try:
            self._entries = _read_entries(path.read_bytes())
        except (OSError, IndexError) as error:
            raise MachineError(f"{path}: can't be read ({error}); reinstall moonshine-voice") from error
        pieces = enumerate(self._entries[FIRST_PIECE:], start=FIRST_PIECE)
        self._pieces = Pieces({entry.decode("utf-8", "replace"): token for token, entry in pieces}, SPACE)

    def encode(self, text: str) -> tuple[int, ...]:
        """Turn a text into its tokens, without start and end. Raises ValueError naming a text without tokens."""
        return self._pieces.encode(text)

    def decode(self, tokens: tuple[int, ...]) -> str:
        """Turn tokens back into text; start and end vanish."""
        raw = b"".join(self._entries[token] for token in tokens if token > END)
        return raw.decode("utf-8", "replace").replace(SPACE, " ").strip()


def _read_entries(data: bytes) -> list[bytes]:
    """Cut the file into entries: a length (from 128 on two bytes: second x 128 + first - 128), that many bytes."""
    entries, at = [], 0
    while at < len(data):
        length = data[at]
        at += 1
        if length >= 128:
            length = data[at] * 128 + length - 128
            at += 1
        entries.append(data[at : at + length])
        at += length
    return entries
