"""What goes between the ears' process and the coach's: messages with a length in, lines of JSON out."""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import IO, Any

import numpy as np

from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm

HEAD = struct.Struct("<BqI")  # kind, place in the stream, bytes that follow


class Kind(IntEnum):
    RECIPE = 1
    """A pickled `Recipe`, once, first."""
    BLOCK = 2
    """As many int16 frames of the microphone, then of what was played."""
    EXPECT = 3
    """Commands, separated by spaces."""


@dataclass(frozen=True, slots=True)
class Message:
    kind: Kind
    body: bytes
    place: int = 0
    """Of a block's first frame."""

    def written(self) -> bytes:
        """Return the message as it goes through the pipe."""
        return HEAD.pack(self.kind, self.place, len(self.body)) + self.body


def block(mic: Pcm, played: Pcm, place: int) -> Message:
    """Put a block into a message."""
    return Message(Kind.BLOCK, mic.tobytes() + played.tobytes(), place)


def both(body: bytes) -> tuple[Pcm, Pcm]:
    """Take a block's message apart into microphone and played."""
    frames = np.frombuffer(body, np.int16)
    return frames[: len(frames) // 2], frames[len(frames) // 2 :]


def messages(pipe: IO[bytes]) -> Iterator[Message]:
    """Read messages until the pipe ends, also in the middle of one."""
    while len(head := pipe.read(HEAD.size)) == HEAD.size:
        kind, place, length = HEAD.unpack(head)
        body = pipe.read(length)
        if len(body) < length:
            return
        yield Message(Kind(kind), body, place)


def heard_line(heard: Heard) -> str:
    """Write what was heard as a line."""
    return json.dumps({"heard": asdict(heard)})


def heard_from(data: dict[str, Any]) -> Heard:
    """Read what was heard."""
    commands = {key: Command(data[key]) if data[key] else None for key in ("command", "near")}
    return Heard(**(data | commands))
