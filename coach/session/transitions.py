"""The transition table: what every command does in every state and kind of segment, as one literal.

A row names states, kinds and commands, and the one rule that holds for all of them. Rows never overlap and leave
nothing out, so their order does not matter. `Closed` says why nothing happens. `ANSWERS` says what answers mean.
"""

from itertools import product

from coach.hearing.vocabulary.commands import Command
from coach.session.events import Commanded
from coach.session.rules.answers import help_here, how_many_left, time_left, whats_next, which_one
from coach.session.rules.before import (
    before_declined,
    before_given,
    cleared,
    no_walk,
    not_cleared,
    walk_instead,
)
from coach.session.rules.effort import effort_confirmed, effort_declined, effort_denied, effort_given
from coach.session.rules.ending import choose, end_now, end_said, end_workout
from coach.session.rules.going_on import done, past_gate, step_over
from coach.session.rules.hurt import (
    another,
    back_hurts,
    elsewhere_hurts,
    false_alarm,
    it_hurts,
    lead_out,
    no_other,
    out_of_it,
    place_named,
)
from coach.session.rules.jumps import back, set_again, skip, switch_sides
from coach.session.rules.pausing import emergency, last_words, pause, resume, stop
from coach.session.rules.questions import answered_no_to_end, how_to_answer, not_understood, repeat_question
from coach.session.rules.saying_again import announcement_again, rep_again, sentence_again, set_up_again
from coach.session.rules.stopping import all_right, in_trouble, it_was_not, it_was_stop, not_all_right, on_again
from coach.session.rules.tuning import (
    faster,
    louder,
    more_rest,
    other_variant,
    quieter,
    slower,
    speak_faster,
    speak_slower,
    too_hard,
)
from coach.session.rules.undoing import as_before, corrects, fresh_undo, never_mind
from coach.session.rules.usable import statement_answered, statements_later, statements_never
from coach.session.rules.walking import calmer, quicker, words_again
from coach.session.rules.who import person_named
from coach.session.state import Closed, Outcome, Question, Rule, Session, State, Wait
from coach.timeline.cue import SegmentKind

C = Command
K = SegmentKind

PLAYS = (State.WAITING, State.PLAYING)
PAUSED, ASKING, FINISHED = (State.PAUSED,), (State.ASKING,), (State.FINISHED,)
UNDER_WAY = PLAYS + PAUSED

EVERY_KIND = tuple(K)
AROUND = (K.CHECK_IN, K.WARM_UP, K.WIND_DOWN)
SPOKEN = (K.WELCOME, K.MOVE, K.SETUP, K.SWITCH, K.WAY_OUT, K.FINISH, K.EFFORT, *AROUND)
AT_AN_EXERCISE = (K.SETUP, K.GATE, K.SET, K.SWITCH, K.REST)
NOT_IN_A_SET = (*SPOKEN, K.GATE, K.REST, K.WALK)
NOT_IN_A_WALK = tuple(kind for kind in K if kind is not K.WALK)

Row = tuple[tuple[State, ...], tuple[K, ...], tuple[C, ...]]

TRANSITIONS: dict[Row, Rule | Closed] = {
    # Safety words, from anywhere.
    (UNDER_WAY + ASKING, EVERY_KIND, (C.IT_HURTS,)): it_hurts,
    (UNDER_WAY + ASKING, EVERY_KIND, (C.EMERGENCY,)): emergency,
    (UNDER_WAY + ASKING, EVERY_KIND, (C.STOP,)): stop,
    (UNDER_WAY + ASKING, EVERY_KIND, (C.PAUSE,)): pause,
    (UNDER_WAY + ASKING, EVERY_KIND, (C.END_WORKOUT,)): end_workout,
    # Ready.
    (PLAYS, (K.WELCOME, K.MOVE, K.GATE, K.SWITCH, K.REST, K.EFFORT, *AROUND), (C.READY,)): step_over,
    (PLAYS, (K.SETUP,), (C.READY,)): past_gate,
    (PLAYS, (K.WAY_OUT,), (C.READY,)): out_of_it,
    (PLAYS, (K.SET, K.WALK), (C.READY,)): Closed("she is at it already"),
    (PLAYS, (K.FINISH,), (C.READY,)): Closed("nothing comes after the good-bye"),
    (PAUSED, EVERY_KIND, (C.READY, C.RESUME)): resume,
    (PLAYS, EVERY_KIND, (C.RESUME,)): Closed("nothing is paused"),
    # On.
    (UNDER_WAY, (K.WELCOME, K.MOVE, *AT_AN_EXERCISE, K.EFFORT, K.WALK, K.FINISH, *AROUND), (C.NEXT,)): step_over,
    (UNDER_WAY, (K.WELCOME, K.MOVE, *AT_AN_EXERCISE, K.EFFORT, K.WALK, K.FINISH, *AROUND), (C.DONE,)): done,
    (UNDER_WAY, (K.WAY_OUT,), (C.NEXT, C.DONE)): out_of_it,
    (UNDER_WAY, (K.MOVE, *AT_AN_EXERCISE), (C.SKIP,)): skip,
    (UNDER_WAY, (K.WELCOME, K.EFFORT, K.WALK, *AROUND), (C.SKIP,)): step_over,
    (UNDER_WAY, (K.WAY_OUT,), (C.SKIP, C.BACK)): Closed("the way out comes first"),
    (UNDER_WAY, (K.FINISH,), (C.SKIP, C.BACK)): Closed("every exercise is over"),
    # Again.
    (PLAYS, SPOKEN, (C.REPEAT, C.START_AGAIN)): sentence_again,
    (PLAYS, (K.WALK,), (C.REPEAT, C.START_AGAIN)): words_again,
    (PLAYS, (K.GATE,), (C.REPEAT, C.START_AGAIN)): set_up_again,
    (PLAYS, (K.REST,), (C.REPEAT, C.START_AGAIN)): announcement_again,
    (PLAYS, (K.SET,), (C.REPEAT,)): rep_again,
    (UNDER_WAY, (K.SET,), (C.START_AGAIN,)): set_again,
    (PAUSED, EVERY_KIND, (C.REPEAT,)): last_words,
    (PAUSED, NOT_IN_A_SET, (C.START_AGAIN,)): last_words,
    (UNDER_WAY, (K.WELCOME, K.WARM_UP, K.MOVE, *AT_AN_EXERCISE), (C.BACK,)): back,
    (UNDER_WAY, (K.EFFORT, K.WALK, K.CHECK_IN, K.WIND_DOWN), (C.BACK,)): Closed("there is no set-up to go back to"),
    # How it is done.
    (UNDER_WAY, EVERY_KIND, (C.SLOWER,)): slower,
    (UNDER_WAY, EVERY_KIND, (C.FASTER,)): faster,
    (UNDER_WAY, EVERY_KIND, (C.LOUDER,)): louder,
    (UNDER_WAY, EVERY_KIND, (C.QUIETER,)): quieter,
    (UNDER_WAY, NOT_IN_A_WALK, (C.EASIER,)): too_hard,
    (UNDER_WAY, NOT_IN_A_WALK, (C.HARDER,)): other_variant,
    (UNDER_WAY, EVERY_KIND, (C.SPEAK_SLOWER,)): speak_slower,
    (UNDER_WAY, EVERY_KIND, (C.SPEAK_FASTER,)): speak_faster,
    (UNDER_WAY, (K.WALK,), (C.EASIER,)): calmer,
    (UNDER_WAY, (K.WALK,), (C.HARDER,)): quicker,
    (UNDER_WAY, EVERY_KIND, (C.MORE_REST,)): more_rest,
    (UNDER_WAY, (K.SETUP, K.GATE, K.SET, K.REST), (C.SWITCH_SIDES,)): switch_sides,
    (UNDER_WAY, (K.SWITCH,), (C.SWITCH_SIDES,)): Closed("she is changing sides already"),
    (UNDER_WAY, (K.WELCOME, K.MOVE, K.WAY_OUT, K.FINISH, K.EFFORT, K.WALK, *AROUND), (C.SWITCH_SIDES,)):
        Closed("no side here"),
    # What she asks.
    (UNDER_WAY, EVERY_KIND, (C.HOW_MANY_LEFT,)): how_many_left,
    (UNDER_WAY, EVERY_KIND, (C.TIME_LEFT,)): time_left,
    (UNDER_WAY, EVERY_KIND, (C.WHATS_NEXT,)): whats_next,
    (UNDER_WAY, EVERY_KIND, (C.HELP,)): help_here,
    (UNDER_WAY, EVERY_KIND, (C.WHICH_ONE,)): which_one,
    (UNDER_WAY, EVERY_KIND, (C.NEVER_MIND,)): never_mind,
    # What she answers.
    (UNDER_WAY, EVERY_KIND, (C.YES, C.NO, C.NUMBER, C.FALSE_ALARM, C.LATER, C.NEVER)): Closed("nothing was asked"),
    (ASKING, EVERY_KIND, (C.REPEAT, C.RESUME)): repeat_question,
    (ASKING, EVERY_KIND, (C.HELP,)): how_to_answer,
    (ASKING, EVERY_KIND, (
        C.YES, C.NO, C.NUMBER, C.FALSE_ALARM, C.READY, C.NEXT, C.DONE, C.START_AGAIN, C.BACK, C.SKIP, C.SLOWER,
        C.FASTER, C.LOUDER, C.QUIETER, C.HOW_MANY_LEFT, C.TIME_LEFT, C.WHATS_NEXT, C.EASIER, C.HARDER, C.MORE_REST,
        C.SWITCH_SIDES, C.LATER, C.NEVER, C.SPEAK_SLOWER, C.SPEAK_FASTER, C.WHICH_ONE, C.NEVER_MIND,
    )): not_understood,
    # The end.
    (FINISHED, EVERY_KIND, tuple(C)): Closed("the session is over"),
}  # fmt: skip

ANSWERS: dict[tuple[Question, C], Rule] = {
    (Question.WHO, C.NUMBER): person_named,
    (Question.ROUTINE, C.NUMBER): choose,
    (Question.END, C.YES): end_said,
    (Question.END, C.END_WORKOUT): end_now,
    (Question.END, C.NO): answered_no_to_end,
    (Question.END, C.NEVER_MIND): answered_no_to_end,
    (Question.END_SURE, C.YES): end_now,
    (Question.END_SURE, C.END_WORKOUT): end_now,
    (Question.END_SURE, C.NO): answered_no_to_end,
    (Question.END_SURE, C.RESUME): answered_no_to_end,
    (Question.END_SURE, C.NEVER_MIND): answered_no_to_end,
    (Question.ALL_RIGHT, C.YES): all_right,
    (Question.ALL_RIGHT, C.FALSE_ALARM): all_right,
    (Question.ALL_RIGHT, C.NO): not_all_right,
    (Question.ALL_RIGHT, C.RESUME): on_again,
    (Question.HURT, C.FALSE_ALARM): false_alarm,
    (Question.HURT, C.YES): lead_out,
    (Question.HURT, C.NO): lead_out,
    (Question.HURT_BACK, C.IT_HURTS): place_named,
    (Question.HURT_BACK, C.YES): back_hurts,
    (Question.HURT_BACK, C.NO): elsewhere_hurts,
    (Question.HURT_NEXT, C.YES): another,
    (Question.HURT_NEXT, C.NO): no_other,
    (Question.STOP, C.YES): it_was_stop,
    (Question.STOP, C.NO): it_was_not,
    (Question.EFFORT, C.NUMBER): effort_given,
    (Question.EFFORT, C.SKIP): effort_declined,
    (Question.EFFORT_SURE, C.NUMBER): effort_given,
    (Question.EFFORT_SURE, C.YES): effort_confirmed,
    (Question.EFFORT_SURE, C.NO): effort_denied,
    (Question.EFFORT_SURE, C.SKIP): effort_declined,
    (Question.EFFORT_SURE, C.NEVER_MIND): effort_denied,
    (Question.BEFORE, C.NUMBER): before_given,
    (Question.BEFORE, C.SKIP): before_declined,
    (Question.BEFORE, C.NEXT): before_declined,
    (Question.BEFORE, C.READY): before_declined,
    (Question.CLEARED, C.YES): cleared,
    (Question.CLEARED, C.NO): not_cleared,
    (Question.WALK, C.YES): walk_instead,
    (Question.WALK, C.NO): no_walk,
    (Question.TROUBLE, C.YES): it_was_not,
    (Question.TROUBLE, C.NO): in_trouble,
    (Question.TROUBLE, C.DONE): step_over,
    (Question.USABLE, C.NUMBER): statement_answered,
    (Question.USABLE, C.LATER): statements_later,
    (Question.USABLE, C.SKIP): statements_later,
    (Question.USABLE, C.NEVER): statements_never,
}


def answers_to(question: Question | None) -> frozenset[C]:
    """Return the commands that answer a question."""
    return frozenset(command for asked, command in ANSWERS if asked is question)


def spread(rows: dict[Row, Rule | Closed]) -> dict[tuple[State, K, C], Rule | Closed]:
    """Return the table with a key for every (state, kind, command). Raises ValueError where two rows overlap."""
    table: dict[tuple[State, K, C], Rule | Closed] = {}
    for (states, kinds, commands), rule in rows.items():
        for key in product(states, kinds, commands):
            if key in table:
                raise ValueError(f"listed twice: {key}")
            table[key] = rule
    return table


TABLE = spread(TRANSITIONS)

IN_AN_EMERGENCY = frozenset({
    C.IT_HURTS, C.EMERGENCY, C.STOP, C.PAUSE, C.RESUME, C.END_WORKOUT, C.REPEAT, C.HELP, C.LOUDER, C.QUIETER,
})  # fmt: skip
"""What stays open after a call for help: "ready" and "next" are said too easily."""

GOES_ON = frozenset({C.READY, C.RESUME, C.NEXT, C.DONE, C.SKIP, C.BACK, C.START_AGAIN, C.SWITCH_SIDES, C.MORE_REST})
"""In a pause these first ask the question that was put aside."""


def rule_for(session: Session, command: C) -> Rule | Closed:
    """Return what a command does to this session now."""
    if session.state is State.PAUSED and session.wait is Wait.EMERGENCY and command not in IN_AN_EMERGENCY:
        return Closed("after a call for help only she resumes or ends")
    if session.state is State.PAUSED and session.parked and command in GOES_ON:
        return resume
    if command is C.NUMBER and corrects(session):
        return corrected
    return rule_in(session.state, session.kind, session.question, command)


def corrected(session: Session, said: Commanded) -> Outcome:
    """Answer the question before with this number instead."""
    undo = fresh_undo(session)
    if undo is None:
        return session, ()
    before = as_before(session, undo)
    rule = rule_in(before.state, before.kind, before.question, said.command)
    return (session, ()) if isinstance(rule, Closed) else rule(before, said)


def rule_in(state: State, kind: K, question: Question | None, command: C) -> Rule | Closed:
    """Return what a command does in a state, whatever else the session holds."""
    if state is State.ASKING and question and (question, command) in ANSWERS:
        return ANSWERS[question, command]
    return TABLE[state, kind, command]


def opens(rule: Rule | Closed) -> bool:
    """Tell whether a rule does something. While a question stands, what is no answer to it does not."""
    return not isinstance(rule, Closed) and rule is not not_understood
