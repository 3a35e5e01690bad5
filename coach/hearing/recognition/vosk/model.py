"""Find Vosk's small English model on this machine, or download and verify it."""

import hashlib
import shutil
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach.errors import MachineError
from coach.places import cache_folder

TIMEOUT_S = 15.0
PART_BYTES = 1 << 16
NEEDED = ("am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst", "ivector/final.ie")
"""Without the two graph files a model takes no grammar."""

Progress = Callable[[int, int], None]
"""Bytes so far, bytes in all."""


@dataclass(frozen=True, slots=True)
class Source:
    """An archive with one model folder in it."""

    name: str
    url: str
    size_bytes: int
    sha256: str


# Size and checksum as several distributions pin them.
ENGLISH = Source(
    name="vosk-model-small-en-us-0.15",
    url="https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
    size_bytes=41_205_931,
    sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
)


def models_folder() -> Path:
    """Return where `fetch` puts models."""
    return cache_folder() / "models"


def find_model(language: str = "en", path: Path | None = None) -> Path | None:
    """Return a model's folder: the given one, ours, or one that Vosk itself downloaded; None if there is none.

    Raises MachineError if the given path holds no model.
    """
    if path is not None:
        return checked(path)
    if language != "en":
        return None
    places = (models_folder(), Path.home() / ".cache" / "vosk", Path("/usr/share/vosk"))
    return next((place / ENGLISH.name for place in places if not lacking(place / ENGLISH.name)), None)


def checked(folder: Path) -> Path:
    """Return the folder. Raises MachineError naming the files that it lacks."""
    if missing := lacking(folder):
        raise MachineError(
            f"{folder} isn't a Vosk model that takes a grammar: it's missing {', '.join(missing)}; try: coach setup"
        )
    return folder


def lacking(folder: Path) -> list[str]:
    """Return the files that a model folder lacks."""
    return [name for name in NEEDED if not (folder / name).is_file()]


def fetch(progress: Progress, source: Source = ENGLISH, folder: Path | None = None) -> Path:
    """Download, verify and unpack a model; return its folder. An interrupted download is resumed.

    The folder appears once it is complete. Raises MachineError: not reachable, wrong checksum, not writable.
    """
    folder = folder or models_folder()
    target = folder / source.name
    if not lacking(target):
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{source.name}.zip.part"
        _download(source, part, progress)
        _check(source, part)
        _unpack(source, part, target)
        part.unlink()
    except urllib.error.HTTPError as error:
        raise MachineError(f"{source.url}: the server answered {error.code} {error.reason}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise MachineError(f"{source.url} can't be reached ({_why(error)})") from error
    except OSError as error:
        raise MachineError(f"{folder}: the model can't be written ({error.strerror or error})") from error
    return target


def _why(error: OSError) -> str:
    return str(getattr(error, "reason", error))


def _download(source: Source, part: Path, progress: Progress) -> None:
    done = part.stat().st_size if part.exists() else 0
    if done >= source.size_bytes:
        return
    request = urllib.request.Request(source.url, headers={"Range": f"bytes={done}-"} if done else {})
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
        goes_on = answer.status == 206
        done = done if goes_on else 0
        with part.open("ab" if goes_on else "wb") as file:
            while data := answer.read(PART_BYTES):
                file.write(data)
                done += len(data)
                progress(done, source.size_bytes)
    if done < source.size_bytes:
        raise ConnectionError(
            f"the download stopped after {done} of {source.size_bytes} bytes; run it again to carry on from there"
        )


def _check(source: Source, part: Path) -> None:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != source.sha256:
        part.unlink()
        raise MachineError(f"{source.url} is not the file that was expected (sha256 {found}): nothing was installed")


def _unpack(source: Source, archive: Path, target: Path) -> None:
    """Unpack beside the target, then rename."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unpacking-") as beside:
        try:
            with zipfile.ZipFile(archive) as zipped:
                zipped.extractall(beside)
        except zipfile.BadZipFile as error:
            archive.unlink()
            raise MachineError(f"{source.url} is a damaged archive ({error})") from error
        unpacked = checked(Path(beside) / source.name)
        if target.exists():
            shutil.rmtree(target)  # incomplete
        unpacked.replace(target)
