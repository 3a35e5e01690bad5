"""Which large buttons there are now: at most four to steer with, or the answers to the question that stands."""

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.screen.state import Button
from coach.session.machine import open_commands
from coach.session.state import Question, Session, State

GO_ON = {State.PLAYING: Command.PAUSE, State.WAITING: Command.READY, State.PAUSED: Command.RESUME}
"""The first button: it holds what plays, and lets go on what waits."""

LABELS = {
    Command.PAUSE: "Pause",
    Command.READY: "Go on",
    Command.RESUME: "Go on",
    Command.REPEAT: "Repeat",
    Command.NEXT: "Next",
    Command.IT_HURTS: "It hurts",
    Command.YES: "Yes",
    Command.NO: "No",
    Command.FALSE_ALARM: "I'm fine",
    Command.SKIP: "Skip",
    Command.LATER: "Later",
    Command.NEVER: "Never",
}


def buttons_of(session: Session, table: Table) -> tuple[Button, ...]:
    """Return the buttons of a moment, "it hurts" last wherever it does something."""
    if session.state is State.FINISHED:
        return ()
    first = _answers(session, table) if session.state is State.ASKING else ()
    wanted = [GO_ON.get(session.state), Command.REPEAT, Command.NEXT, Command.IT_HURTS]
    found = open_commands(session)
    steering = (_button(table, command) for command in wanted if command is not None and command in found)
    return (*first, *steering)


def _answers(session: Session, table: Table) -> tuple[Button, ...]:
    if session.question is Question.WHO:
        return tuple(
            Button(name, Command.NUMBER, index, str(index + 1)) for index, name in enumerate(session.options.people)
        )
    if session.question is Question.ROUTINE:
        named = {choice.name: choice.phrases[0].capitalize() for choice in table.choices}
        return tuple(
            Button(named.get(routine.id, routine.name), Command.NUMBER, index, str(index + 1))
            for index, routine in enumerate(session.options.choices)
        )
    found = open_commands(session)
    if session.question is Question.HURT:  # "yes" and "no" both mean pain here; the answer is "I'm fine" alone
        return (_button(table, Command.FALSE_ALARM),)
    if Command.NUMBER in found:
        most = 5 if session.question is Question.USABLE else 10
        numbers = (Button(str(n), Command.NUMBER, n, str(n % 10)) for n in range(1, most + 1))
        return (*numbers, *_those(found, table))
    return tuple(_those(found, table))


def _those(found: frozenset[Command], table: Table) -> list[Button]:
    wanted = (Command.YES, Command.NO, Command.FALSE_ALARM, Command.SKIP, Command.LATER, Command.NEVER)
    shown = [command for command in wanted if command in found]
    if Command.LATER in shown:
        shown.remove(Command.SKIP)
    for plain, other in ((Command.YES, Command.FALSE_ALARM), (Command.LATER, Command.SKIP)):  # they do the same here
        if plain in shown and other in shown:
            shown.remove(other)
    return [_button(table, command) for command in shown]


def _button(table: Table, command: Command) -> Button:
    entry = table.entry(command)
    key = "n" if command is Command.NO else entry.key if entry else ""
    return Button(LABELS[command], command, None, key)
