"""Let her teach her words in her own voice: on devices of its own, kept as vectors in her folder, for her alone."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.errors import MachineError
from coach.hearing.recognition.learned import (
    SAMPLES,
    LearnedWord,
    NotRead,
    read_learned,
    with_further,
    write_learned,
)
from coach.hearing.vocabulary.phrase_table import Table
from coach.places import private_file
from coach.training.people.folders import PersonFolders

if TYPE_CHECKING:
    from coach.devices.port import Devices
    from coach.hearing.recognition.moonshine.enrolment import Enrolment, SampleRefusal
    from coach.live.word_lesson import LessonEnd, WordLesson
    from coach.playback.workshop import ClipSource

NOT_READ = {
    NotRead.DAMAGED: "what was learned about your voice can't be read",
    NotRead.OTHER_VERSION: "your words were learned with a different version of the speech recognition",
}
ANEW = "teach me your words again: coach learn"

Tell = Callable[[str], None]


def known_words(person: PersonFolders, tell: Tell) -> tuple[LearnedWord, ...]:
    """Return the words she has taught; tells where they are of no use, and what to do."""
    if person.nobody:
        return ()
    try:
        learned, why = read_learned(person.voice)
    except (MachineError, OSError):  # no built-in ears: nothing that could use them
        return ()
    if why:
        tell(f"{NOT_READ[why]}; {ANEW}")
    return learned


def inventory(learned: Sequence[LearnedWord]) -> list[str]:
    """Return how many samples there are of each word, a line each."""
    return [f"{each.text}: {_counted(each)}" for each in learned]


def _counted(word: LearnedWord) -> str:
    from coach.hearing.recognition.moonshine.enrolment import NOISES_DB

    taught, further = len(word.parts) // (1 + len(NOISES_DB)), len(word.further)
    told = [f"{taught} taught"] * bool(taught) + [f"{further} as you trained"] * bool(further)
    return ", ".join(told)


def teach(
    person: PersonFolders, devices: "Devices", clips: "ClipSource", table: Table, words: Sequence[str], tell: Tell, *,
    headphones: bool = False, skip: Callable[[], bool] = lambda: False,
) -> "LessonEnd":  # fmt: skip
    """Ask for these words; keep those that are complete, with those she taught before. Tells each step.

    Raises MachineError where a model is missing, or the file can't be written.
    """
    from coach.hearing.recognition.moonshine.enrolment import Enrolment
    from coach.live.word_lesson import WordLesson

    with contextlib.closing(Enrolment(table)) as enrolment:
        return teach_with(person, WordLesson(devices, clips, enrolment, headphones), enrolment, words, tell, skip)


def teach_with(
    person: PersonFolders, lesson: "WordLesson", enrolment: "Enrolment", words: Sequence[str], tell: Tell,
    skip: Callable[[], bool],
) -> "LessonEnd":  # fmt: skip
    """Teach in a lesson that is open already."""
    end = lesson.run(words, lambda word, taken, refusal: tell(step(word, taken, refusal)), skip)
    if taught := enrolment.learned():
        _keep(person, taught)
    return end


def step(word: str, taken: int, refusal: "SampleRefusal | None") -> str:
    """Return what happened to one sample, for the screen."""
    return f"{word}: {taken} of {SAMPLES}" if refusal is None else f"{word}: {REASONS[refusal]}; please say it again"


REASONS = {
    "nothing": "I didn't hear anything",
    "other_talk": "somebody else is talking",
    "noise": "too much noise",
    "other_word": "that was a different word",
    "other_voice": "that was a different voice",
}


ENDED = {
    "learned": "Learned. I'll use it from your next session on.",
    "later": "We'll finish this another time. The words you completed have been learned.",
    "left": "Stopped early. The words you completed have been learned.",
}


def forget(person: PersonFolders) -> bool:
    """Delete what was learned of her voice; return whether there was anything. Raises OSError."""
    there = person.voice.exists()
    person.voice.unlink(missing_ok=True)
    return there


def _keep(person: PersonFolders, taught: Sequence[LearnedWord]) -> None:
    before = {word.text: word for word in read_learned(person.voice)[0]}
    _write(person, tuple((before | {each.text: _anew(each, before.get(each.text)) for each in taught}).values()))


def _anew(taught: LearnedWord, before: LearnedWord | None) -> LearnedWord:
    """Return a word taught anew, with what was learned of it as she trained."""
    return replace(taught, further=before.further) if before else taught


def keep_further(person: PersonFolders, samples: Sequence[tuple[str, bytes]]) -> None:
    """Keep samples that were learned as she trained: phrases, each with its sample. Raises MachineError."""
    learned, _ = read_learned(person.voice)
    for text, sample in samples:
        learned = with_further(learned, text, sample)
    if samples:
        _write(person, learned)


def _write(person: PersonFolders, learned: Sequence[LearnedWord]) -> None:
    try:
        write_learned(private_file(person.voice), learned)
    except OSError as error:
        raise MachineError(f"{person.voice}: can't be written ({error.strerror})") from error
