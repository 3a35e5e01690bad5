"""Render a passage alone: to the bit what it is in the whole, between the room tone before and after it."""

from collections.abc import Iterator

from coach.export.joined.passages import PERIOD_FRAMES, Passage
from coach.export.render import Placement, Speak, mixed
from coach.sound.pcm import Pcm
from coach.sound.room_tone import PRE_ROLL, RoomTone, last
from coach.timeline.whole_frames import MP3_FRAME

PRE_ROLL_FRAMES = PRE_ROLL // MP3_FRAME
"""Encoded and dropped: the frames after them are exact, whatever stood before."""
POST_ROLL_FRAMES = 1
"""What the encoder looks ahead to. Of the last passage its frame is kept: in it a file's last samples end."""
STOCK = Passage(PERIOD_FRAMES)
"""The whole period of the tone, from which pauses take their frames."""


def encoder_input(passage: Passage, speak: Speak) -> Iterator[Pcm]:
    """Yield a passage's samples, with pre-roll and post-roll."""
    yield last(PRE_ROLL, passage.lead * MP3_FRAME)
    yield from samples_of(passage, speak, POST_ROLL_FRAMES)


def samples_of(passage: Passage, speak: Speak, more_frames: int = 0) -> Iterator[Pcm]:
    """Yield a passage's own samples, and so many MP3 frames of tone behind them."""
    lead, frames = passage.lead * MP3_FRAME, passage.frames - passage.lead
    coming = (Placement(sound.start - lead, sound.kind, sound.text) for sound in passage.sounds)
    tone = RoomTone(((frames + passage.before_period) * MP3_FRAME,))
    if lead:
        yield last(lead)
    yield from mixed(coming, (frames + more_frames) * MP3_FRAME, speak, tone)
