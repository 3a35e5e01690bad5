"""Make file names that Windows, macOS, Linux and exFAT take alike, and tell which names are one file."""

import unicodedata

from coach.timeline.phrases import one_line

NAME_LETTERS = 80
NAME_BYTES = 200  # of the 255 that a file system takes: a number, an ending and what is written beside it come to it

_FORBIDDEN = '<>:"/\\|?*'  # on one system or another
_NUMBERED = "123456789\u00b9\u00b2\u00b3"
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{name}{n}" for name in ("com", "lpt") for n in _NUMBERED)}
)
"""Names that Windows takes for devices, whatever follows their first dot."""


def safe_name(title: str) -> str:
    """Turn a title into a file's name, without an ending, that every system takes."""
    plain = one_line(unicodedata.normalize("NFC", title)).replace(" · ", " - ")
    kept = one_line("".join(letter for letter in plain if letter not in _FORBIDDEN and letter.isprintable()))
    name = _cut(unicodedata.normalize("NFC", kept)).strip(" .") or "Track"
    base, dot, rest = name.partition(".")
    return f"{base.rstrip()}_{dot}{rest}" if base.rstrip().lower() in _DEVICES else name


def same_file_key(name: str) -> str:
    """Return what is alike for two names that are one file on some system: whatever their case and composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _cut(name: str) -> str:
    """Cut a name to its lengths, and not between a letter and its marks."""
    cut = name[:NAME_LETTERS].encode()[:NAME_BYTES].decode("utf-8", "ignore")
    at = len(cut)
    while at and at < len(name) and unicodedata.combining(name[at]):
        at -= 1
    return name[:at] or cut
