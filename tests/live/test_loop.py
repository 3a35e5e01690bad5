"""The loop: what is said reaches the session, what it wants is done, and everything is told once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import CommandEntry, Entry, FinishEntry, HeardEntry, SegmentEntry, SilentEntry, StateEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth
from coach.session.record import EndReason

E = TypeVar("E", bound=Entry)

TABLE = load_table()


@dataclass
class Stage:
    """A session by text, to be led by hand."""

    mouth: TextMouth = field(default_factory=lambda: TextMouth(TABLE))
    entries: list[Entry] = field(default_factory=list)
    pressed: list[tuple[Command, int | None]] = field(default_factory=list)
    has_microphone: bool = True

    def open(self, routine: str | None = "bands") -> Live:
        choices = tuple(load_routine(choice.name) for choice in TABLE.choices)
        plan = SessionPlan(routine=load_routine(routine) if routine else None, choices=choices, usual="spine-strength")
        parts = Parts(
            table=TABLE,
            clips=SilentClips(),
            devices=SilentDevices(),
            ears=self.mouth if self.has_microphone else None,
            watchers=(self.entries.append,),
            pressed=self._pressed,
            silent=True,
        )
        live, _ = open_live(plan, parts)
        live.begin()
        return live

    def _pressed(self) -> Sequence[tuple[Command, int | None]]:
        pressed, self.pressed = self.pressed, []
        return pressed

    def told(self, kind: type[E]) -> list[E]:
        return [entry for entry in self.entries if isinstance(entry, kind)]


def run_for(live: Live, seconds: float) -> None:
    for _ in range(round(seconds * 50)):
        if not live.over:
            live.tick()


def run_until(live: Live, kind: str, most_s: float = 900.0) -> None:
    for _ in range(round(most_s * 50)):
        if live.moment.kind == kind:
            return
        live.tick()
    pytest.fail(f"no {kind}")


def test_what_is_said_becomes_a_command_and_is_told() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 3)
    stage.mouth.say("next")
    run_for(live, 2)
    heard = stage.told(HeardEntry)[0]
    assert (heard.text, heard.command, heard.accepted, heard.reason) == ("next", "next", True, "ok")
    assert stage.told(CommandEntry)[0].name == "next"
    assert (stage.told(CommandEntry)[0].before, stage.told(CommandEntry)[0].after) == (
        "playing/welcome",
        "playing/warm_up",
    )
    assert live.moment.kind == "warm_up"


def test_what_is_no_command_is_told_and_does_nothing() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 3)
    stage.mouth.say("where did I put my glasses")
    run_for(live, 3)
    assert [(entry.accepted, entry.reason) for entry in stage.told(HeardEntry)] == [(False, "unknown")]
    assert not stage.told(CommandEntry)


def test_a_command_that_means_nothing_here_is_not_taken() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 3)
    stage.mouth.say("resume")
    run_for(live, 3)
    heard = stage.told(HeardEntry)[0]
    assert (heard.reason, heard.why) == ("not_allowed_here", "nothing is paused")


def test_the_log_says_why_a_command_does_nothing_here_and_only_then() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 3)
    for text in ("finish workout", "louder", "where did I put my glasses"):
        stage.mouth.say(text)
        run_for(live, 3)
    assert [(entry.reason, entry.why) for entry in stage.told(HeardEntry)] == [
        ("ok", None),
        ("not_allowed_here", "it is no answer to what was asked"),
        ("unknown", None),
    ]


def test_a_key_does_what_the_word_does() -> None:
    stage = Stage()
    live = stage.open()
    stage.pressed.append((Command.PAUSE, None))
    run_for(live, 0.1)
    assert live.moment.state == "paused"
    assert [entry.after for entry in stage.told(SilentEntry)] == ["pause"]
    stage.pressed.append((Command.YES, None))
    stage.pressed.append((Command.RESUME, None))
    run_for(live, 0.1)
    assert live.moment.state == "playing"
    assert [entry.name for entry in stage.told(CommandEntry)] == ["pause", "resume"]


def test_the_log_is_in_order_of_time() -> None:
    stage = Stage()
    live = stage.open()
    for _ in range(12):
        stage.mouth.say("next")
        run_for(live, 8)
    times = [entry.t for entry in stage.entries]
    assert times == sorted(times)


def test_states_are_told_when_they_change() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 1)
    stage.mouth.say("it hurts")
    run_for(live, 5)
    stage.mouth.say("I'm fine")
    run_for(live, 2)
    states = [(entry.state, entry.question) for entry in stage.told(StateEntry)]
    assert states == [("playing", None), ("asking", "hurt"), ("paused", None)]


def test_without_a_routine_it_asks_and_takes_the_answer() -> None:
    stage = Stage()
    live = stage.open(routine=None)
    run_for(live, 12)
    assert live.moment.question == "routine"
    stage.mouth.say("floor")
    run_for(live, 5)
    assert live.session.routine is not None
    assert live.session.routine.id == "floor"
    run_until(live, "setup")
    assert live.moment.exercise == "balance-hold"


def test_without_a_microphone_it_goes_on_by_itself_to_the_end() -> None:
    stage = Stage(has_microphone=False)
    live = stage.open()
    run_for(live, 3600)
    assert live.over
    assert live.reason == "completed"


def test_an_interruption_is_told_with_what_was_done() -> None:
    stage = Stage()
    live = stage.open()
    run_for(live, 10)
    assert live.end("interrupted") == "interrupted"
    finish = stage.told(FinishEntry)[-1]
    assert (finish.reason, finish.segments) == ("interrupted", len(stage.told(SegmentEntry)))


@pytest.mark.parametrize(
    ("said", "recorded"),
    [("help me", EndReason.EMERGENCY), ("it hurts", EndReason.HURT), ("pause", EndReason.INTERRUPTED)],
)
def test_an_interruption_after_pain_or_a_call_for_help_records_it_and_logs_that_it_was_interrupted(
    said: str, recorded: EndReason
) -> None:
    stage = Stage()
    live = stage.open()
    stage.mouth.say(said)
    run_for(live, 3)
    assert live.end("interrupted") == "interrupted"
    assert (stage.told(FinishEntry)[-1].reason, live.reason) == ("interrupted", "interrupted")
    assert live.session.record.reason is recorded


def test_segments_are_numbered_from_one() -> None:
    stage = Stage()
    live = stage.open()
    for _ in range(5):
        stage.mouth.say("next")
        run_for(live, 6)
    assert [entry.index for entry in stage.told(SegmentEntry)] == list(range(1, len(stage.told(SegmentEntry)) + 1))
