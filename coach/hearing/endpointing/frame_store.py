"""Keep the newest frames of the endpointer's two streams, to be read by their place in the stream."""

import numpy as np

from coach.sound.pcm import Pcm

_ROOM = 48_000  # frames at first: more than are kept, so that they are seldom moved


class FrameStore:
    """Two streams of 16-bit frames, equally long. What is read is a view: it is good until the next `append`."""

    def __init__(self, place: int) -> None:
        """Begin at this frame of the streams."""
        self.begins = place
        """The place of the first frame that is kept."""
        self._frames = np.zeros((2, _ROOM), np.int16)
        self._first = self._end = 0

    @property
    def ends(self) -> int:
        """Return the place after the newest frame."""
        return self.begins + self._end - self._first

    def append(self, detect: Pcm, listen: Pcm) -> None:
        """Append as many frames to both."""
        if self._end + len(detect) > self._frames.shape[1]:
            self._make_room(len(detect))
        until = self._end + len(detect)
        self._frames[0, self._end : until], self._frames[1, self._end : until] = detect, listen
        self._end = until

    def detect(self, start: int, end: int) -> Pcm:
        """Return frames start to end of the stream to detect by, or what is there of them."""
        return self._row(0, start, end)

    def listen(self, start: int, end: int) -> Pcm:
        """Return frames start to end of the stream to recognize from, or what is there of them."""
        return self._row(1, start, end)

    def forget(self, before: int) -> None:
        """Drop the frames before this place."""
        self._first += before - self.begins
        self.begins = before

    def _row(self, row: int, start: int, end: int) -> Pcm:
        shift = self._first - self.begins
        frames: Pcm = self._frames[row, start + shift : min(end + shift, self._end)]
        return frames

    def _make_room(self, frames: int) -> None:
        """Move what is kept to the front, of a larger store where this one is too small."""
        kept = self._frames[:, self._first : self._end].copy()
        self._first, self._end = 0, kept.shape[1]
        if self._end + frames > self._frames.shape[1]:
            self._frames = np.zeros((2, 2 * (self._end + frames)), np.int16)
        self._frames[:, : self._end] = kept
