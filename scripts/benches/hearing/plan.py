"""Which stretches a run is made of: every scene, voices of one group, recordings where there are any."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from coach.hearing.vocabulary.numbers import NUMBER_WORDS
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.session.state import Question
from scripts.benches.hearing import coach_talk, natural, speakers, utterances
from scripts.benches.hearing.moments import asked, every_moment
from scripts.benches.hearing.remarks import TEST_REMARKS, TEST_TALK, TUNING_REMARKS, TUNING_TALK
from scripts.benches.hearing.scenes import SCENES, Scene
from scripts.benches.hearing.stage import GAPS_S, WAITS_S, Stretch
from scripts.benches.hearing.utterances import BenchUtterance

PROMISED = frozenset({"clean", "quiet", "kitchen10", "coach0"})
"""Scenes with a figure of their own: every voice at every rate; in the others at the middle one."""
ROUNDS = {"kitchen10": 4}
"""How often what is said there is said, so that its figure is of 400."""
RECORDED = frozenset({"clean", "quiet", "kitchen10"})
IN_A_STRETCH = 10
TALKED_IN = ("quiet", "kitchen20", "music")
"""In turn, for hours of other people's talk."""
TALK_SEED = 5_000
LIVED_IN = ("quiet", "kitchen10", "coach0")
"""In real time, with the seven commands alone."""
CHARGED_ROUNDS = {"kitchen10": 2}
"""So that more than 120 safety words are timed."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is said in a run, made once."""

    core: tuple[tuple[BenchUtterance, ...], ...]
    """The seven commands that always work: a tuple for each voice and rate."""
    others: tuple[tuple[BenchUtterance, ...], ...]
    """The first phrase of every other command: a tuple for each voice."""
    remarks: tuple[BenchUtterance, ...]
    talk: tuple[BenchUtterance, ...]
    words: tuple[BenchUtterance, ...]
    """Recorded."""
    voices: tuple[str, ...]
    coach: coach_talk.Talk
    tuning: bool = False


def material(table: Table, recordings: Path | None, *, tuning: bool, rates: Sequence[int], every: bool) -> Material:
    """Let the voices speak, read the recordings."""
    voices = utterances.TUNING_VOICES if tuning else utterances.TEST_VOICES
    core = list(table.phrases()) if every else utterances.first_phrases(table, utterances.CORE)
    first = _other_phrases(table, core)
    remarks, talk = (TUNING_REMARKS, TUNING_TALK) if tuning else (TEST_REMARKS, TEST_TALK)
    recorded = utterances.recorded_words(recordings, table) if recordings and not tuning else []
    sentences = utterances.recorded_talk(recordings) if recordings and not tuning else []
    return Material(
        core=tuple(tuple(utterances.spoken(core, [name], [rate])) for name in voices for rate in rates),
        others=tuple(tuple(utterances.spoken(first, [name], [rates[0]])) for name in voices),
        remarks=_in_turn(remarks, voices),
        talk=(*(replace(each, group="talk") for each in _in_turn(talk, voices)), *sentences),
        words=tuple(recorded),
        voices=voices,
        coach=coach_talk.talk(),
        tuning=tuning,
    )


def stretches(scene: Scene, said: Material, noises: Mapping[str, Path], tuning: bool) -> Iterator[Stretch]:
    """Yield what a scene is made of, in a fixed order."""
    if scene.name in SAID:
        for number, each in enumerate(_cut(SAID[scene.name](said))):
            yield Stretch(scene.name, scene.name, scene.room(number, noises), tuple(each), number)
        return
    coach = said.coach if scene.echo_db is not None else None
    talker = utterances.one_talk(said.talk) if scene.talker else None

    def stretch(part: str, each: Sequence[BenchUtterance], number: int, *, dry: bool = False) -> Stretch:
        seed = number + (1_000 if tuning else 0)
        return Stretch(scene.name, part, scene.room(number, noises, dry=dry), tuple(each), seed, coach, talker)

    rates = len(said.core) // len(said.others)
    core = said.core if scene.name in PROMISED else said.core[rates // 2 :: rates]
    core = core * ROUNDS.get(scene.name, 1)
    for number, each in enumerate([*core, *(said.others if scene.name == "quiet" else ())]):
        yield stretch("voices", each, number)
    if scene.name in PROMISED:
        for number, remarks in enumerate(_cut(said.remarks)):
            yield stretch("remarks", remarks, number)
    if scene.name in RECORDED:
        for number, spoken in enumerate(_cut(said.words * min(2, ROUNDS.get(scene.name, 1)))):
            yield stretch("words", spoken, number, dry=True)
    if scene.name == "quiet":
        for number, sentences in enumerate(_cut(said.talk)):
            yield stretch("talk", sentences, number)


def _in_every_moment(said: Material) -> list[BenchUtterance]:
    """Let other words be said in every moment, a sixth of the recordings in each: what is no command there."""
    found = []
    for at, moment in enumerate(every_moment()):
        others = [each for each in (*said.words, *said.remarks) if not each.commands & moment.open()]
        group = "asked" if moment.question else "unasked"
        none: dict[str, Any] = {"command": None, "value": None, "meanings": frozenset()}
        found += [replace(each, group=group, moment=moment, **none) for each in others[at % 6 :: 6]]
    return found


def _counted_aloud(said: Material) -> list[BenchUtterance]:
    """Let each voice count to ten into questions: the word begins before the question's key words are over."""
    numbers = utterances.spoken_remarks(NUMBER_WORDS[1:], said.voices)
    return [
        replace(each, group="counted", moment=asked(question), asked_s=each.end_s)
        for question in (Question.EFFORT, Question.EFFORT_SURE, Question.BEFORE, Question.USABLE, Question.END)
        for each in numbers
    ]


def _by(speaker: str) -> Callable[[Material], list[BenchUtterance]]:
    """Return what such a person says: the first phrase of every command, each by two of the voices."""

    def each(said: Material) -> list[BenchUtterance]:
        rates = len(said.core) // len(said.others)
        core, others = said.core[rates // 2 :: rates], said.others
        spoken = [one for voice in (*core[::2], *others[1::2]) for one in voice]
        return [speakers.said_so(one, speaker, seed) for seed, one in enumerate(spoken)]

    return each


def _listed(name: str, more_voices: tuple[str, ...] = ()) -> Callable[[Material], list[BenchUtterance]]:
    return lambda said: natural.said(name, (*said.voices, *more_voices))


def _paraphrases(said: Material) -> list[BenchUtterance]:
    """Return the list of one group alone: templates were written with the other."""
    if not said.tuning:
        return natural.said("paraphrases", said.voices)
    return natural.said_in_turn("paraphrases_tuning", said.voices)


SAID: Mapping[str, Callable[[Material], list[BenchUtterance]]] = {
    "natural": _listed("natural"),
    "paraphrases": _paraphrases,
    "distress": _listed("distress", utterances.DISTRESSED_VOICES),
    "other_words": _in_every_moment,
    "counting": _counted_aloud,
    "breathless": _by("breathless"),
    "older": _by("older"),
}
"""Scenes that bring their own words."""


def talk_for(hours: float, said: Material, noises: Mapping[str, Path]) -> Iterator[Stretch]:
    """Yield other people's talk, room after room, quiet, in a kitchen, over music, until so many hours are full."""
    full_s, number = 0.0, 0
    while full_s < 3_600 * hours:
        for each in _cut(said.talk):
            scene = SCENES[TALKED_IN[number % len(TALKED_IN)]]
            yield Stretch(scene.name, "talk", scene.room(number, noises), tuple(each), TALK_SEED + number)
            full_s += sum(one.end_s + WAITS_S + sum(GAPS_S) / 2 for one in each)
            number += 1


def live(said: Material, noises: Mapping[str, Path]) -> Iterator[Stretch]:
    """Yield some of the same stretches as in a whole run: each voice once in each scene."""
    rates = len(said.core) // len(said.others)
    for name in LIVED_IN:
        core = list(islice(stretches(SCENES[name], said, noises, tuning=False), len(said.core)))
        yield from core[rates // 2 :: rates]


def charged(said: Material, noises: Mapping[str, Path], *, tuning: bool) -> Iterator[Stretch]:
    """Yield the seven commands by every voice at every rate in the same scenes, and other people's talk."""
    for name in LIVED_IN:
        each = stretches(SCENES[name], said, noises, tuning)
        yield from islice(each, CHARGED_ROUNDS.get(name, 1) * len(said.core))
    quiet = stretches(SCENES["quiet"], said, noises, tuning)
    yield from (each for each in quiet if each.part == "talk")


def _in_turn(texts: Sequence[str], voices: Sequence[str]) -> tuple[BenchUtterance, ...]:
    """Let each text be said by one voice, in turn."""
    found = [utterances.spoken_remarks(texts[at :: len(voices)], [name]) for at, name in enumerate(voices)]
    return tuple(each for said in found for each in said)


def _cut(said: Sequence[BenchUtterance]) -> list[Sequence[BenchUtterance]]:
    return [said[at : at + IN_A_STRETCH] for at in range(0, len(said), IN_A_STRETCH)]


def _other_phrases(table: Table, core: Sequence[Phrase]) -> list[Phrase]:
    """Return the first phrase of every command that is not among these."""
    have = {phrase.command for phrase in core}
    commands = [entry.command for entry in table.entries if entry.command not in have]
    return utterances.first_phrases(table, commands)
