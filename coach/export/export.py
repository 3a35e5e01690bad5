"""A timeline in, an audio file out: the one way through render, encoder, tags and target."""

from collections.abc import Callable, Iterator
from pathlib import Path

from coach.errors import MachineError
from coach.export.audio_files import write_piece
from coach.export.encoder import Mp3Encoder
from coach.export.render import Speak, blocks
from coach.export.tags import Tags, id3, replace_tag
from coach.export.target import format_of, written_whole
from coach.sound.clip import RATE_HZ
from coach.sound.wav import Pcm
from coach.timeline.cue import Timeline

Progress = Callable[[float], None]
"""Called with the seconds of sound that are done."""


def export(timeline: Timeline, speak: Speak, target: Path, tags: Tags, progress: Progress = lambda _: None) -> None:
    """Write a timeline as .mp3 or .wav, whole or not at all.

    Raises InputError for a target that can't be, MachineError for a full disk or a missing ffmpeg.
    """
    kind = format_of(target)
    with written_whole(target) as beside:
        sound = _watched(blocks(timeline, speak), progress)
        try:
            if kind == "wav":
                write_piece(sound, beside, kind)
            else:
                _write_mp3(sound, beside, id3(tags))
        except MachineError as error:
            raise MachineError(f"{target}: {error}") from error


def _write_mp3(sound: Iterator[Pcm], path: Path, tag: bytes) -> None:
    with Mp3Encoder(path, len(tag)) as encoder:
        for block in sound:
            encoder.write(block)
    replace_tag(path, tag)


def _watched(sound: Iterator[Pcm], progress: Progress) -> Iterator[Pcm]:
    done = 0
    for block in sound:
        yield block
        done += len(block)
        progress(done / RATE_HZ)
