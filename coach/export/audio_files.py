"""Write finished pieces of sound as MP3 or WAV. A gate to pydub.

pydub copies a whole track for every change, so it only writes one finished piece. The mixer does the mixing.
"""

import io
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from coach.errors import MachineError
from coach.export.encoder import BITRATE
from coach.export.id3 import id3, replace_tag
from coach.export.riff import append_chunks
from coach.export.tags import Mark, Tags
from coach.export.target import Format, checked, format_of, written_whole
from coach.sound.clip import RATE_HZ, Clip
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.pcm import Pcm, as_pcm


def write_clip(clip: Clip, target: Path, tags: Tags | None = None) -> None:
    """Write one clip as .mp3 or .wav. Raises InputError for the target, MachineError for the disk or ffmpeg."""
    kind = format_of(checked(target))
    with written_whole(target) as beside:
        write_piece([as_pcm(clip.samples)], beside, kind, tags or Tags(target.stem))


def write_piece(
    blocks: Iterable[Pcm], path: Path, kind: Format, tags: Tags, chapters: Sequence[Mark] = (), proof: bytes = b""
) -> None:
    """Write samples (int16 mono, 44.1 kHz) to a path, whatever its ending. Raises OSError, MachineError."""
    whole = io.BytesIO()  # read back without a copy: a long piece is large
    for block in blocks:
        whole.write(block.astype("<i2").tobytes())
    sound = _audio_segment()(whole.getvalue(), sample_width=2, frame_rate=RATE_HZ, channels=1)
    if kind == Format.WAV:
        with _Once(io.FileIO(path, "w")) as file:
            _export(sound, file, format=Format.WAV)
        append_chunks(path, tags, chapters, proof)
        return
    tag = id3(tags, chapters, proof)
    room = ["-write_id3v1", "0", "-metadata_header_padding", str(len(tag))]
    sound.converter = ffmpeg_path()
    _export(sound, path, format=kind, bitrate=BITRATE, id3v2_version="3", tags={"title": "-"}, parameters=room)
    replace_tag(path, tag)


class _Once(io.BufferedWriter):
    """A file that fails once: the standard WAV writer tries again when it is collected, and would complain anew."""

    _failed = False

    def write(self, data: Any) -> int:
        return len(data) if self._failed else self._try(super().write, data)

    def flush(self) -> None:
        if not self._failed:
            self._try(super().flush)

    def tell(self) -> int:
        return 0 if self._failed else super().tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self._failed else super().seek(offset, whence)

    def _try(self, work: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return work(*arguments)
        except OSError:
            self._failed = True
            raise


def _export(sound: Any, file: Path | _Once, **options: object) -> None:
    from pydub.exceptions import CouldntEncodeError

    try:
        sound.export(file, **options).close()
    except CouldntEncodeError as error:
        raise MachineError("ffmpeg could not encode it; coach doctor says which ffmpeg is used") from error


def _audio_segment() -> Any:
    """Import pydub quietly: it warns of a standard module that will go, and of an ffmpeg it is about to be told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    return AudioSegment
