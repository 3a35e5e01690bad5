"""What the table says is open in a place: the column `where`, read as the session's page prints it."""

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.keys_and_places import ANYWHERE, ASKING
from coach.hearing.vocabulary.phrase_table import Table


def open_in(table: Table, kind: str | None) -> frozenset[Command]:
    """Return what is open in a kind of segment (or `asking`); everything without one."""
    if kind is None:
        return frozenset(entry.command for entry in table.entries)
    wanted = {kind} if kind == ASKING else {kind, ANYWHERE}
    return frozenset(e.command for e in table.entries if e.safety or wanted & set(e.where))
