"""Go on to the next segment: by ready, next and done, and by itself where nobody is heard."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command, Enough, value_of
from coach.session.cursor import enter, go_on, leave
from coach.session.effects import Say
from coach.session.events import Commanded
from coach.session.mode import Wait
from coach.session.mode_changes import waiting
from coach.session.record import EndReason, StepEnd
from coach.session.rules.ending import end_workout
from coach.session.rules.hurt import call_for_help
from coach.session.state import Outcome, Session
from coach.session.wording import resting, say
from coach.timeline.cue import SegmentKind


def step_over(session: Session, said: Commanded) -> Outcome:
    """End this segment. A set ends at the reps done, and the record names the command."""
    return go_on(session, said.command)


def done(session: Session, said: Commanded) -> Outcome:
    """End this segment. "That's enough" outside a set asks whether to end."""
    if said.value == value_of(Command.DONE, Enough.ALL) and session.kind is not SegmentKind.SET:
        return end_workout(session, said)
    return step_over(session, said)


def past_gate(session: Session, said: Commanded) -> Outcome:
    """Skip the rest of the set-up and its gate, as she is ready already."""
    coming = session.index + 1
    if coming + 1 < len(session.steps) and session.steps[coming].kind is SegmentKind.GATE:
        return enter(leave(session, said.command), coming + 1)
    return go_on(session, said.command)


def ask_for_ready(session: Session) -> Outcome:
    """Say again what to answer, unless the instructions are still being said."""
    if session.kind is not SegmentKind.GATE and not session.clock.over:
        return session, ()
    again = {SegmentKind.MOVE: "move_again", SegmentKind.SWITCH: "switch_again", SegmentKind.WAY_OUT: "way_out_again"}
    return session, (Say((say(again.get(session.kind, "gate_again")),), keep_ticks=False),)


def warn_going_on(session: Session) -> Outcome:
    """Say that it goes on by itself soon, and how to prevent that."""
    key = "not_heard" if session.kind is SegmentKind.GATE else "not_heard_move"
    return waiting(session, Wait.GOING_ON), (Say((say(key),), keep_ticks=False),)


def go_on_unheard(session: Session) -> Outcome:
    """Go on without an answer. The second time, say once that stops can't be heard either."""
    if session.reason in (EndReason.HURT, EndReason.EMERGENCY):
        return call_for_help(session)  # she may not be able to get up
    contact = replace(session.contact, unheard_gates=session.contact.unheard_gates + 1)
    is_new = contact.unheard_gates >= 2 and not contact.unheard_said
    session = replace(session, contact=replace(contact, unheard_said=contact.unheard_said or is_new))
    return go_on(session, StepEnd.UNANSWERED, (say("unheard"),) if is_new else ())


def go_on_alone(session: Session) -> Outcome:
    """Go on by itself: she knows that she can't be heard."""
    return go_on(session, StepEnd.UNANSWERED)


def name_rest_position(session: Session) -> Outcome:
    """Say how to rest here."""
    return session, (Say(resting(session), keep_ticks=False),)
