"""Respond to pain: silence, ten seconds to take it back, the way out, the doctor, then another exercise or the end."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import BodyPart, Command, pain_place_of
from coach.library.exercise import Position
from coach.session.cursor import begin, enter, go_on, good_bye, hold, leave
from coach.session.effects import HoldCause, Say
from coach.session.events import Commanded
from coach.session.mode import Question, Wait
from coach.session.mode_changes import going
from coach.session.record import EndReason
from coach.session.rules.jumps import ending, jump, steps_from
from coach.session.rules.questions import ask, to_pause
from coach.session.state import Outcome, Session
from coach.session.wording import announced, exercise_of, say
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step

NOWHERE = (SegmentKind.CHECK_IN, SegmentKind.WELCOME, SegmentKind.FINISH)
"""Here she is in no position that she would have to get out of."""
LOWER = (Position.STANDING, Position.HANDS_AND_KNEES, Position.FACE_DOWN)  # from high to low


def it_hurts(session: Session, said: Commanded) -> Outcome:
    """Silence and hold at once. Said again, lead her out at once. Where it hurts is kept."""
    again = session.question is Question.HURT or session.leading_out
    session = _place_kept(session if again else _placeless(session), said)
    if again:
        session, silence = hold(session, said.command)
        session, effects = way_out(session)
        return session, (silence, *effects)
    return ask(session, Question.HURT, said.command, parked=())


def _place_kept(session: Session, said: Commanded) -> Session:
    """Keep the place that she named, so that it is not asked again."""
    place = pain_place_of(said.value) if said.command is Command.IT_HURTS else None
    return session if place is None else replace(session, record=session.record.with_pain_place(place))


def _placeless(session: Session) -> Session:
    return replace(session, record=replace(session.record, pain_place=None))


def lead_out(session: Session, said: Commanded) -> Outcome:
    """Lead her out at once: whatever she meant by yes or no, out of it is safe."""
    return it_hurts(session, said)


def false_alarm(session: Session, _: Commanded) -> Outcome:
    """Pause, as she is fine: only she goes on."""
    return to_pause(_placeless(session), Wait.PAUSE, (say("false_alarm"),))


def way_out(session: Session) -> Outcome:
    """Lead her out of her position, and record what hurt."""
    if session.leading_out:
        return begin(session, session.step, (say("way_out"),))
    step = _way_out_step(session)
    in_move, nowhere = session.kind is SegmentKind.MOVE, session.kind in NOWHERE
    session = replace(_pain_recorded(session), steps=(*session.steps[: session.index + 1], step))
    if in_move:
        return enter(session, session.index + 1, (say("out_of_it"),))
    if nowhere:  # in the check-in, the welcome or the finish there is nothing to get out of
        return after_way_out(replace(session, index=session.index + 1))
    return enter(session, session.index + 1, (say("way_out"),))


def _way_out_step(session: Session) -> Step:
    """Return the step that leads out of here. In a move she may be at its lower end: the way up is never left out."""
    step = session.step
    ends = (step.position, step.from_position or step.position)
    position = max(ends, key=LOWER.index) if step.kind is SegmentKind.MOVE else session.position
    return Step(
        SegmentKind.WAY_OUT, position, step.block, step.set_no, step.side, step.from_position,
        next_block=_block_after(step), variant=step.variant, balance=step.balance,
    )  # fmt: skip


def _block_after(step: Step) -> int | None:
    """Return the block after the one that is given up."""
    if step.balance or step.kind is SegmentKind.WARM_UP:
        return 0
    coming = step.next_block if step.kind is SegmentKind.MOVE else step.block
    return None if coming is None else coming + 1


def _pain_recorded(session: Session) -> Session:
    """Record the interrupted set and the exercise that hurt."""
    if session.kind is SegmentKind.MOVE:
        lower = _way_out_step(session).position
        return replace(session, position=lower)
    session = leave(session, Command.IT_HURTS)
    exercise = exercise_of(session.routine, session.step)
    return session if exercise is None else replace(session, record=session.record.with_pain(exercise.id))


def out_of_it(session: Session, said: Commanded) -> Outcome:
    """Ask where it hurts, as she is out of the position. When nothing hurt, go on."""
    if session.step.at_the_end:
        return go_on(session, said.command)
    return after_way_out(session, said.command)


def after_way_out(session: Session, after: Command = Command.IT_HURTS) -> Outcome:
    """Name the doctor, every time; then ask where it hurts, unless she said so."""
    if session.record.pain_place is not None:
        return _by_place(session, Commanded(after), (say("doctor"),))
    return ask(session, Question.HURT_BACK, after, (say("doctor"),), parked=())


def place_named(session: Session, said: Commanded) -> Outcome:
    """Take the place that she names for the answer; pain without one is in the back."""
    return _by_place(_place_kept(session, said), said)


def back_hurts(session: Session, said: Commanded) -> Outcome:
    """End: pain in the back is all for today, and so is what was not understood there."""
    return _ending_in_pain(session, said, ())


def elsewhere_hurts(session: Session, said: Commanded) -> Outcome:
    """Offer another exercise, where there is one."""
    return _elsewhere(session, said, ())


def _by_place(session: Session, said: Commanded, say_first: tuple[str, ...] = ()) -> Outcome:
    elsewhere = session.record.pain_place not in (None, BodyPart.BACK)
    return _elsewhere(session, said, say_first) if elsewhere else _ending_in_pain(session, said, say_first)


def _ending_in_pain(session: Session, said: Commanded, say_first: tuple[str, ...]) -> Outcome:
    session, silence = hold(_place_recorded(session, in_back=True), said.command)
    session, effects = ending(session, EndReason.HURT, say_first)
    return session, (silence, *effects)


def _elsewhere(session: Session, said: Commanded, say_first: tuple[str, ...]) -> Outcome:
    session = _place_recorded(session, in_back=False)
    if _another(session) is None:
        return ending(session, EndReason.HURT, say_first)
    return ask(session, Question.HURT_NEXT, said.command, (*say_first, say("hurt_noted")))


def place_untold(session: Session) -> Outcome:
    """Take it for the back where nobody answers, and listen for her call."""
    return call_for_help(_place_recorded(session, in_back=True))


def _place_recorded(session: Session, *, in_back: bool) -> Session:
    """Record whether it was the back."""
    exercise = exercise_of(session.routine, session.step)
    name = "" if exercise is None else exercise.id
    return replace(session, record=session.record.with_pain_in_back(name, in_back))


def another(session: Session, said: Commanded) -> Outcome:
    """Go on with the next exercise."""
    block = _another(session)
    if block is None:
        return ending(session, EndReason.HURT)
    return jump(session, said.command, lambda position: steps_from(session, block, position), announced(session, block))


def no_other(session: Session, _: Commanded) -> Outcome:
    """End, as she wants no other exercise."""
    return ending(session, EndReason.HURT)


def _another(session: Session) -> int | None:
    block = session.step.next_block
    there = session.routine is not None and block is not None and block < len(session.routine.blocks)
    return block if there else None


def call_for_help(session: Session) -> Outcome:
    """Say how to get help, as nobody answers after pain, and listen for five more minutes."""
    session, silence = hold(session, HoldCause.SPEECH)
    return going(session, Wait.CALL_FOR_HELP), (silence, Say((say("call_for_help"),), keep_ticks=False))


def finish_hurt(session: Session) -> Outcome:
    """End, because it hurt and nobody answered since."""
    return good_bye(replace(session, reason=EndReason.HURT))
