"""Find ffmpeg. The only file that imports imageio-ffmpeg, whose wheel carries one."""

import os
import shutil
from functools import cache
from pathlib import Path

from coach.errors import MachineError

SETTING = "COACH_FFMPEG"  # an environment variable: the path of the ffmpeg to use


@cache
def ffmpeg_path() -> str:
    """Find ffmpeg: the setting, else the one the wheel carries, else the PATH's. Raises MachineError where none is."""
    return _by_setting() or _carried() or _on_path()


@cache
def ffmpeg_identity() -> str:
    """Return what tells this ffmpeg from others, without starting it. Raises MachineError where none is."""
    path = Path(ffmpeg_path()).resolve()
    status = path.stat()
    changed = "" if path.parent.name == "binaries" else f" {status.st_mtime_ns}"  # of a wheel: the name has its version
    return f"{path.name} {status.st_size}{changed}"


def _by_setting() -> str | None:
    wanted = os.environ.get(SETTING)
    if not wanted:
        return None
    found = shutil.which(wanted)
    if found is None:
        raise MachineError(f"{SETTING}={wanted}: no such program; name an ffmpeg, or unset it")
    return found


def _carried() -> str | None:
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    try:
        path: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError:  # its word for "no ffmpeg for this platform"
        return None
    return path if Path(path).is_file() else shutil.which(path)


def _on_path() -> str:
    found = shutil.which("ffmpeg")
    if found is None:
        raise MachineError(f"no ffmpeg found: pip install imageio-ffmpeg, or set {SETTING} to the path of one")
    return found
