"""Histories as no coach left them: flipped bytes, lost pages, cut ends, odd values. By chance, but repeatable."""

import random
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from coach.training.storage.connecting import UNREADABLE
from coach.training.storage.soundness import TABLES

PAGE = 4_096
ODD = (
    None,
    "",
    "x",
    "2027-99-99",
    "0000-00-00",
    "2027-02-30",
    -1,
    2**62,
    1e300,
    0.5,
    b"\xff\xfe",
    "rigjt",
    "é\ud7ff",
    7,
)

Row = tuple[object, ...]
_SETS = ("planned", "set_done", "hold")


def damaged(path: Path, seed: int) -> str:
    """Damage a history; return how."""
    chance = random.Random(seed)
    kind = chance.choice(("bytes", "bytes", "page", "odd", "odd", "letters", "cut", "header"))
    if kind == "odd":
        _odd_values(path, chance)
        return kind
    data = bytearray(path.read_bytes())
    pages = len(data) // PAGE
    match kind:
        case "bytes":
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case "page":
            first = PAGE * chance.randrange(pages)
            data[first : first + PAGE] = chance.choice((bytes(PAGE), chance.randbytes(PAGE)))
        case "letters":
            at = data.find(chance.choice((b"one-arm-row", b"bird-dog", b"2026-", b"completed", b"CREATE", b"right")))
            data[at + chance.randrange(4)] = chance.choice((0xFF, 0x80, 0, ord("x")))
        case "cut":
            del data[chance.randrange(PAGE, len(data)) :]
        case _:
            data[chance.randrange(100)] = chance.randrange(256)
    path.write_bytes(data)
    return kind


def _odd_values(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for _ in range(chance.randint(1, 4)):
            table = chance.choice(list(TABLES))
            column = chance.choice(list(TABLES[table]))
            rows = db.execute(f"SELECT rowid FROM {table}").fetchall()
            with suppress(sqlite3.IntegrityError, UnicodeEncodeError):
                change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
                db.execute(change, (chance.choice(ODD), *chance.choice(rows or [(1,)])))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rows_of(path: Path) -> dict[tuple[str, int], Row]:
    """Read every row that plain SQLite can read, one by one, by its table and number."""
    found: dict[tuple[str, int], Row] = {}
    with suppress(*UNREADABLE), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        db.text_factory = lambda data: data.decode("utf-8", "replace")
        for table, columns in TABLES.items():
            for number in range(1, 700):
                with suppress(*UNREADABLE):
                    query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED WHERE rowid = ?"
                    row = db.execute(query, (number,)).fetchone()
                    if row is not None:
                        found[table, number] = row
    return found


def lost(before: Mapping[tuple[str, int], Row], readable: Mapping[tuple[str, int], Row], path: Path) -> set[object]:
    """Return the rows that are as they were, can be read, and are not in the mended history.

    Where damage made another row claim to be the same set of the same session, one of the two has to go.
    """
    kept = rows_of(path)
    claims = Counter((key[0], _identity(key[0], row)) for key, row in readable.items())
    alone = (key for key, row in readable.items() if claims[key[0], _identity(key[0], row)] == 1 or key[0] not in _SETS)
    return {key for key in alone if before.get(key) == readable[key] and kept.get(key) != readable[key]}


def _identity(table: str, row: Row) -> Row:
    known = dict(zip(TABLES[table], row, strict=True))
    return tuple(known[name] for name in ("session", "block", "set_no", "side") if name in known)
