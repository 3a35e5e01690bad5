"""Measure what three samples in her own voice are worth: the same words in the same kitchen, before and after.

    scripts/bench learned [--noise FILE] [--recordings DIR] [--voices test|tuning] [--save]

Ten synthetic speakers, kept apart, teach the five words in a quiet room, through the enrolment. Then each says them in
a kitchen at 10 dB, in four rooms, faster and slower, higher and lower than she taught them. Another speaker says the
same five there, and what is no command: remarks, near words, with --recordings people's words. All of it is heard by
ears that do not know her and by ears that do. --save keeps the figures for the README's table.
"""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from coach.devices.port import HEARING_FRAMES
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.endpointing.endpointer import Endpointer
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import Piece
from coach.hearing.process import ONE_THREAD
from coach.hearing.recognition.learned import LearnedWord
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.moonshine.enrolment import WORDS, Enrolment
from coach.hearing.recognition.spotting.spotter import spotter_if_any
from coach.hearing.vocabulary.phrase_table import Phrase, Table, load_table
from coach.rehearsal.room import Room
from coach.sound.pcm import Pcm, in_steps
from coach.sound.resample import resample
from scripts.benches.hearing import sounds
from scripts.benches.hearing.__main__ import save
from scripts.benches.hearing.figures import Figures
from scripts.benches.hearing.remarks import TEST_REMARKS, TUNING_REMARKS
from scripts.benches.hearing.report import missed_of
from scripts.benches.hearing.scenes import ROOMS, SCENES
from scripts.benches.hearing.stage import HearingStage, Played, Stretch
from scripts.benches.hearing.trials import TrialOutcome
from scripts.benches.hearing.utterances import (
    TEST_SPEAKERS,
    TUNING_SPEAKERS,
    BenchUtterance,
    end_of,
    recorded_words,
    spoken,
    spoken_remarks,
)
from scripts.named import options

TAUGHT = ((140, 0.97), (150, 1.0), (160, 1.03))
SAID = ((125, 1.02), (150, 0.96), (175, 1.0), (140, 1.04))
"""Words a minute, and the pitch, once in each room."""
TEST_NEAR = (
    "shop", "step", "stock", "start", "stuff", "cause", "because", "pores", "course", "text", "nest", "neck", "dumb",
    "gun", "does", "it works", "it's hers", "hit first", "it turns", "a pause button", "next door", "it's done",
)  # fmt: skip
TUNING_NEAR = (
    "top", "stomp", "star", "stay", "stop it there", "paws", "posh", "boss", "horse", "nets", "legs", "vexed", "dawn",
    "none", "dull", "it burns", "that helps", "it hertz", "this first", "pass", "the next one is blue", "well done you",
)  # fmt: skip
"""What sounds like one of the five and is no command."""
GROUPS = ("her words", "another's words", "other words")


@dataclass(frozen=True, slots=True, eq=False)
class SpeakerLesson:
    """Everything that is said and heard for one speaker, to be sent to another process."""

    voice: str
    taught: tuple[tuple[str, BenchUtterance], ...]
    hers: tuple[Stretch, ...]
    others: tuple[Stretch, ...]
    """The same words by another speaker."""
    talk: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SpeakerResult:
    """What came of one speaker's lesson."""

    voice: str
    refused: tuple[str, ...]
    before: tuple[tuple[TrialOutcome, ...], ...]
    """Of each of `GROUPS`, by ears that do not know her."""
    after: tuple[tuple[TrialOutcome, ...], ...]


def chosen_from(arguments: Sequence[str]) -> Namespace:
    parser = options("bench learned", __doc__)
    parser.add_argument("--noise", type=Path, metavar="FILE", help="a kitchen's noise, WAV")
    parser.add_argument(
        "--recordings", type=Path, metavar="DIR", help="a folder with words/: they are no command of hers"
    )
    parser.add_argument("--voices", default="test", choices=["test", "tuning"], help="figures come from test alone")
    parser.add_argument("--speakers", type=int, default=len(TEST_SPEAKERS), metavar="N", help="the first N (10)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--missed", action="store_true", help="list what was not right")
    parser.add_argument("--save", action="store_true", help="keep the figures for the README")
    chosen = parser.parse_args(arguments)
    if chosen.save and (chosen.voices != "test" or chosen.speakers < len(TEST_SPEAKERS)):
        parser.error("--save keeps the figures of all test speakers: leave --voices and --speakers out")
    return chosen


def main(arguments: Sequence[str]) -> int:
    chosen, table = chosen_from(arguments), load_table()
    environ.update(ONE_THREAD)
    with TemporaryDirectory() as folder:
        noise = chosen.noise or sounds.kitchen(Path(folder) / "kitchen.wav")
        made = list(lessons(chosen, table, noise))
        with get_context("spawn").Pool(chosen.processes, _begin) as pool:
            results = list(pool.imap(_heard, made))
    print("\n".join(report(results, missed=chosen.missed)))
    if chosen.save:
        save({"learned": figures(results)})
    return 0


def lessons(chosen: Namespace, table: Table, noise: Path) -> Iterator[SpeakerLesson]:
    """Let the speakers speak; yield what is heard for each of them."""
    tuning = chosen.voices == "tuning"
    speakers = TUNING_SPEAKERS if tuning else TEST_SPEAKERS
    remarks = (*TUNING_REMARKS, *TUNING_NEAR) if tuning else (*TEST_REMARKS, *TEST_NEAR)
    recorded = recorded_words(chosen.recordings, table) if chosen.recordings and not tuning else []
    people = [each for each in recorded if not each.is_command]
    kitchen = {voice: tuple(_kitchen(voice, at, table, noise, tuning)) for at, voice in enumerate(speakers)}
    for at, voice in enumerate(speakers[: chosen.speakers]):
        another = speakers[(at + 1) % len(speakers)]
        texts = remarks[at % 3 :: 3]
        other = [*spoken_remarks(texts, [another]), *people[at :: len(speakers)]]
        halves = (other[::2], other[1::2])
        talk = tuple(_stretch("talk", half, 20 * at + 10 + n, noise, tuning) for n, half in enumerate(halves))
        yield SpeakerLesson(voice, tuple(_taught(voice, table)), kitchen[voice], kitchen[another], talk)


def _phrases(table: Table) -> list[Phrase]:
    """Return the five words as phrases."""
    return [next(each for each in table.phrases() if each.text == text) for text in WORDS]


def _taught(voice: str, table: Table) -> Iterator[tuple[str, BenchUtterance]]:
    for rate, pitch in TAUGHT:
        for text, each in zip(WORDS, spoken(_phrases(table), [voice], [rate]), strict=True):
            yield text, _at_pitch(each, pitch)


def _kitchen(voice: str, number: int, table: Table, noise: Path, tuning: bool) -> Iterator[Stretch]:
    for at, (rate, pitch) in enumerate(SAID):
        said = [_once(_at_pitch(each, pitch)) for each in spoken(_phrases(table), [voice], [rate])]
        yield _stretch("words", said, 20 * number + at, noise, tuning)


def _stretch(part: str, said: Sequence[BenchUtterance], number: int, noise: Path, tuning: bool) -> Stretch:
    scene = SCENES["kitchen10"]
    room = scene.room(number, {"kitchen": noise})
    return Stretch(scene.name, part, room, tuple(said), number + (1_000 if tuning else 0))


def _once(each: BenchUtterance) -> BenchUtterance:
    """Return what is not said again where it is missed: both ears must hear the same sound."""
    assert each.command is not None
    return replace(each, meanings=frozenset({(each.command, each.value)}))


def _at_pitch(each: BenchUtterance, pitch: float) -> BenchUtterance:
    """Return the same higher, and as much faster: she never says it twice alike."""
    samples = resample(each.samples.astype(np.float32), round(pitch * HEARING_HZ), HEARING_HZ)
    pcm = in_steps(samples)
    return replace(each, samples=pcm, end_s=end_of(pcm))


_models: list[tuple[MoonshineModel, MoonshineEngine]] = []


def _begin() -> None:
    model = MoonshineModel()
    _models[:] = [(model, MoonshineEngine(load_table(), model, spotter=spotter_if_any()))]


def _heard(lesson: SpeakerLesson) -> SpeakerResult:
    """Enrol one speaker, and hear everything before and after."""
    model, engine = _models[0]
    refused, words = enrolled(lesson, model)
    heard = [_outcomes(lesson, engine, known) for known in ((), words)]
    return SpeakerResult(lesson.voice, refused, *heard)


def enrolled(lesson: SpeakerLesson, model: MoonshineModel) -> tuple[tuple[str, ...], tuple[LearnedWord, ...]]:
    """Let a speaker teach the words; return what was refused, and what was learned."""
    enrolment, refused = Enrolment(load_table(), model), []
    for number, (text, said) in enumerate(lesson.taught):
        judgement = enrolment.judge(text, in_a_quiet_room(said.samples, number))
        if judgement.refusal:
            refused.append(f"{text}: {judgement.refusal}")
    enrolment.close()
    return tuple(refused), enrolment.learned()


def in_a_quiet_room(said: Pcm, seed: int) -> list[Piece]:
    """Return the pieces of one word, as the lesson's own devices would bring them."""
    room = Room(replace(ROOMS[0], seed=seed))
    remover, endpointer = EchoRemover(headphones=True), Endpointer()
    silent = np.zeros(HEARING_HZ, np.int16)
    sound, found = np.concatenate((silent, said, silent)), list[Piece]()
    for at in range(0, len(sound) - HEARING_FRAMES + 1, HEARING_FRAMES):
        mic = room.hear_16k(silent[:HEARING_FRAMES], sound[at : at + HEARING_FRAMES])
        removed = remover.remove(mic, silent[:HEARING_FRAMES])
        found += endpointer.feed(removed.detect, removed.listen, remover.delay_frames)
    return found


def _outcomes(
    lesson: SpeakerLesson, engine: MoonshineEngine, words: Sequence[LearnedWord]
) -> tuple[tuple[TrialOutcome, ...], ...]:
    engine.learn(words)
    return tuple(
        tuple(each for stretch in stretches for each in _play(stretch, engine).outcomes)
        for stretches in (lesson.hers, lesson.others, lesson.talk)
    )


def _play(stretch: Stretch, engine: MoonshineEngine) -> Played:
    return HearingStage(stretch, Chain(engine, EchoRemover()), load_table()).play()


def figures(results: Sequence[SpeakerResult]) -> Figures:
    """Return the shares right and taken, before and after."""
    found: Figures = {}
    for when in ("before", "after"):
        hers, others, talk = ([o for each in results for o in getattr(each, when)[group]] for group in range(3))
        found[when] = {
            "right": sum(o.result == "right" for o in hers),
            "of": len(hers),
            "others_right": sum(o.result == "right" for o in others),
            "others_of": len(others),
            "taken": sum(o.result in ("false", "undone") for o in talk),
            "taken_of": len(talk),
            "wrong": sum(o.result in ("wrong", "undone") for o in (*hers, *others)),
        }
    return found


def report(results: Sequence[SpeakerResult], *, missed: bool) -> list[str]:
    """Write the figures for people."""
    found = figures(results)
    lines = [f"{each.voice}: refused {', '.join(each.refused)}" for each in results if each.refused]
    for what, part, whole in (
        ("her words right", "right", "of"), ("another speaker's same words right", "others_right", "others_of"),
        ("other talk taken for a command", "taken", "taken_of"), ("taken for another command", "wrong", "of"),
    ):  # fmt: skip
        before, after = found["before"], found["after"]
        lines.append(f"{what:36} before {_share(before, part, whole)}   after {_share(after, part, whole)}")
    for text in WORDS:
        changes = (
            "{}/{}".format(sum(o.result == "right" for o in of_it), len(of_it))
            for when in ("before", "after")
            for of_it in [[o for each in results for o in getattr(each, when)[0] if o.utterance.startswith(text)]]
        )
        lines.append("  {:10} {} -> {}".format(text, *changes))
    for group, name in enumerate(GROUPS):
        pairs = [(a, b) for each in results for a, b in zip(each.before[group], each.after[group], strict=True)]
        changed = Counter(f"{a.result} -> {b.result}" for a, b in pairs if a.result != b.result)
        lines.append(f"  {name}: " + (", ".join(f"{change} {n}" for change, n in changed.items()) or "nothing changed"))
    if missed:
        lines += [line for each in results for group in each.after for line in missed_of(each.voice, group)]
    return lines


def _share(found: Figures, part: str, whole: str) -> str:
    return f"{found[part] / max(1, found[whole]):6.1%} of {found[whole]}"
