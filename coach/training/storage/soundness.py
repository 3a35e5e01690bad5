"""What every value of the history must be, and what takes the place of one that is not: damage that SQLite can't see.

A flipped byte may leave a file that SQLite calls whole, with a day that is none or a side that does not exist. The same
conditions find such values when the file is opened, and mend them when what can be read is read into a new one.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

# As SQLite reads them, broken UTF-8 is one of these characters; and no name of ours has control characters.
_BROKEN_LETTERS = "'*[' || char(1) || '-' || char(31) || char(127) || '-' || char(191) || char(65533) || ']*'"
_YEARS = "'[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
ANSWERS = "[1-5] [1-5] [1-5] [1-5] [1-5] [1-5] [1-5] [1-5] [1-5] [1-5]"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column may hold."""

    sound: str
    """An SQL condition."""
    instead: str | None
    """An SQL expression for a value that is not sound; None: the row goes."""


def _day(name: str) -> str:
    return f"typeof({name}) = 'text' AND {name} GLOB {_YEARS}' AND date({name}, '+0 days') IS {name}"


def _name(name: str) -> str:
    return f"typeof({name}) = 'text' AND length({name}) BETWEEN 1 AND 100 AND NOT {name} GLOB {_BROKEN_LETTERS}"


def _whole(name: str, least: int, most: int) -> str:
    return f"typeof({name}) = 'integer' AND {name} BETWEEN {least} AND {most}"


def _figure(name: str, most: int) -> str:
    return f"typeof({name}) IN ('integer', 'real') AND {name} BETWEEN 0 AND {most}"


def _word(name: str) -> str:
    return f"typeof({name}) = 'text' AND {name} <> '' AND NOT {name} GLOB '*[^a-z_-]*'"


def _or_null(name: str, sound: str) -> Column:
    return Column(f"{name} IS NULL OR ({sound})", "NULL")


def _text(name: str) -> Column:
    return Column(f"{name} IS NULL OR typeof({name}) = 'text'", "NULL")


_MOST = 10_000
_ROWID = 2**53
_STARTED = (
    f"typeof(started) = 'text' AND started GLOB {_YEARS}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*'"
    " AND date(substr(started, 1, 10), '+0 days') IS substr(started, 1, 10)"
    " AND time(substr(started, 12, 8)) IS substr(started, 12, 8)"
    " AND (length(started) = 19 OR substr(started, 20) GLOB '[+-][01][0-9]:[0-5][0-9]')"
)
_NEAR = "(SELECT n.day FROM session n WHERE n.id {} session.id AND {} ORDER BY n.id {} LIMIT 1)"
_DAY_INSTEAD = (
    f"coalesce(CASE WHEN {_STARTED} THEN substr(started, 1, 10) END,"
    f" {_NEAR.format('<', _day('n.day'), 'DESC')}, {_NEAR.format('>', _day('n.day'), 'ASC')})"
)
_SAME = "o.session = {0}.session AND o.block = {0}.block"
_OTHER = f"(SELECT o.exercise FROM {{1}} o WHERE {_SAME} AND {_name('o.exercise')})"

TABLES: Mapping[str, Mapping[str, Column]] = {
    "session": {
        "day": Column(_day("day"), _DAY_INSTEAD),
        "started": Column(_STARTED, "day || 'T12:00:00+00:00'"),
        "routine": _text("routine"),
        "rehearsed": Column(_whole("rehearsed", 0, 1), "0"),
        "reason": _or_null("reason", _word("reason")),
        "owner": Column("typeof(owner) = 'text'", "''"),
        "length_s": _or_null("length_s", _figure("length_s", 1_000_000)),
        "dropped": Column(_whole("dropped", 0, 1), "0"),
        "edited": _text("edited"),
        "pain_place": _or_null("pain_place", "pain_place IN ('back', 'elsewhere')"),
        "back_before": _or_null("back_before", _whole("back_before", 0, 10)),
        "cleared": _or_null("cleared", _day("cleared")),
    },
    "planned": {
        "session": Column(_whole("session", 1, _ROWID), None),
        "block": Column(_whole("block", 0, _MOST), None),
        "exercise": Column(_name("exercise"), _OTHER.format("planned", "set_done")),
        "sides": Column(_whole("sides", 1, 2), "1"),
        "sets": Column(_whole("sets", 1, _MOST), "1"),
        "reps": Column(_whole("reps", 1, _MOST), "10"),
        "load_kg": _or_null("load_kg", _figure("load_kg", 1_000)),
        "band": _text("band"),
        "rule": _or_null("rule", _word("rule")),
        "why": _text("why"),
        "wish": _or_null("wish", "wish IN ('easier', 'harder')"),
    },
    "set_done": {
        "session": Column(_whole("session", 1, _ROWID), None),
        "block": Column(_whole("block", 0, _MOST), None),
        "exercise": Column(_name("exercise"), _OTHER.format("set_done", "planned")),
        "side": _or_null("side", "side IN ('left', 'right')"),
        "set_no": Column(_whole("set_no", 1, _MOST), "1"),
        "planned": Column(_whole("planned", 1, _MOST), "max(1, CAST(done AS INTEGER))"),
        "done": Column(_whole("done", 0, _MOST), "0"),
        "load_kg": _or_null("load_kg", _figure("load_kg", 1_000)),
        "band": _text("band"),
        "tempo": _text("tempo"),
        "effort": _or_null("effort", _whole("effort", 1, 10)),
        "pain": Column(_whole("pain", 0, 1), "1"),  # the careful reading
        "pain_back": _or_null("pain_back", _whole("pain_back", 0, 1)),
        "pauses": Column(_whole("pauses", 0, _MOST), "0"),
        "ended_by": _or_null("ended_by", _word("ended_by")),
    },
    "hold": {
        "session": Column(_whole("session", 1, _ROWID), None),
        "side": Column("side IN ('left', 'right')", None),
        "exercise": Column(_name("exercise"), "'balance-hold'"),
        "planned": Column(_whole("planned", 1, _MOST), "max(1, CAST(done AS INTEGER))"),
        "done": Column(_whole("done", 0, _MOST), "0"),
        "pain": Column(_whole("pain", 0, 1), "1"),
        "wish": _or_null("wish", "wish IN ('easier', 'harder')"),
        "ended_by": _or_null("ended_by", _word("ended_by")),
    },
    "walk": {
        "day": Column(_day("day"), None),
        "minutes": Column(_figure("minutes", _MOST), None),
        "rehearsed": Column(_whole("rehearsed", 0, 1), "0"),
    },
    "cleared": {"exercise": Column(_name("exercise"), None), "day": Column(_day("day"), None)},
    "usability": {
        "answers": _or_null("answers", f"typeof(answers) = 'text' AND answers GLOB '{ANSWERS}'"),
        "said": Column("said IN ('later', 'never') OR (said = 'answered' AND answers IS NOT NULL)", "'later'"),
    },
    "calendar": {
        "uid": Column("typeof(uid) = 'text'", None),
        "sequence": Column(_whole("sequence", 0, _ROWID), "0"),
        "state": Column("typeof(state) = 'text'", "''"),
    },
}
"""Every table and column but the row's own number, in the order in which they are mended."""


def is_sound(db: sqlite3.Connection) -> bool:
    """Tell whether every value is one that the coach can have written."""
    for table, columns in TABLES.items():
        there = columns_of(db, table)
        wrong = [f"({column.sound}) IS NOT TRUE" for name, column in columns.items() if name in there]
        if wrong and db.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
            return False
    return True


def mend(db: sqlite3.Connection) -> int:
    """Put something sound in the place of every value that is not; return how many rows had to go."""
    gone = 0
    for table, columns in TABLES.items():
        for name, column in columns.items():
            wrong = f"({column.sound}) IS NOT TRUE"
            if column.instead is not None:
                # OR IGNORE: two rows may become one and the same; then the second one goes.
                db.execute(f"UPDATE OR IGNORE {table} SET {name} = {column.instead} WHERE {wrong}")
            gone += db.execute(f"DELETE FROM {table} WHERE {wrong}").rowcount
    return gone


def columns_of(db: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return a table's columns; none where it is not there."""
    return tuple(str(row[1]) for row in db.execute(f"PRAGMA table_info({table})"))
