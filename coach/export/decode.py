"""Decode an exported file with ffmpeg, block by block, as a player hears it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from coach.errors import InputError
from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.pcm import Samples

BLOCK_FRAMES = RATE_HZ
_FRAME_BYTES = 4


def decoded(path: Path) -> Iterator[Samples]:
    """Yield a file's sound in blocks (44.1 kHz, mono, the last one shorter). Raises InputError where there is none."""
    source = ["-nostdin", "-v", "error", "-i", f"file:{path.absolute()}", "-map", "0:a:0"]
    out = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "1", "-"]
    process = subprocess.Popen([ffmpeg_path(), *source, *out], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    frames = 0
    try:
        while data := process.stdout.read(BLOCK_FRAMES * _FRAME_BYTES):
            block = np.frombuffer(data[: len(data) - len(data) % _FRAME_BYTES], "<f4")
            frames += len(block)
            yield block
    finally:
        process.stdout.close()
        process.kill()
        process.wait()
    if not frames:
        raise InputError(f"{path}: has no sound that ffmpeg can read")
