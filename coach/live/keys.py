"""What a key means: by the table of commands, and otherwise where a question is asked."""

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.session.state import Question

YES_OR_NO = frozenset({
    Question.END, Question.ALL_RIGHT, Question.HURT_BACK, Question.HURT_NEXT, Question.STOP,
    Question.HURT, Question.CLEARED, Question.WALK, Question.TROUBLE, Question.END_SURE, Question.EFFORT_SURE,
})  # fmt: skip
"""The questions that "yes" and "no" answer (a test compares with the session's own table)."""

NAMED = frozenset({Question.WHO, Question.ROUTINE})
"""The questions that a name answers; a digit is its place in the list."""

Keystroke = tuple[Command, int | None]


def meaning(table: Table, character: str, question: str | None = None) -> Keystroke | None:
    """Return what a key means, as the character that a terminal gives; None where it means nothing.

    `question` is the one that stands: `y` and `n` answer yes or no, digits name one of a list.
    """
    if question in YES_OR_NO and character.lower() in ("y", "n"):
        return (Command.YES if character.lower() == "y" else Command.NO), None
    found = table.pressed(character) or table.pressed(character.lower())
    if found and found[0] is Command.NUMBER and question in NAMED and found[1] is not None:
        return Command.NUMBER, found[1] - 1
    return found
