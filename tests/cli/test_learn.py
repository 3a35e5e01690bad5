"""`coach learn`: what is kept of her voice, for whom, and what is said where it is of no use."""

import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from coach.cli.learning.as_she_trains import FurtherSamples, learns_further
from coach.cli.learning.offering import may_ask, offer
from coach.cli.learning.teaching import forget, inventory, keep_further, known_words, teach
from coach.cli.main import main
from coach.hearing.recognition import learned as learned_file
from coach.hearing.recognition.learned import SAMPLES, LearnedWord, read_learned, write_learned
from coach.hearing.recognition.models.moonshine import HEADS, WIDTH
from coach.hearing.recognition.scoring.templates import PARTS
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.word_lesson import LessonEnd
from coach.places import private_file
from coach.speech.clips import Clips
from coach.training.people.folders import FIRST, NOBODY, PersonFolders
from coach.training.profile import Profile
from coach.training.profile_file import save_profile
from tests.support.hers import clips_of
from tests.support.pupil import Pupil

TODAY, TOMORROW = date(2026, 11, 29), date(2026, 11, 30)
SAID = LearnedWord("next", np.ones((SAMPLES, PARTS, HEADS * WIDTH), np.float32))


@pytest.fixture(scope="module")
def clips() -> Iterator[Clips]:
    made = clips_of("en-gb+f3", 140)
    yield made
    made.close()


def kept() -> Path:
    write_learned(private_file(FIRST.voice), [SAID])
    return FIRST.voice


def test_a_word_that_was_taught_is_kept_beside_the_others_for_her_alone(clips: Clips) -> None:
    path, told = kept(), list[str]()
    end = teach(FIRST, Pupil(clips, "stop"), clips, load_table(), ("stop",), told.append)
    assert end is LessonEnd.LEARNED
    assert told[-1] == "stop: 3 of 3"
    found, why = read_learned(path)
    assert ([each.text for each in found], why) == (["next", "stop"], None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {entry.name for entry in path.parent.iterdir()} == {"voice.npz"}  # no sound of hers


def test_another_word_than_asked_for_is_told_and_nothing_is_kept(clips: Clips) -> None:
    told = list[str]()
    end = teach(FIRST, Pupil(clips, "next"), clips, load_table(), ("done",), told.append)
    assert end is LessonEnd.LATER
    assert "done: that was a different word; please say it again" in told
    assert not any("of 3" in line for line in told)
    assert not FIRST.voice.exists()


def test_each_person_has_words_of_her_own() -> None:
    kept()
    assert [word.text for word in known_words(FIRST, pytest.fail)] == ["next"]
    assert known_words(PersonFolders("bea"), pytest.fail) == ()
    assert known_words(NOBODY, pytest.fail) == ()


def test_what_is_no_use_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    path, told = kept(), list[str]()
    with monkeypatch.context() as patched:
        patched.setattr(learned_file, "encoder_version", lambda: "another")
        assert known_words(FIRST, told.append) == ()
    path.write_bytes(b"no archive")
    assert known_words(FIRST, told.append) == ()
    assert told == [
        "your words were learned with a different version of the speech recognition; "
        "teach me your words again: coach learn",
        "what was learned about your voice can't be read; teach me your words again: coach learn",
    ]


def test_forgetting_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    path = kept()
    for told in ("What I learned about your voice has been erased.", "There was nothing to forget."):
        with pytest.raises(SystemExit, match="0"):
            main(["learn", "--forget"])
        assert capsys.readouterr().out.strip() == told
        assert not path.exists()


def test_a_word_that_is_not_taught_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "banana"]) == 2
    assert "coach learn banana: choose one of stop, pause, it hurts, next, done" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "answer", "asked_tomorrow"),
    [("later", Command.LATER, True), ("never", Command.NEVER, False), (None, Command.LATER, True)],
)
def test_the_answer_to_the_offer_is_kept(clips: Clips, said: str | None, answer: Command, asked_tomorrow: bool) -> None:
    assert may_ask(FIRST, TODAY)
    given = offer(FIRST, TODAY, Pupil(clips, said), clips, load_table(), pytest.fail, lambda: None)
    assert given is answer
    assert (may_ask(FIRST, TODAY), may_ask(FIRST, TOMORROW)) == (False, asked_tomorrow)


def test_who_has_taught_is_not_asked_and_a_key_is_an_answer(clips: Clips) -> None:
    offer(FIRST, TODAY, Pupil(clips, None), clips, load_table(), pytest.fail, lambda: Command.NEVER)
    assert not may_ask(FIRST, TOMORROW)
    FIRST.state.joinpath("voice-offer.json").write_text(json.dumps({"answer": 3}), "utf-8")
    assert may_ask(FIRST, TOMORROW)
    kept()
    assert not may_ask(FIRST, TOMORROW)
    assert not may_ask(NOBODY, TOMORROW)


def sample(value: float) -> bytes:
    return np.full((PARTS, HEADS * WIDTH), value, np.float16).tobytes()


def test_samples_are_taken_as_she_trains_only_where_she_wants_it() -> None:
    assert not learns_further(FIRST, on_files=False)
    save_profile(Profile(keep_learning=True), FIRST.profile)
    assert learns_further(FIRST, on_files=False)
    assert not learns_further(FIRST, on_files=True)
    assert not learns_further(NOBODY, on_files=False)
    assert not learns_further(PersonFolders("bea"), on_files=False)


def test_what_was_learned_as_she_trained_is_kept_told_and_forgotten() -> None:
    path, further = kept(), FurtherSamples(FIRST)
    assert further.kept() == []
    for word in ("next", "repeat", "next"):
        further.take(word, sample(1.0))
    assert further.kept() == ["learned in your voice: next, 2 times", "learned in your voice: repeat"]
    assert inventory(known_words(FIRST, pytest.fail)) == [
        "next: 1 taught, 2 as you trained",
        "repeat: 1 as you trained",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert forget(FIRST)
    assert not path.exists()


@pytest.mark.slow
def test_a_word_taught_anew_keeps_what_was_learned_as_she_trained(clips: Clips) -> None:
    keep_further(FIRST, [("stop", sample(1.0))])
    teach(FIRST, Pupil(clips, "stop"), clips, load_table(), ("stop",), print)
    assert inventory(known_words(FIRST, pytest.fail)) == ["stop: 3 taught, 1 as you trained"]
