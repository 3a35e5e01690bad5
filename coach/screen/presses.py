"""What was pressed on a page, on its way to the session's loop."""

import json
from collections import deque
from typing import Any

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.keys import Keystroke, meaning

LONGEST = 200
"""Bytes of a press; more is refused unread."""
_WAITING = 50


class Presses:
    """A queue of commands: the server puts in, the session takes out."""

    def __init__(self, table: Table) -> None:
        self.question: str | None = None
        """The question that stands: keys mean answers then."""
        self._table = table
        self._pressed: deque[Keystroke] = deque(maxlen=_WAITING)

    def take(self, body: bytes) -> bool:
        """Take a press in; tell whether it was one."""
        found = self._read(body)
        if found is None:
            return False
        self._pressed.append(found)
        return True

    def commands(self) -> tuple[Keystroke, ...]:
        """Return what was pressed since the last call."""
        found = []
        while self._pressed:
            found.append(self._pressed.popleft())
        return tuple(found)

    def _read(self, body: bytes) -> Keystroke | None:
        try:
            press: Any = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(press, dict):
            return None
        key, command, value = press.get("key"), press.get("command"), press.get("value")
        if isinstance(key, str) and len(key) == 1:
            return meaning(self._table, key, self.question)
        if command in tuple(Command) and (value is None or (type(value) is int and 0 <= value <= 99)):
            return Command(command), value
        return None
