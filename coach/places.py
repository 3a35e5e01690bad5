"""The folders on this machine: cache, state, data, config. The only file that imports platformdirs."""

import contextlib
import os
from pathlib import Path

import platformdirs

APP = "coach"
PRIVATE_FOLDER, PRIVATE_FILE, OTHERS = 0o700, 0o600, 0o077


def cache_folder() -> Path:
    """Return the folder of clips and models, which may be deleted at any time."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def state_folder() -> Path:
    """Return the folder of session logs and recordings of rehearsals."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def data_folder() -> Path:
    """Return the folder of the training history."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_folder() -> Path:
    """Return the folder of the profile."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def audio_folder() -> Path:
    """Return the folder of the shipped earcons and samples: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent / "audio"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "audio"


def private_file(path: Path) -> Path:
    """Make room for a file that is nobody else's business, and return it: a new one is its owner's alone (0600).

    Raises OSError where it can't be written. A file that is there already, elsewhere, keeps its permissions.
    """
    private_folder(path.parent)
    if not path.exists():
        path.touch(PRIVATE_FILE)
    return path


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone (0700). Raises OSError.

    What an older coach left in its own folders for others to read becomes as private, once.
    """
    for own in (state_folder(), data_folder(), config_folder()):
        _take_from_others(own)
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(PRIVATE_FOLDER, exist_ok=True)


def _take_from_others(folder: Path) -> None:
    """Let nobody else read a folder; where the disk knows no permissions, or it is another's, leave it."""
    with contextlib.suppress(OSError):
        if not folder.stat().st_mode & OTHERS:
            return
        for at, _, files in os.walk(folder, topdown=False):  # the folder itself is last: then all is done
            for path in (*(Path(at, name) for name in files), Path(at)):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode & ~OTHERS)
