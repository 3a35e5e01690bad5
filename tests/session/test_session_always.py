"""What holds whatever happens: thousands of sessions of random events."""

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine, routine_ids
from coach.library.routine import Routine, walk_routine
from coach.library.walk import Walk
from coach.session.effects import Hold, Play
from coach.session.events import (
    Awoke,
    Commanded,
    DeviceBack,
    DeviceKind,
    DeviceLost,
    Elapsed,
    Event,
    PhaseBegan,
    RepDone,
    SegmentEnded,
    SpeechEnded,
    TakenBack,
    Unclear,
)  # fmt: skip
from coach.session.machine import advance, open_commands, start
from coach.session.mode import WAITS_IN
from coach.session.record import EndReason
from coach.session.state import Outcome, Question, Session, State
from coach.session.timers import next_due_s
from coach.speech.voice import estimate
from coach.timeline.build import step_texts
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase
from coach.timeline.step import FASTEST, SLOWEST, Shape
from tests.support.playing import routine, said_by
from tests.support.taught import SAID_BY_BOTH, at_the_ends

ROUTINES = [routine(name, reps=2) for name in routine_ids()] + [routine("spine-strength", reps=2, sets=2)]
ROUTINES.append(walk_routine(Walk(5, 110)))
ANSWERS = [Command.YES, Command.NO, Command.FALSE_ALARM, Command.NUMBER, Command.READY]
PASSING_S = [0.02, 0.5, 2.0, 10.0, 12.0, 15.0, 31.0, 61.0, 300.0]
ROUTINE = st.one_of(st.none(), st.sampled_from(ROUTINES))
SEEDS = st.tuples(st.integers(0, 45), st.integers(0, 2**32))
"""How many steps are gone through first, and what chance brings then."""
Seed = tuple[int, int]
A_DAY_S = 86_400.0


def happening(session: Session, chance: Random) -> Event:
    """Return something that may happen now: mostly what is likely, at times what is not."""
    kind = chance.random()
    if session.state is State.ASKING and kind < 0.3:
        return Commanded(chance.choice(ANSWERS), chance.randint(-1, 5))
    if session.state is State.PAUSED and kind < 0.3:
        back: list[Event] = [
            Commanded(Command.RESUME),
            DeviceBack(DeviceKind.MICROPHONE),
            DeviceBack(DeviceKind.SPEAKER),
        ]
        return one_of(chance, back)
    if kind < 0.6:
        usual: list[Event] = [
            Elapsed(session.now_s + chance.choice(PASSING_S)), SegmentEnded(), SpeechEnded(),
            PhaseBegan("pull", session.done + 1), RepDone(session.done + 1), Commanded(Command.READY),
        ]  # fmt: skip
        return one_of(chance, usual)
    if kind < 0.95:
        return Commanded(chance.choice([c for c in Command if c is not Command.END_WORKOUT]))
    return one_of(chance, [
        PhaseBegan("pull", chance.randint(0, 5)), RepDone(chance.randint(0, 5)), Unclear(chance.choice(list(Command))),
        DeviceLost(DeviceKind.MICROPHONE), DeviceLost(DeviceKind.SPEAKER), Commanded(Command.END_WORKOUT), TakenBack(),
        Awoke(),
    ])  # fmt: skip


def one_of(chance: Random, events: Sequence[Event]) -> Event:
    return chance.choice(events)


def run(trained: Routine | None, seed: Seed, events: int = 120) -> list[tuple[Session, Event, Outcome]]:
    """Play a random session; return every step of it: before, event, after."""
    far, chance = seed[0], Random(seed[1])
    session, _ = start(trained, choices=ROUTINES)
    for _ in range(far if trained else 0):
        session, _ = advance(session, Commanded(Command.NEXT))
    found = []
    for _ in range(events):
        event = happening(session, chance)
        outcome = advance(session, event)
        found.append((session, event, outcome))
        session = outcome[0]
    return found


@given(ROUTINE, SEEDS)
def test_state_question_and_cursor_always_fit_together(trained: Routine | None, seed: Seed) -> None:
    for _, _, (session, _) in run(trained, seed):
        assert 0 <= session.index < len(session.steps)
        assert (session.question is not None) == (session.state is State.ASKING)
        assert session.wait is None or session.wait in WAITS_IN[session.state]
        assert FASTEST <= session.pace <= SLOWEST
        if session.routine is None and session.state is not State.FINISHED:
            assert session.kind in (SegmentKind.WELCOME, SegmentKind.WAY_OUT)


@given(ROUTINE, SEEDS)
def test_safety_words_silence_at_once_from_any_state(trained: Routine | None, seed: Seed) -> None:
    for _, _, (session, _) in run(trained, seed):
        for command in sorted(SAFETY):
            later, effects = advance(session, Commanded(command))
            if session.state is State.FINISHED:
                assert effects == ()
            else:
                assert effects[0] == Hold(command)
                if (session.question, command) == (Question.HURT_BACK, Command.IT_HURTS):
                    continue  # "my back hurts" is the answer
                assert later.held or later.kind is SegmentKind.WAY_OUT
                assert later.state not in (State.PLAYING, State.FINISHED)


@given(ROUTINE, SEEDS)
def test_until_a_timer_is_due_time_moves_nothing_but_the_clocks(trained: Routine | None, seed: Seed) -> None:
    """The real-time loop tells a session of the time only then, and before every other event."""
    for _, _, (session, _) in run(trained, seed):
        until_s = min(next_due_s(session), session.now_s + A_DAY_S)
        if until_s > session.now_s and session.state is not State.FINISHED:
            later, effects = advance(session, Elapsed(until_s))
            assert effects == ()
            assert open_commands(later) == open_commands(session)
            stands_still = session.contact.lost and session.state is State.PAUSED  # a pause without a device
            mode = later.mode if stands_still else session.mode
            assert later == replace(session, now_s=until_s, clock=later.clock, mode=mode)


@given(ROUTINE, SEEDS)
def test_reps_recorded_are_never_more_than_planned(trained: Routine | None, seed: Seed) -> None:
    for _, _, (session, _) in run(trained, seed):
        keys = [(entry.exercise, entry.set_no, entry.side) for entry in session.record.sets]
        assert len(keys) == len(set(keys))
        assert all(0 <= entry.done <= entry.planned for entry in session.record.sets)
        assert session.block is None or session.done <= session.block.reps


@given(ROUTINE, SEEDS)
def test_only_a_move_changes_the_position_of_the_body(trained: Routine | None, seed: Seed) -> None:
    for before, _, (after, _) in run(trained, seed):
        if after.position is not before.position:
            assert before.kind is SegmentKind.MOVE
            assert after.position in (before.step.position, before.step.from_position)


@given(ROUTINE, SEEDS)
def test_nothing_is_played_in_a_position_she_is_not_in(trained: Routine | None, seed: Seed) -> None:
    for _, _, (session, effects) in run(trained, seed):
        for effect in effects:
            if isinstance(effect, Play) and effect.step.kind is SegmentKind.MOVE:
                assert effect.step.from_position is session.position
            elif isinstance(effect, Play) and effect.step.kind is not SegmentKind.REST:
                assert effect.step.position is session.position, effect.step


@given(ROUTINE, SEEDS)
def test_the_end_is_the_end(trained: Routine | None, seed: Seed) -> None:
    for before, _, (after, effects) in run(trained, seed):
        if before.state is State.FINISHED:
            assert (after, effects) == (before, ())
        assert (after.state is State.FINISHED) == (after.record.reason is not None)


@given(ROUTINE, SEEDS)
def test_the_same_events_give_the_same_session(trained: Routine | None, seed: Seed) -> None:
    assert run(trained, seed) == run(trained, seed)


@given(ROUTINE, SEEDS)
def test_what_is_closed_changes_nothing_but_that_she_was_heard(trained: Routine | None, seed: Seed) -> None:
    for session, event, (after, effects) in run(trained, seed):
        if isinstance(event, Commanded) and event.command not in open_commands(session):
            assert after.state is session.state or session.state is State.ASKING
            assert effects == () or session.state is State.ASKING


@given(st.sampled_from(ROUTINES), SEEDS)
def test_everything_that_is_played_can_be_built(trained: Routine, seed: Seed) -> None:
    for _, _, (session, effects) in run(trained, seed):
        for effect in effects:
            if isinstance(effect, Play) and session.routine is not None:
                assert isinstance(step_texts(session.routine, effect.step, Shape(live=True, pace=effect.pace)), tuple)


@given(ROUTINE, SEEDS)
def test_no_spoken_sentence_begins_or_ends_with_a_phrase_that_is_open(trained: Routine | None, seed: Seed) -> None:
    for _, _, (session, effects) in run(trained, seed):
        for text in (line for effect in effects for line in said_by(effect)):
            assert not commands_at_the_ends(text, open_commands(session)), text


MEANT = {
    said: {phrase.command for phrase in meant}
    for said, meant in replace(load_table(), choices=(), efforts=()).meanings().items()
    if said not in SAID_BY_BOTH
}


def commands_at_the_ends(text: str, opened: frozenset[Command]) -> list[str]:
    sentences = [normal(part) for part in re.split(r"(?<=[.!?;:])\s+", text) if normal(part)]
    return [said for sentence in sentences for said in at_the_ends(sentence, MEANT.keys()) if MEANT[said] & opened]


def test_every_sentence_of_the_session_is_short() -> None:
    for part in ("ask", "good_bye", "help", "rest", "answers"):
        for text in _sentences(f"session.{part}"):
            assert estimate(text) <= 11.0, text


def _sentences(section: str) -> list[str]:
    import tomllib
    from pathlib import Path

    import coach.timeline.phrases as phrases_

    found = tomllib.loads((Path(phrases_.__file__).parent / "phrases" / "en.toml").read_text(encoding="utf-8"))
    for part in section.split("."):
        found = found[part]
    return [phrase(f"{section}.{key}") for key in found]


def test_a_whole_session_of_silence_ends() -> None:
    session, _ = start(load_routine("spine-strength"))
    for _ in range(4000):
        session, _ = advance(session, Elapsed(session.now_s + 10.0))
        session, _ = advance(session, SegmentEnded())
    assert session.state is State.FINISHED
    assert session.record.reason is EndReason.COMPLETED
