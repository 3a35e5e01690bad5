"""The table of commands as people and programs read it: what can be said, what it does, the key that does the same."""

from collections.abc import Iterator

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Entry, Table

SHOWN = 3
"""Phrases a command in the tables people read."""
TOGETHER = {
    Command.PAUSE: Command.RESUME,
    Command.FALSE_ALARM: Command.NEVER_MIND,
    Command.HOW_MANY_LEFT: Command.TIME_LEFT,
    Command.WHATS_NEXT: Command.WHICH_ONE,
    Command.SLOWER: Command.FASTER,
    Command.LOUDER: Command.QUIETER,
    Command.EASIER: Command.HARDER,
    Command.SPEAK_SLOWER: Command.SPEAK_FASTER,
    Command.YES: Command.NO,
    Command.LATER: Command.NEVER,
}
"""They share a line of the README."""


def commands_markdown(table: Table) -> str:
    """Return the table of commands for the README."""
    rows = [_row(group) for group in _groups(table)]
    choices = " · ".join(f'"{choice.phrases[0]}"' for choice in table.choices)
    return "\n".join(
        ["| say | it | key |", "|---|---|---|", *rows, f"| {choices} | chooses the routine when asked | |"]
    )


def _groups(table: Table) -> Iterator[tuple[Entry, ...]]:
    """Yield the entries in their order, those that belong together in one group."""
    for entry in table.entries:
        second = TOGETHER.get(entry.command)
        other = table.entry(second) if second else None
        if other is not None:
            yield entry, other
        elif entry.command not in TOGETHER.values():
            yield (entry,)


def _row(group: tuple[Entry, ...]) -> str:
    """Return a line of the README's table: of two commands, what is taught."""
    if len(group) == 1:
        return f"| {said(group[0])} | {group[0].does} | `{group[0].key}` |"
    phrases = " · ".join(f'"{entry.phrases[0]}"' for entry in group)
    does = "; ".join(dict.fromkeys(entry.does for entry in group))
    return f"| {phrases} | {does} | {' '.join(f'`{entry.key}`' for entry in group)} |"


def said_and_done(table: Table) -> tuple[tuple[str, str], ...]:
    """Return what can be said and what it does, a pair each, for the guide."""
    rows = [(said(entry), entry.does) for entry in table.entries]
    return (*rows, (" · ".join(f'"{choice.phrases[0]}"' for choice in table.choices), "chooses the routine when asked"))


def said(entry: Entry, quote: str = '"', joint: str = " · ") -> str:
    """Return the first phrases of a command."""
    if entry.command is Command.NUMBER:
        highest = entry.values.index(max(value for value in entry.values if value is not None))
        return f"{quote}{entry.phrases[0]}{quote} to {quote}{entry.phrases[highest]}{quote}"
    return joint.join(f"{quote}{phrase}{quote}" for phrase in entry.phrases[:SHOWN])


def as_object(entry: Entry) -> dict[str, object]:
    """Return a command in the shape of `commands --json`."""
    return {
        "command": entry.command,
        "phrases": list(entry.phrases),
        "key": entry.key,
        "safety": entry.safety,
        "where": list(entry.where),
    }
