"""The protocol between the coach and its ears' process: length-prefixed messages in, JSON lines out."""

import json
import os
import pickle
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import IO, Any, BinaryIO

import numpy as np

from coach.hearing.echo.linear_stage import LinearBlock
from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm

HEAD = struct.Struct("<BqI")  # kind, place in the stream, bytes that follow
FLAGS = struct.Struct("<?????3x")  # of a `LinearBlock`; padded, for the samples behind them must be aligned


class MessageKind(IntEnum):
    """What a message holds."""

    RECIPE = 1
    """A pickled `Recipe`, once, first."""
    BLOCK = 2
    """As many int16 frames of the microphone, then of what was played."""
    EXPECT = 3
    """Commands, separated by spaces."""
    FILTERED = 4
    """A `LinearBlock`: flags, then the microphone's frames and the loudspeaker's as int16, the rest's as float32."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the process."""

    kind: MessageKind
    body: bytes
    place: int = 0
    """Of a block's first frame."""

    def encoded(self) -> bytes:
        """Return the message as the pipe carries it."""
        return HEAD.pack(self.kind, self.place, len(self.body)) + self.body


def recipe_message(recipe: object) -> Message:
    """Return the recipe of the ears as a message."""
    return Message(MessageKind.RECIPE, pickle.dumps(recipe))


def expect_message(commands: frozenset[Command]) -> Message:
    """Return the commands that are open as a message."""
    return Message(MessageKind.EXPECT, " ".join(sorted(commands)).encode())


def expected_commands(message: Message) -> frozenset[Command]:
    """Return the commands of such a message."""
    return frozenset(Command(name) for name in message.body.decode().split())


def block_message(mic: Pcm, played: Pcm, place: int) -> Message:
    """Return a block, as many frames of both, as a message."""
    return Message(MessageKind.BLOCK, mic.tobytes() + played.tobytes(), place)


def split_block(body: bytes) -> tuple[Pcm, Pcm]:
    """Return a block message's two streams: the microphone and what was played."""
    frames = np.frombuffer(body, np.int16)
    return frames[: len(frames) // 2], frames[len(frames) // 2 :]


def filtered_message(block: LinearBlock) -> Message:
    """Return what the linear filter has made of a block as a message."""
    flags = FLAGS.pack(block.silent, block.at_rest, block.idle, block.coach_heard, block.aligned)
    return Message(
        MessageKind.FILTERED, flags + block.mic.tobytes() + block.loudspeaker.tobytes() + block.rest.tobytes()
    )


def split_filtered(body: bytes) -> LinearBlock:
    """Return such a message's block."""
    frames = (len(body) - FLAGS.size) // (2 * 2 + 4)
    steps = np.frombuffer(body, np.int16, 2 * frames, FLAGS.size)
    rest = np.frombuffer(body, np.float32, frames, FLAGS.size + steps.nbytes)
    return LinearBlock(steps[:frames], steps[frames:], rest, *FLAGS.unpack_from(body))


def take_stdout() -> BinaryIO:
    """Return stdout, from now on for answers alone: whatever a library prints goes to stderr."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours


def messages(pipe: IO[bytes]) -> Iterator[Message]:
    """Yield messages until the pipe ends; one that is cut off is dropped."""
    while len(head := pipe.read(HEAD.size)) == HEAD.size:
        kind, place, length = HEAD.unpack(head)
        body = pipe.read(length)
        if len(body) < length:
            return
        yield Message(MessageKind(kind), body, place)


def heard_line(heard: Heard) -> str:
    """Return what was recognized as a line of JSON."""
    return json.dumps({"heard": asdict(heard) | {"before": b64encode(heard.before).decode()}})


def parse_heard(data: dict[str, Any]) -> Heard:
    """Return what was recognized, from its line's object."""
    commands = {key: Command(data[key]) if data[key] else None for key in ("command", "near")}
    return Heard(**(data | commands | {"before": b64decode(data["before"])}))
