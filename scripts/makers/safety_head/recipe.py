"""What the safety head is taught: which words, by which voices, and how it is trained. All of it is in its file."""

from dataclasses import dataclass

import numpy as np

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from scripts.benches.hearing.remarks import TUNING_REMARKS
from scripts.benches.hearing.utterances import TEST_VOICES, TUNING_VOICES
from scripts.makers.templates import OTHER_WORDS

POSITIVES: dict[Command, tuple[str, ...]] = {
    Command.STOP: ("stop", "please stop"),
    Command.PAUSE: ("pause", "please pause"),
    Command.IT_HURTS: ("it hurts", "that hurts", "this hurts"),
}
NEAR_WORDS = (
    "shop", "top", "step", "stomp", "stock", "store", "start", "stuff", "spot", "star", "stand", "stay", "stump",
    "style", "still", "stove", "strap", "cause", "because", "pass", "paw", "pose", "post", "poor", "past", "horse",
    "course", "boss", "pot", "force", "sauce", "loss", "works", "shirts", "hers", "birds", "words", "first", "heart",
    "hurry", "church", "turns", "once", "it works", "it's hard", "it burns", "it helps", "at first",
)  # fmt: skip
"""Words that sound like one of them."""

ACCENTS = {
    "en-us": "en-US", "en-gb": "en", "en-gb-scotland": "en-GB-scotland", "en-gb-x-rp": "en-GB-x-rp",
    "en-gb-x-gbclan": "en-GB-x-gbclan", "en-gb-x-gbcwmd": "en-GB-x-gbcwmd", "en-029": "en-029",
    "en-us-nyc": "en-US-nyc",
}  # fmt: skip
"""By the name they have everywhere else, the file of espeak's Germanic languages."""
VARIANTS = ("", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "croak")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is made."""

    voices: int = 64
    """At most so many, by chance of all there are; none of the bench's."""
    repeats: int = 3
    """Of each positive: each time another rate, pitch, room and noise."""
    negatives: int = 22
    """Texts that each voice says, of all."""
    noises: int = 200
    networks: int = 3
    hidden: int = 48
    epochs: int = 25
    batch: int = 512
    learning_rate: float = 2e-3
    weight_decay: float = 1e-4
    dropout: float = 0.2
    input_noise: float = 0.15
    seed: int = 26


def voices(recipe: Recipe) -> list[str]:
    """Return the voices that teach."""
    every = [f"{accent}+{variant}".strip("+") for variant in VARIANTS for accent in ACCENTS]
    teaching = [voice for voice in every if voice not in {*TEST_VOICES, *TUNING_VOICES}]
    order = np.random.default_rng(recipe.seed).permutation(len(teaching))[: recipe.voices]
    return [teaching[at] for at in order]


def negatives(table: Table) -> list[str]:
    """Return everything that is none of the three: other phrases, rivals, other words, remarks, near words."""
    others = [phrase.text for phrase in table.phrases() if phrase.command not in POSITIVES]
    return list(dict.fromkeys([*others, *table.rivals, *OTHER_WORDS, *TUNING_REMARKS, *NEAR_WORDS]))


def identifier(voice: str) -> str:
    """Return what the library knows a voice by.

    >>> identifier("en-gb+m1")
    'gmw/en+m1'
    """
    accent, plus, variant = voice.partition("+")
    return f"gmw/{ACCENTS[accent]}{plus}{variant}"
