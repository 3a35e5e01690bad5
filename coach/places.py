"""The folders on this machine: cache, state, data, config. The only file that imports platformdirs."""

from pathlib import Path

import platformdirs

APP = "coach"


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
