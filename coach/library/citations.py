"""Spell out the sources of a rule for a reader: "TFTF Table 5" becomes the study's name."""

import re

from coach.library.facts import load_facts

ARTICLE = "Joan Pagano, Strength Training for Spine Osteopenia"
OURS = "our own rule"

_NAMES = (
    (re.compile(r"\bTFTF(?: 2014)?\b,? ?(?=Table)"), "Too Fit To Fracture 2014, "),
    (re.compile(r"\bTFTF(?: 2014)?\b"), "Too Fit To Fracture 2014"),
    (re.compile(r"\bACSM\b"), "American College of Sports Medicine"),
    (re.compile(r"\bESSA\b"), "Exercise and Sports Science Australia"),
    (re.compile(r"\bNSCA\b"), "National Strength and Conditioning Association"),
)


def spelled_out(source: str) -> str:
    """Return a source in words; the facts of the article are named as the article, once."""
    return "; ".join(dict.fromkeys(_spelled(part) for part in source.split("; ")))


def _spelled(part: str) -> str:
    if part in load_facts():
        return ARTICLE
    part = re.sub(r"^ours\b", OURS, part)
    for short, name in _NAMES:
        part = short.sub(name, part)
    return part
