"""What the safety head is taught: which words, by which voices, and how it is trained. All of it is in its file."""

from dataclasses import dataclass

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from scripts.benches.hearing.remarks import TUNING_REMARKS
from scripts.makers.templates.words import NEAR_WORDS, OTHER_WORDS
from scripts.makers.voices.english import teaching_voices
from scripts.makers.voices.speakers import flite_names

POSITIVES: dict[Command, tuple[str, ...]] = {
    Command.STOP: ("stop", "please stop"),
    Command.PAUSE: ("pause", "please pause"),
    Command.IT_HURTS: ("it hurts", "that hurts", "this hurts"),
}
NEAR = (
    *NEAR_WORDS, "start now", "start again", "let's start", "store it", "it's still on", "stuff it", "stay there",
    "top up", "it starts", "because of it", "it happens", "it was", "it has", "the first", "that's hers", "that works",
)  # fmt: skip
"""What begins or ends as one of the three, and is none."""


@dataclass(frozen=True, slots=True)
class HeadRecipe:
    """How a head is made."""

    voices: int = 64
    """At most so many of espeak's, by chance of all there are; none of the bench's."""
    times: int = 10
    """Each of flite's voices teaches, every time otherwise."""
    repeats: int = 3
    """Of each positive: each time another rate, pitch, room and noise."""
    negatives: int = 22
    """Texts that each voice says, of all."""
    near: int = 14
    """And of those that begin or end as one of the three."""
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


def voices(recipe: HeadRecipe) -> list[str]:
    """Return the voices that teach."""
    return [*teaching_voices(recipe.voices, recipe.seed), *flite_names(recipe.times)]


def negatives(table: Table) -> list[str]:
    """Return everything that is none of the three: other phrases, rivals, other words, remarks, near words."""
    others = [phrase.text for phrase in table.phrases() if phrase.command not in POSITIVES]
    return list(dict.fromkeys([*others, *table.rivals, *OTHER_WORDS, *TUNING_REMARKS, *NEAR_WORDS]))
