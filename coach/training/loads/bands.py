"""Name resistance bands: "the red band" is the band called red, and never "the red band band"."""

import re

_AROUND = re.compile(r"(?i)^(?:(?:a|an|the|my)\s+)*(.*?)(?:\s+bands?)?$")
_BETWEEN = re.compile(r"(?i)[,;/+&]|\band\b")


def band_name(text: str) -> str:
    """Return what a band is called, without article and without "band"; a bare "band" stays."""
    found = _AROUND.match(text.strip())
    return (found[1] if found else "") or text.strip()


def band_names(text: str) -> list[str]:
    """Return the bands that an answer names: "yellow and red" are two."""
    return [name for part in _BETWEEN.split(text) if (name := band_name(part))]


def is_same_band(one: str, other: str) -> bool:
    """Tell whether two names are one band's, as they were written at different times."""
    return band_name(one).casefold() == band_name(other).casefold()


def spoken_band(name: str) -> str:
    """Return a band as one says it, "red band"."""
    bare = band_name(name)
    return bare if bare.casefold().endswith("band") else f"{bare} band"
