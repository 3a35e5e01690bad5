"""Who is training, asked in a session's place: the answer's folders are used, and nobody else's are touched."""

import contextlib
import io
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.cli.session.plain_view import PlainView
from coach.cli.session.request import RecordRequest, Request, TrainingRequest
from coach.cli.session.today import UNRECORDED, prepare
from coach.cli.session.who import UNNAMED, LeftError, answered, asked_who, people_here
from coach.cli.training.days import now_of
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.opening import Parts
from coach.log.entries import Entry, HeardEntry, StateEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth
from coach.sound.pcm import Pcm
from coach.training.people.folders import FIRST, NOBODY, PersonFolders
from coach.training.people.names import add_person, find_person
from coach.training.profile import Profile
from coach.training.profile_file import save_profile
from tests.support.training import MONDAY, write_session

NAMES = ("Anna", "Bea", "Victor")


class Answering(SilentDevices):
    """Devices in a room where somebody says something each time the coach has asked."""

    def __init__(self, mouth: TextMouth, *says: str) -> None:
        super().__init__()
        self._mouth, self._says = mouth, list(says)

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        if self._says and self.clock_s > 8.0 and not self._mouth.busy:
            self._mouth.say(self._says.pop(0))
        return super().exchange(block)


@pytest.fixture
def people() -> dict[str, PersonFolders]:
    save_profile(Profile(name=NAMES[0]), FIRST.profile)
    for name in NAMES[1:]:
        add_person(name)
    return people_here()


def asked(people: dict[str, PersonFolders], *says: str) -> tuple[PersonFolders, tuple[Entry, ...]]:
    table = people_table(load_table(), people)
    mouth = TextMouth(table)
    parts = Parts(table=table, clips=SilentClips(), devices=Answering(mouth, *says), ears=mouth, silent=True)
    return answered(people, parts, PlainView(io.StringIO()))


@pytest.mark.parametrize("says", ["anna", "i'm bea", "this is victor"])
def test_who_answers_trains(people: dict[str, PersonFolders], says: str) -> None:
    person, entries = asked(people, says)
    assert person == find_person(says.split()[-1])
    assert [entry.text for entry in entries if isinstance(entry, HeardEntry)] == [says]
    assert any(isinstance(entry, StateEntry) and entry.question == "who" for entry in entries)
    assert {entry.t for entry in entries} == {0.0}


@pytest.mark.parametrize("says", [(), ("three",), ("next", "ready")])
def test_without_a_name_it_is_nobody_s(people: dict[str, PersonFolders], says: tuple[str, ...]) -> None:
    person, _ = asked(people, *says)
    assert person == NOBODY


def test_who_ends_it_leaves(people: dict[str, PersonFolders]) -> None:
    with pytest.raises(LeftError):
        asked(people, "finish workout", "yes")


def test_the_first_person_without_a_name_can_be_named_too() -> None:
    add_person("Bea")
    people = people_here()
    assert list(people) == [UNNAMED, "Bea"]
    assert asked(people, UNNAMED)[0] == FIRST


def request_of(person: PersonFolders) -> Request:
    return Request(training=TrainingRequest(now=now_of(None)), record=RecordRequest(person=person))


def test_nobody_s_session_is_the_least_of_everything_and_not_recorded(people: dict[str, PersonFolders]) -> None:
    write_session(FIRST.history, MONDAY)
    today = prepare(request_of(NOBODY), load_table())
    assert today.recorder is None
    assert UNRECORDED in today.notices
    assert not today.plan.asks_effort
    assert not today.plan.asks_usability
    for choice in today.plan.choices:
        assert all((block.sets, block.reps) == (1, 10) for block in choice.blocks)
        assert not {block.exercise.id for block in choice.blocks} & {"bird-dog", "back-extension"}
        assert "I don't know who's training" in choice.notes[0]
    assert people_here() == people


def test_nobody_s_files_are_nobody_else_s() -> None:
    own = {folder for person in (FIRST, PersonFolders("bea")) for folder in person.all}
    assert not own & set(NOBODY.all)
    assert not any(path.exists() for path in NOBODY.all)


@pytest.mark.parametrize("command", [["run"], ["run", "bands"], ["run", "--resume"], ["walk"]])
def test_without_a_terminal_the_names_are_told(
    people: dict[str, PersonFolders], command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    assert f"several people train here: {', '.join(people)}. Say who it's for: --for NAME" in capsys.readouterr().err


@pytest.mark.usefixtures("people")
def test_on_files_nobody_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "bands", "--speaker", str(tmp_path / "out.wav")]) == 2
    assert "--for NAME" in capsys.readouterr().err
    assert not (tmp_path / "out.wav").exists()


def test_alone_or_named_nobody_is_asked() -> None:
    request, table = Request(training=TrainingRequest(now=now_of(None))), load_table()
    unnamed = Request(training=request.training, record=RecordRequest(named=False))
    view = contextlib.nullcontext(PlainView())
    assert asked_who(unnamed, table, lambda: view) == (unnamed, ())
    add_person("Bea")
    named = Request(training=request.training, record=RecordRequest(person=find_person("Bea")))
    assert asked_who(named, table, lambda: view) == (named, ())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Next", "sounds like something you say to the coach"),
        ("Hannah", "sounds too much like 'Anna', who trains here too"),
        ("a/b", "isn't a valid name"),
        ("x" * 200, "isn't a valid name"),
    ],
)
def test_a_name_that_cannot_be_told_apart_or_written_is_refused_in_one_line(
    people: dict[str, PersonFolders], name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", "add", name]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert people_here() == people
    assert main(["people", "rename", "Victor", name]) == 2
    assert people_here() == people


@pytest.mark.usefixtures("people")
def test_a_person_may_be_renamed_to_what_sounds_like_herself() -> None:
    with contextlib.suppress(SystemExit):
        assert main(["people", "rename", "Anna", "Hanna"]) == 0
    assert find_person("Hanna") == FIRST
