"""Follow a session, and write what is new to the history, rep by rep."""

from collections.abc import Sequence
from datetime import date

from coach.session.record import Record, SetDone
from coach.session.state import Session, State
from coach.timeline.cue import SegmentKind
from coach.timeline.grid import phase_length
from coach.timeline.step import Step
from coach.timeline.subject import exercise_of
from coach.training.bout import DifficultyWish
from coach.training.dose import Dose
from coach.training.writer import HistoryWriter, PlannedBlock

_Key = tuple[int, int, str | None]
FIRST_SIDE = "right"
"""Where the balance hold has not come to a foot yet."""


class Follower:
    """Follows one session. `see` costs a few comparisons and never waits for the disk."""

    def __init__(
        self, writer: HistoryWriter, blocks: Sequence[PlannedBlock], day: date, barred_by: int | None = None
    ) -> None:
        """Take what is planned. `barred_by`: the session that she is asked about first."""
        self._writer = writer
        self._day = day
        self._barred_by = barred_by
        self._blocks = blocks
        self._seen: Session | None = None
        self._whole: Session | None = None
        """The last session whose record was written whole."""
        self._failed: tuple[tuple[Record, int, State], Exception] | None = None
        """Where writing the record failed: it is not tried again before anything changes."""
        self._over = False
        self._running: _Key | None = None
        self._kept: dict[tuple[str, int, str | None], int] = {}
        """By exercise, set and side: the block in which a finished set was written."""

    def see(self, session: Session) -> None:
        """Write what is new since the last look. What fails is tried again at the next step, the rest is kept."""
        before, self._seen = self._seen, session
        try:
            self._catch_up(session)
        finally:
            self._going_on(before, session)

    def _catch_up(self, session: Session) -> None:
        """Write what is new in the record since it was last written whole."""
        if self._whole is None or self._whole.record is not session.record:
            at = (session.record, session.index, session.state)
            if self._failed is not None and self._failed[0] == at:
                raise self._failed[1].with_traceback(None)
            try:
                self._record(self._whole, session)
            except Exception as fault:
                self._failed = (at, fault)
                raise
        self._whole, self._failed = session, None

    def _going_on(self, before: Session | None, session: Session) -> None:
        """Write the set that runs, and the end."""
        if session.kind is SegmentKind.SET and session.state is State.PLAYING:
            self._set(before, session)
        if session.state is State.FINISHED and not self._over:
            self._writer.finish(str(session.record.reason or session.reason), session.now_s)
            self._over = True

    def _set(self, before: Session | None, session: Session) -> None:
        step = session.step
        if step.balance:
            self._held(before, session)
        if step.block is None:
            return
        key = (step.block, step.set_no or 1, _side(step.side))
        if key != self._running or (before and session.pace != before.pace):
            dose, tempo = self._dose(session, step.block), _tempo(session, step)
            self._writer.set_began(*_began(key, dose), first_rep=max(step.first_rep, session.done + 1), tempo=tempo)
            self._running = key
        if before is None or session.done != before.done:
            self._writer.rep_done(session.done)

    def _held(self, before: Session | None, session: Session) -> None:
        """Write a hold as soon as it is over, so that a kill costs none."""
        block = session.block
        if block is not None and before is not None and session.done > before.done:
            side = _side(session.step.side) or FIRST_SIDE
            self._writer.held(block.exercise.id, side, block.reps, session.done, None)

    def _record(self, before: Session | None, session: Session) -> None:
        """Write finished sets, pain and wishes as the record has them."""
        old = before.record if before else None
        for entry in session.record.sets:
            if old is None or entry not in old.sets:
                self._finished(entry, before, session)
        self._holds(old, session)
        for told, effort in session.record.efforts:
            if old is None or (told, effort) not in old.efforts:
                self._writer.effort(told, effort)
        for answered in session.record.in_back:
            if old is None or answered not in old.in_back:
                self._writer.hurt_in_back(answered[1])
        self._before(old, session.record)
        self._usability(old, session.record)
        block = session.step.block
        if block is None:
            return
        for exercise in session.record.pain:
            if old is None or exercise not in old.pain:
                self._writer.hurt(self._block_of(exercise, block), self._dose(session, block))
        for exercise, wish in session.record.wishes:
            if old is None or (exercise, wish) not in old.wishes:
                self._writer.wish(self._block_of(exercise, block), DifficultyWish(wish))

    def _holds(self, old: Record | None, session: Session) -> None:
        """Write the balance hold: what ended, what hurt, what she asked for."""
        record, routine = session.record, session.routine
        for entry in record.holds:
            if old is None or entry not in old.holds:
                side = _side(entry.side) or FIRST_SIDE
                self._writer.held(entry.exercise, side, entry.planned, entry.done, entry.ended_by)
        if not session.step.balance or routine is None or routine.balance is None:
            return
        at = (routine.balance.exercise.id, _side(session.step.side) or FIRST_SIDE, routine.balance.reps)
        if at[0] in record.pain and (old is None or at[0] not in old.pain):
            self._writer.hold_hurt(*at)
        for exercise, wish in record.wishes:
            if exercise == at[0] and (old is None or (exercise, wish) not in old.wishes):
                self._writer.hold_wish(*at, DifficultyWish(wish))

    def _before(self, old: Record | None, record: Record) -> None:
        """Write what she answered before the session."""
        if record.back_before is not None and (old is None or old.back_before != record.back_before):
            self._writer.back_before(record.back_before)
        if record.cleared and self._barred_by is not None and not (old and old.cleared):
            self._writer.clear_session(self._barred_by, self._day)

    def _usability(self, old: Record | None, record: Record) -> None:
        """Write how usable she finds the coach; the last answer may be corrected."""
        said, answers = record.usability_said, record.usability
        if said is not None and (old is None or (old.usability_said, old.usability) != (said, answers)):
            self._writer.usability(said, answers)

    def _finished(self, entry: SetDone, before: Session | None, session: Session) -> None:
        block = self._block_done(entry, before, session)
        key = (block, entry.set_no, _side(entry.side))
        dose = Dose(entry.exercise, self._blocks[block].dose.sets, entry.planned, self._blocks[block].dose.load)
        self._writer.set_done(*_began(key, dose), entry.done, entry.ended_by, entry.pain, entry.pauses)
        self._kept[(entry.exercise, *key[1:])] = block
        if key == self._running:
            self._running = None

    def _block_done(self, entry: SetDone, before: Session | None, session: Session) -> int:
        """Return the block of a set: that of the step she left, the one that has it already, the one that runs."""
        left, at = (before or session).step, (entry.set_no, _side(entry.side))
        if _is_done(entry, left, session):
            return left.block or 0
        kept = self._kept.get((entry.exercise, *at))
        if kept is None and self._running is not None and self._running[1:] == at:
            return self._running[0]
        return self._block_of(entry.exercise, left.block or 0) if kept is None else kept

    def _block_of(self, exercise: str, near: int) -> int:
        """Return the block an exercise (or its variant) belongs to: the one at hand, else the first of that name."""
        if self._running is not None and near != self._running[0]:
            near = self._running[0] if self._blocks[self._running[0]].dose.exercise == exercise else near
        if self._blocks[near].dose.exercise == exercise:
            return near
        return next((n for n, block in enumerate(self._blocks) if block.dose.exercise == exercise), near)

    def _dose(self, session: Session, block: int) -> Dose:
        planned = self._blocks[block].dose
        shown = session.routine.blocks[block] if session.routine else None
        return planned if shown is None else Dose(planned.exercise, shown.sets, shown.reps, planned.load)


def _is_done(entry: SetDone, step: Step, session: Session) -> bool:
    """Tell whether a set is the one that a step was."""
    if step.kind is not SegmentKind.SET or step.block is None or session.routine is None:
        return False
    same = exercise_of(session.routine, step).id == entry.exercise
    return same and (step.set_no or 1, _side(step.side)) == (entry.set_no, _side(entry.side))


def _tempo(session: Session, step: Step) -> str | None:
    """Return the seconds of a rep's phases, as "pull 3, lower 3"."""
    if session.routine is None:
        return None
    phases = {phase.name: phase for phase in exercise_of(session.routine, step).phases if not phase.first_only}
    return ", ".join(f"{name} {phase_length(phase, session.pace):g}" for name, phase in phases.items())


def _side(side: object) -> str | None:
    return None if side is None else str(side)


def _began(key: _Key, dose: Dose) -> tuple[int, Dose, int, str | None]:
    block, set_no, side = key
    return block, dose, set_no, side
