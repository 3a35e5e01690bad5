"""Every way a history file can be bad: older, newer, corrupt, read-only, made twice at once."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from coach.errors import InputError, MachineError
from coach.training.history import History
from coach.training.schema import MIGRATIONS, SCHEMA
from coach.training.store import open_to_read, open_to_write
from coach.training.writer import HistoryWriter
from tests.support.training import MONDAY, whole, write_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "history.sqlite3"


def test_looking_makes_no_file(path: Path) -> None:
    assert list(History.open(path).sessions()) == []
    assert not path.exists()


def test_an_older_schema_is_brought_up_with_all_it_holds(path: Path) -> None:
    path.parent.mkdir()
    old = sqlite3.connect(path)
    old.executescript(MIGRATIONS[0])
    old.execute("PRAGMA user_version = 1")
    old.execute(
        "INSERT INTO session (started, day, routine, rehearsed, owner)"
        " VALUES ('2020-01-01T09:00:00+00:00', '2020-01-01', 'floor', 0, 'x')"
    )
    old.commit()
    old.close()
    found = History.open(path)
    assert [session.routine for session in found.sessions()] == ["floor"]
    assert found.walked(MONDAY, MONDAY) == 0.0
    write_session(path, MONDAY)
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    write_session(path, MONDAY)
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    newer.commit()
    newer.close()
    content = path.read_bytes()
    for attempt in (History.open, HistoryWriter):
        with pytest.raises(InputError, match="update the coach"):
            attempt(path)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir() if "broken" in entry.name] == []


@pytest.mark.parametrize("damage", ["no database at all", "a hole in the middle", "cut short"])
def test_a_corrupt_file_is_moved_aside_and_said_never_deleted(path: Path, damage: str) -> None:
    for number in range(30):
        write_session(path, MONDAY + timedelta(days=number))
    content = bytearray(path.read_bytes())
    if damage == "no database at all":
        content[:] = b"not a database, by any reading of it" * 100
    elif damage == "cut short":
        del content[len(content) // 2 :]
    else:
        content[4096 : len(content) - 4096] = bytes(len(content) - 8192)
    path.write_bytes(content)
    store = open_to_read(path)
    assert store.notice is not None
    aside = next(
        entry for entry in path.parent.iterdir() if "broken" in entry.name and not entry.name.endswith(("-wal", "-shm"))
    )
    assert aside.name in store.notice
    assert aside.read_bytes() == bytes(content)
    there = len(list(History.open(path).sessions()))
    assert f"{there} session" in store.notice
    write_session(path, MONDAY)
    assert len(list(History.open(path).sessions())) == there + 1


def test_a_writer_says_so_too(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"rubbish" * 1000)
    writer = HistoryWriter(path)
    writer.close()
    assert writer.notice is not None
    assert writer.problem is None


READS_AND_WRITES = """
import os, sys
from pathlib import Path
from coach.errors import InputError
from coach.training.history import History
from coach.training.writer import HistoryWriter
if os.geteuid() == 0:  # for root no file is read-only
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
print(len(list(History.open(path).sessions())))
try:
    HistoryWriter(path)
except InputError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
def test_a_read_only_history_is_read_and_refuses_to_be_written() -> None:
    folder = Path(tempfile.mkdtemp())  # not pytest's own, which nobody else may enter
    path = folder / "history.sqlite3"
    try:
        write_session(path, MONDAY)
        content = path.read_bytes()
        path.chmod(0o444)
        folder.chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", READS_AND_WRITES, str(path)], capture_output=True, text=True, check=True
        )
        assert ran.stdout.splitlines()[0] == "1"
        assert "can't be written to" in ran.stdout
        assert path.read_bytes() == content
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_folder_in_its_place_is_one_line(tmp_path: Path) -> None:
    with pytest.raises((InputError, MachineError), match="history"):
        open_to_write(tmp_path)


def test_two_coaches_may_make_the_file_at_once(path: Path) -> None:
    with ThreadPoolExecutor(6) as coaches:
        begun = [coaches.submit(lambda: open_to_write(path).connection.close()) for _ in range(6)]
    for each in begun:
        each.result()
    assert whole(path)


def test_a_history_of_before_the_calendar_and_the_scale_keeps_its_sessions(path: Path) -> None:
    path.parent.mkdir()
    old = sqlite3.connect(path)
    for step in MIGRATIONS[:2]:
        old.executescript(step)
    old.execute("PRAGMA user_version = 2")
    old.execute(
        "INSERT INTO session (started, day, routine, rehearsed, owner)"
        " VALUES ('2027-05-03T09:00:00+00:00', '2027-05-03', 'bands', 0, 'x')"
    )
    old.execute("INSERT INTO walk (day, minutes, rehearsed) VALUES ('2027-05-03', 30, 0)")
    old.commit()
    old.close()
    found = History.open(path)
    assert [session.routine for session in found.sessions()] == ["bands"]
    assert found.walked(MONDAY, MONDAY) == 30.0
    assert found.db.execute("SELECT length_s FROM session").fetchall() == [(None,)]
