"""What a terminal sends for arrows and function keys, told from the keys that mean something."""

import re

_START = r"\x1b(?:\[\[?[0-9;]*|O[0-9;]*)"
_WHOLE = re.compile(_START + r"[A-Za-z~@^$]")
_UNFINISHED = re.compile(rf"(?:{_START}|\x1b)\Z")


class Escapes:
    """Takes escape sequences out of what is typed, however the reads cut them."""

    def __init__(self) -> None:
        self._begun = ""
        """The part of a sequence that the last read ended with."""

    def feed(self, typed: str) -> str:
        """Return the keys among what one read gave. An empty read ends a sequence: no key is taken for its rest."""
        if not typed:
            self._begun = ""
            return ""
        typed = self._begun + typed
        unfinished = _UNFINISHED.search(typed)
        whole, self._begun = (typed[: unfinished.start()], unfinished[0]) if unfinished else (typed, "")
        return _WHOLE.sub("", whole).replace("\x1b", "")
