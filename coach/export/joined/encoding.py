"""Encode passages one after the other with one ffmpeg, each between its own pre-roll and post-roll."""

from collections.abc import Sequence
from threading import Event

from coach.export.encoder import frame_encoder
from coach.export.joined.mp3_frames import frame_ends
from coach.export.joined.passages import Passage
from coach.export.joined.samples import POST_ROLL_FRAMES, PRE_ROLL_FRAMES, encoder_input
from coach.export.render import Speak


class QuitError(Exception):
    """Somebody wants the work to end."""


def encoded(passages: Sequence[Passage], speak: Speak, quit_: Event) -> list[bytes]:
    """Return the frames of each passage, and the one after them.

    Raises MachineError where ffmpeg gives up, QuitError where it shall end.
    """
    with frame_encoder() as encoder:
        for passage in passages:
            for block in encoder_input(passage, speak):
                if quit_.is_set():
                    raise QuitError
                encoder.write(block)
    stream = bytes(encoder.encoded)
    starts, at = [0, *frame_ends(stream)], 0
    found = []
    for passage in passages:
        at += PRE_ROLL_FRAMES
        found.append(stream[starts[at] : starts[at + passage.frames + 1]])
        at += passage.frames + POST_ROLL_FRAMES
    return found
