"""Write an MP3 from encoded passages: the tag, an Info frame, and the frames of every passage and pause."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.export.id3 import tag
from coach.export.joined.maker import Maker
from coach.export.joined.mp3_frames import FRAME_BYTES, frame_ends, info_frame, without_last
from coach.export.joined.passages import PERIOD_FRAMES, Passage, Pause, Stretch
from coach.export.joined.samples import STOCK


def needed(stretches: Sequence[Stretch]) -> tuple[Passage, ...]:
    """Return what must be encoded for these, each once: the passages, and the stock of tone for the pauses."""
    passages = dict.fromkeys(each for each in stretches if isinstance(each, Passage))
    stock = (STOCK,) if any(isinstance(each, Pause) for each in stretches) else ()
    return (*passages, *stock)


def write_joined(path: Path, stretches: Sequence[Stretch], maker: Maker, tag_frames: bytes) -> None:
    """Write a file of stretches, which are encoded. Raises OSError."""
    frames = sum(each.frames for each in stretches) + 1
    begins, written, header = tag(tag_frames), 0, b""
    with path.open("wb") as file:
        file.write(begins + bytes(FRAME_BYTES))
        for piece in _pieces(stretches, maker):
            header = header or piece[:4]
            file.write(piece)
            written += len(piece)
        file.seek(len(begins))
        file.write(info_frame(header, frames, written))


def _pieces(stretches: Sequence[Stretch], maker: Maker) -> Iterator[bytes]:
    """Yield the frames of every stretch, and behind the last one the frame in which its samples end."""
    stock, short = _Stock(maker), dict[Passage, bytes]()
    for number, each in enumerate(stretches, 1):
        last = number == len(stretches)
        if isinstance(each, Pause):
            yield from stock.frames(each, and_after=last)
        else:
            found = short.get(each) or maker.frames(each)
            if not each.sounds:  # many pauses open alike
                short[each] = found
            yield found if last else without_last(found)


class _Stock:
    """The frames of the tone's period, in which every pause finds its own."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._stream = b""
        self._ends: list[int] = []

    def frames(self, pause: Pause, *, and_after: bool) -> Iterator[bytes]:
        """Yield a pause's frames, round and round the period; and the one after the last."""
        if not self._stream:
            self._stream = self._maker.frames(STOCK)
            self._ends = [0, *frame_ends(self._stream)]
        left, first = pause.frames, -(pause.frames + pause.before_period) % PERIOD_FRAMES
        while left:
            beyond = min(first + left, PERIOD_FRAMES)
            yield self._stream[self._ends[first] : self._ends[beyond]]
            left, first = left - (beyond - first), 0
        if and_after:
            yield self._stream[self._ends[PERIOD_FRAMES] :]
