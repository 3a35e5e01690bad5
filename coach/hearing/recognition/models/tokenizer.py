"""Encode text as tokens and back with byte-pair encoding (BPE); read Moonshine's vocabulary.

`tokenizer.bin` holds 32,768 entries; an entry's position is its id: 0 unknown, 1 start, 2 end, 3 to 258 single bytes,
then pieces. A text starts as single characters (a space is U+2581, and one comes first). Neighboring pieces are merged,
lowest id first.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from coach.errors import MachineError

START, END = 1, 2
FIRST_PIECE = 259  # below are control tokens and raw bytes; some raw bytes look like one-character pieces but are not
SPACE = "\u2581"


class BytePairEncoder:
    """A vocabulary of pieces; ids are merge ranks."""

    def __init__(self, pieces: Sequence[str], space: str, first: int = 0) -> None:
        """Number the pieces in order, from the id `first` on."""
        self._pieces, self._space, self._first = pieces, space, first
        self._ids = {piece: token for token, piece in enumerate(pieces, first)}

    def decode(self, tokens: Iterable[int]) -> str:
        """Return the text of these tokens; those without a piece are left out."""
        places = (token - self._first for token in tokens)
        written = (self._pieces[place] for place in places if 0 <= place < len(self._pieces))
        return "".join(written).replace(self._space, " ").strip()

    def encode(self, text: str) -> tuple[int, ...]:
        """Return a text's tokens, without start and end. Raises ValueError naming a text that has none."""
        parts = list(self._space + text.strip().replace(" ", self._space))
        while (at := self._best_merge(parts)) is not None:
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        if missing := [part for part in parts if part not in self._ids]:
            raise ValueError(f"{text!r}: the model has no token for {missing[0]!r}")
        return tuple(self._ids[part] for part in parts)

    def _best_merge(self, parts: list[str]) -> int | None:
        """Return where two neighbors merge into the piece of the lowest id."""
        merges = ((self._ids.get(parts[i] + parts[i + 1]), i) for i in range(len(parts) - 1))
        return min(((token, i) for token, i in merges if token is not None), default=(0, None))[1]


class Tokenizer:
    """Moonshine's tokenizer."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises MachineError where it can't be read."""
        try:
            self._entries = _read_entries(path.read_bytes())
        except (OSError, IndexError) as error:
            raise MachineError(f"{path}: can't be read ({error}); reinstall moonshine-voice") from error
        pieces = [entry.decode("utf-8", "replace") for entry in self._entries[FIRST_PIECE:]]
        self._encoded: dict[str, tuple[int, ...]] = {}  # a tree of phrases is built for each set of open commands
        self._encoder = BytePairEncoder(pieces, SPACE, FIRST_PIECE)

    def encode(self, text: str) -> tuple[int, ...]:
        """Return a text's tokens, without start and end. Raises ValueError naming a text that has none."""
        if text not in self._encoded:
            self._encoded[text] = self._encoder.encode(text)
        return self._encoded[text]

    def decode(self, tokens: tuple[int, ...]) -> str:
        """Return the text of these tokens, without start and end."""
        raw = b"".join(self._entries[token] for token in tokens if token > END)
        return raw.decode("utf-8", "replace").replace(SPACE, " ").strip()


def _read_entries(data: bytes) -> list[bytes]:
    """Split the file into entries: a length (two bytes from 128 on: second x 128 + first - 128), then so many bytes."""
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
