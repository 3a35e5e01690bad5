"""The English voices of espeak: accents and variants; those that the benches of hearing listen to never teach."""

import numpy as np

from scripts.benches.hearing.utterances import LISTENED_TO

ACCENTS = {
    "en-us": "en-US", "en-gb": "en", "en-gb-scotland": "en-GB-scotland", "en-gb-x-rp": "en-GB-x-rp",
    "en-gb-x-gbclan": "en-GB-x-gbclan", "en-gb-x-gbcwmd": "en-GB-x-gbcwmd", "en-029": "en-029",
    "en-us-nyc": "en-US-nyc",
}  # fmt: skip
"""By the name they have everywhere else, the file of espeak's Germanic languages."""
VARIANTS = ("", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "croak")


def teaching_voices(most: int, seed: int) -> list[str]:
    """Return at most so many of the voices that teach, by chance."""
    every = [f"{accent}+{variant}".strip("+") for variant in VARIANTS for accent in ACCENTS]
    teaching = [voice for voice in every if voice not in LISTENED_TO]
    return [teaching[at] for at in np.random.default_rng(seed).permutation(len(teaching))[:most]]


def identifier(voice: str) -> str:
    """Return what the library knows a voice by.

    >>> identifier("en-gb+m1")
    'gmw/en+m1'
    """
    accent, plus, variant = voice.partition("+")
    return f"gmw/{ACCENTS[accent]}{plus}{variant}"
