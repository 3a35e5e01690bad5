"""Turn what the voices say into the head's inputs: in rooms, in noise, at times shortly after a word and before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.speech_embedding import Floats, SpeechEmbedding
from coach.hearing.recognition.spotting.head import KINDS
from coach.hearing.recognition.spotting.spotter import EARLIER_S, FIRST_S, HOP_S
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.sound.pcm import Pcm, gain_of, in_steps
from scripts.makers.safety_head.recipe import NEAR, POSITIVES, HeadRecipe, negatives
from scripts.makers.voices.rooms import SLOPE, noise, said_in_a_room
from scripts.makers.voices.speakers import TeachingSpeaker

BEFORE_S, BEHIND_S = 0.9, 0.25
SAID_AT_S = (0.0, 0.2)
"""From so long after the word's end to so long, it has just been said."""
NOT_YET_S = -0.12
"""So long before its end it has not."""
IN_A_ROOM = 0.6
SNR_DB = (4.0, 32.0)
LONGEST_S = 1.4


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Inputs, each with the kind that it is."""

    inputs: Floats
    """(rows, the head's inputs)"""
    kinds: npt.NDArray[np.int64]
    """Each row's place in `KINDS`."""


def lessons(
    recipe: HeadRecipe, table: Table, speakers: Sequence[TeachingSpeaker], embedding: SpeechEmbedding
) -> Iterator[Lesson]:
    """Yield a lesson for each speaker, then one of noise alone."""
    others = negatives(table)
    for number, speaker in enumerate(speakers):
        random = np.random.default_rng([recipe.seed, number])
        found = [_lesson(word, kind, random, embedding) for word, kind in _said(recipe, speaker, others, random)]
        random = np.random.default_rng([recipe.seed, number, 1])  # more near words change nothing else
        found += [_lesson(word, None, random, embedding) for word in _nearly_said(recipe, speaker, random)]
        yield joined(found)
    random = np.random.default_rng([recipe.seed, 10_000])
    yield joined([_lesson(np.zeros(HEARING_HZ // 2, np.int16), None, random, embedding) for _ in range(recipe.noises)])


def joined(found: Sequence[Lesson]) -> Lesson:
    """Return lessons as one."""
    return Lesson(np.concatenate([each.inputs for each in found]), np.concatenate([each.kinds for each in found]))


def _said(
    recipe: HeadRecipe, speaker: TeachingSpeaker, others: Sequence[str], random: np.random.Generator
) -> Iterator[tuple[Pcm, Command | None]]:
    some = random.choice(len(others), min(recipe.negatives, len(others)), replace=False)
    texts = [(text, kind) for kind, phrases in POSITIVES.items() for text in phrases * recipe.repeats]
    for text, kind in [*texts, *((others[at], None) for at in some)]:
        yield speaker.say(text, random), kind


def _nearly_said(recipe: HeadRecipe, speaker: TeachingSpeaker, random: np.random.Generator) -> Iterator[Pcm]:
    for at in random.choice(len(NEAR), min(recipe.near, len(NEAR)), replace=False):
        yield speaker.say(NEAR[at], random)


def _lesson(word: Pcm, kind: Command | None, random: np.random.Generator, embedding: SpeechEmbedding) -> Lesson:
    """Return a word's inputs every hop from its beginning to a little after its end."""
    word = word[: round(LONGEST_S * HEARING_HZ)]
    sound = somewhere(word, random)
    begins_s, ends_s = BEFORE_S, BEFORE_S + len(word) / HEARING_HZ
    first = round((begins_s + FIRST_S - EARLIER_S) / HOP_S) + int(random.integers(2))
    at_s = np.arange(first, int((ends_s + SAID_AT_S[1]) / HOP_S) + 1) * HOP_S
    found = embedding.embed(sound, np.rint(at_s * HEARING_HZ).astype(np.int64))
    back = round(EARLIER_S / HOP_S)
    inputs, after_s = np.concatenate((found[back:], found[:-back]), axis=1), at_s[back:] - ends_s
    just_said = (after_s >= SAID_AT_S[0] - HOP_S / 2) & (after_s <= SAID_AT_S[1])
    kinds = np.where(just_said, KINDS.index(kind), 0)
    clear = just_said | (after_s <= NOT_YET_S)  # between, the word may be known already, or may not
    kept = clear if kind else np.arange(len(kinds)) % 2 == int(random.integers(2))
    return Lesson(inputs[kept], kinds[kept])


def somewhere(word: Pcm, random: np.random.Generator) -> Pcm:
    """Return a word as it sounds in a room, in noise, `BEFORE_S` of it before the word."""
    around = round(BEFORE_S * HEARING_HZ), round(BEHIND_S * HEARING_HZ)
    sound, level = said_in_a_room(word, around, IN_A_ROOM, random)
    floor_rms = level * gain_of(-random.uniform(*SNR_DB))
    return in_steps(sound + floor_rms * noise(len(sound), random.uniform(*SLOPE), random))
