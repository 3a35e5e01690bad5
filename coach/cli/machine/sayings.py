"""The table of commands as people and programs read it: what can be said, what it does, the key that does the same."""

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Entry, Table

SHOWN = 3
"""Phrases a command in the tables people read."""


def commands_markdown(table: Table) -> str:
    """Return the table of commands for the README."""
    rows = [f"| {said(entry)} | {entry.does} | `{entry.key}` |" for entry in table.entries]
    choices = " · ".join(f'"{choice.phrases[0]}"' for choice in table.choices)
    return "\n".join(["| say | it | key |", "|---|---|---|", *rows, f"| {choices} | names the routine when asked | |"])


def said_and_done(table: Table) -> tuple[tuple[str, str], ...]:
    """Return what can be said and what it does, a pair each, for the guide."""
    rows = [(said(entry), entry.does) for entry in table.entries]
    return (*rows, (" · ".join(f'"{choice.phrases[0]}"' for choice in table.choices), "names the routine when asked"))


def said(entry: Entry, quote: str = '"', joint: str = " · ") -> str:
    """Return the first phrases of a command."""
    if entry.command is Command.NUMBER:
        return f"{quote}{entry.phrases[0]}{quote} to {quote}{entry.phrases[len(set(entry.values)) - 1]}{quote}"
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
