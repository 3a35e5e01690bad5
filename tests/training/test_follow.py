"""Following a session: what the record has is in the history, and each rep is there before the set ends."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.library.files import load_routine
from coach.library.routine import Routine
from coach.session.events import Commanded, Elapsed, Event, PhaseBegan, RepDone, SegmentEnded, SpeechEnded
from coach.session.machine import Question, Session, State, advance, start
from coach.timeline.cue import SegmentKind
from coach.training.dose import Dose
from coach.training.follow import Follower
from coach.training.history import History, SessionRow
from coach.training.shape import sides_of
from coach.training.usability.asked import asked_so_far
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import MONDAY

ROUTINE = load_routine("spine-strength")
SHORT = replace(ROUTINE, balance=None, blocks=tuple(replace(block, reps=3, sets=2) for block in ROUTINE.blocks[:2]))


def planned(routine: Routine) -> list[PlannedBlock]:
    return [
        PlannedBlock(Dose(block.exercise.id, block.sets, block.reps), sides_of(block.exercise))
        for block in routine.blocks
    ]


def trained(
    path: Path,
    interfere: Callable[[Session], Event | None] | None = None,
    *,
    asks_usability: bool = False,
    routine: Routine = SHORT,
) -> tuple[Session, SessionRow]:
    """Play a session by its events alone, with one chance to interfere after each; return it and its row."""
    blocks = planned(routine)
    writer = HistoryWriter(path)
    writer.begin(routine.id, blocks, datetime.now(UTC), MONDAY, rehearsed=False)
    follower = Follower(writer, blocks, MONDAY)
    session, _ = start(routine, asks_usability=asks_usability)
    follower.see(session)
    for _ in range(600):
        if session.state is State.FINISHED:
            break
        session, _ = advance(session, (interfere and interfere(session)) or usual(session))
        follower.see(session)
    writer.close()
    assert writer.problem is None
    (row,) = History.open(path).sessions()
    return session, row


def usual(session: Session) -> Event:
    """What happens next when nobody interferes."""
    if session.state is State.ASKING:
        return Commanded(Command.NO)
    if session.state in (State.WAITING, State.PAUSED) or session.kind in (SegmentKind.SWITCH, SegmentKind.MOVE):
        return Commanded(Command.READY)
    if session.kind is SegmentKind.SET and session.done < 3:
        return RepDone(session.done + 1) if session.rep else PhaseBegan("pull", session.done + 1)
    return SpeechEnded() if session.answering else SegmentEnded()


def rows_of(session: Session) -> list[tuple[object, ...]]:
    return sorted(
        (entry.exercise, entry.set_no, str(entry.side), entry.done, entry.ended_by, entry.pain)
        for entry in session.record.sets
    )


def in_history(row: SessionRow) -> list[tuple[object, ...]]:
    return sorted((s.exercise, s.set_no, str(s.side), s.done, s.ended_by, s.pain) for s in row.sets)


def test_a_whole_session_is_in_the_history_as_in_the_record(tmp_path: Path) -> None:
    session, row = trained(tmp_path / "h.sqlite3")
    assert session.state is State.FINISHED
    assert in_history(row) == rows_of(session)
    assert len(row.sets) == 6
    assert row.reason == "completed"


def test_a_set_ended_by_a_word_names_the_word(tmp_path: Path) -> None:
    said: list[Command] = []

    def done_after_two(session: Session) -> Event | None:
        if session.kind is SegmentKind.SET and session.done == 2 and not said:
            said.append(Command.DONE)
            return Commanded(Command.DONE)
        return None

    session, row = trained(tmp_path / "h.sqlite3", done_after_two)
    assert in_history(row) == rows_of(session)
    assert (row.sets[0].done, row.sets[0].ended_by) == (2, "done")


def test_pain_is_in_the_history_with_the_reps_before_it(tmp_path: Path) -> None:
    said: list[Command] = []

    def hurts(session: Session) -> Event | None:
        if session.kind is SegmentKind.SET and session.done == 1 and not said:
            said.append(Command.IT_HURTS)
            return Commanded(Command.IT_HURTS)
        if session.question is Question.HURT:
            return Elapsed(session.now_s + 1.0)  # no "I'm fine"
        if session.state is State.ASKING:
            return Commanded(Command.YES)
        return None

    session, row = trained(tmp_path / "h.sqlite3", hurts)
    assert session.record.pain == ("one-arm-row",)
    assert row.reason == "hurt"
    assert row.sets[0].pain
    assert row.sets[0].done == 1


def test_a_corrected_answer_to_the_usability_scale_is_the_one_in_the_history(tmp_path: Path) -> None:
    corrections = [Commanded(Command.NUMBER, 2)]

    def answers(session: Session) -> Event | None:
        if session.question is Question.USABLE:
            return Commanded(Command.NUMBER, 5)
        return corrections.pop() if session.record.usability_said and corrections else None

    session, _ = trained(tmp_path / "h.sqlite3", answers, asks_usability=True)
    (asked,) = asked_so_far(History.open(tmp_path / "h.sqlite3"))
    assert asked.answers == session.record.usability == (5,) * 9 + (2,)


FLOOR = replace(
    ROUTINE,
    balance=None,
    blocks=tuple(replace(block, reps=3, sets=2) for block in (ROUTINE.blocks[1], *ROUTINE.blocks[4:])),
)
"""Standing, then on the floor, where the second exercise has a harder variant."""
HARDER = "back-extension-arms"


def written(path: Path) -> list[tuple[int, str, int, int]]:
    """Return (block, exercise, set, reps done) of every set in the history."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT block, exercise, set_no, done FROM set_done ORDER BY block, set_no").fetchall()


def harder_then(words: Command) -> Callable[[Session], Event | None]:
    """Ask for the harder variant before block 1 begins, and say something after the first rep of it."""
    said: list[Command] = []

    def interfere(session: Session) -> Event | None:
        if session.state is State.ASKING and session.question in (Question.END, Question.END_SURE):
            return Commanded(Command.YES)
        at_block, first = session.step.block == 1, not said
        if at_block and first and session.kind is SegmentKind.GATE:
            said.append(Command.HARDER)
            return Commanded(Command.HARDER)
        if (
            at_block
            and len(said) == 1
            and session.kind is SegmentKind.SET
            and session.step.variant
            and session.done == 1
        ):
            said.append(words)
            return Commanded(words)
        return None

    return interfere


@pytest.mark.parametrize("words", [Command.SKIP, Command.END_WORKOUT])
@pytest.mark.parametrize("order", [(0, 1), (0, 1, 0)])
def test_a_variants_set_that_is_left_stays_in_its_own_block(
    tmp_path: Path, words: Command, order: tuple[int, ...]
) -> None:
    routine = replace(FLOOR, blocks=tuple(FLOOR.blocks[n] for n in order))
    session, row = trained(tmp_path / "h.sqlite3", harder_then(words), routine=routine)
    assert any(entry.exercise == HARDER and entry.done == 1 for entry in session.record.sets)
    kept = written(tmp_path / "h.sqlite3")
    assert {exercise for block, exercise, *_ in kept if block != 1} == {FLOOR.blocks[0].exercise.id}
    assert [(block, set_no, done) for block, exercise, set_no, done in kept if exercise == HARDER] == [(1, 1, 1)]
    assert next(one for one in row.sets if one.exercise == HARDER).ended_by == str(words)


def test_pain_told_before_an_exercise_comes_again_is_kept_in_the_set_that_was_done(tmp_path: Path) -> None:
    said: list[Command] = []

    def hurts(session: Session) -> Event | None:
        if session.question is Question.HURT:
            return Elapsed(session.now_s + 10.0)
        if session.kind is SegmentKind.SETUP and session.step.block == 1 and not said:
            said.append(Command.IT_HURTS)
            return Commanded(Command.IT_HURTS)
        return None

    twice = replace(SHORT, blocks=(SHORT.blocks[1], SHORT.blocks[1]))
    trained(tmp_path / "h.sqlite3", hurts, routine=twice)
    exercise = SHORT.blocks[1].exercise.id
    assert [one for one in written(tmp_path / "h.sqlite3") if one[3]] == [(0, exercise, 1, 3), (0, exercise, 2, 3)]
