"""Where each person's files lie. The only file of training that asks for the machine's folders.

What was there before there were several people belongs to the first person, and no file moves. The others have a
folder `people/NAME` in each of the machine's folders.
"""

from dataclasses import dataclass
from pathlib import Path

from coach import places

PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class PersonFolders:
    """Where one person's files lie. Nothing else knows it, so nobody's session finds another's files."""

    key: str = ""
    """The name of the folders; empty: the first person."""
    nobody: bool = False
    """Somebody who was not named: for her nothing is known, and nothing but a log is written."""

    @property
    def profile(self) -> Path:
        """Return the path of the profile."""
        return self._in(places.config_folder()) / "profile.toml"

    @property
    def history(self) -> Path:
        """Return the path of the history."""
        return self._in(places.data_folder()) / "history.sqlite3"

    @property
    def exercises(self) -> Path:
        """Return the folder of her own exercises."""
        return self.profile.parent / "exercises"

    @property
    def voice(self) -> Path:
        """Return the path of the words she has taught in her own voice."""
        return self.history.parent / "voice.npz"

    @property
    def state(self) -> Path:
        """Return the folder of session logs and recordings."""
        return self._in(places.state_folder())

    @property
    def all(self) -> tuple[Path, ...]:
        """Return every folder, there or not."""
        return (self.profile.parent, self.history.parent, self.state)

    def _in(self, folder: Path) -> Path:
        if self.nobody:
            return folder / "nobody"
        return folder / PEOPLE / self.key if self.key else folder


FIRST = PersonFolders()
NOBODY = PersonFolders(nobody=True)


def others() -> tuple[PersonFolders, ...]:
    """Return everybody but the first person, by the names of their folders."""
    roots = (places.config_folder() / PEOPLE, places.data_folder() / PEOPLE)
    keys = {path.name for root in roots if root.is_dir() for path in root.iterdir() if path.is_dir()}
    return tuple(PersonFolders(key) for key in sorted(keys) if not key.startswith("."))
