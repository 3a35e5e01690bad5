"""The cache of encoded passages: whole entries or none, a limit, claims; whatever happens to it, the file is right."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.errors import InputError
from coach.export.fingerprint import Print
from coach.export.joined.cache import CLAIM_S, SETTING, FrameCache, limit_of_setting
from coach.export.joined.entry import CachedPassage
from coach.export.proof import prove
from coach.timeline.cue import CueKind
from tests.support.joined import built, joined
from tests.support.program import ROOT

KEY = "ab" * 32
ENTRY = CachedPassage((Print(CueKind.SAY, "Où?", 20_000, np.arange(-50, 50, dtype=np.int8)),), b"frames" * 100)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.frames"))


def test_an_entry_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path)
    assert cache.put(KEY, ENTRY)
    assert cache.frames(KEY) == ENTRY.frames
    (found,) = cache.prints(KEY) or ()
    assert (found.kind, found.text, found.frames) == (CueKind.SAY, "Où?", 20_000)
    assert np.array_equal(found.start, ENTRY.prints[0].start)
    assert cache.frames("cd" * 32) is None


@pytest.mark.parametrize("at", range(0, 720, 60))
def test_a_changed_byte_or_a_cut_makes_an_entry_absent_where_it_matters(at: int, tmp_path: Path) -> None:
    cache = FrameCache(tmp_path)
    cache.put(KEY, ENTRY)
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for spoiled in (whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :], whole[:at], whole[:at] + bytes(200)):
        path.write_bytes(spoiled)
        prints, frames = cache.prints(KEY), cache.frames(KEY)
        assert prints is None or prints[0].text == "Où?"
        assert frames in (None, ENTRY.frames)
        assert prints is None or frames is None or spoiled == whole


def cut_off(folder: Path) -> None:
    for path in entries(folder)[::2]:
        path.write_bytes(path.read_bytes()[:-313])


def of_another_version(folder: Path) -> None:
    for path in entries(folder):
        path.write_bytes(b"CJE0" + path.read_bytes()[4:])


def zeros(folder: Path) -> None:
    for path in entries(folder)[::2]:
        path.write_bytes(bytes(path.stat().st_size))


def folders(folder: Path) -> None:
    for path in entries(folder)[::2]:
        path.unlink()
        path.mkdir()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that has every passage of the file, for tests to copy."""
    folder = tmp_path_factory.mktemp("filled")
    joined(built(folder), folder / "a.mp3", FrameCache(folder / "cache"))
    return folder / "cache"


@pytest.mark.parametrize("spoil", [cut_off, of_another_version, zeros, folders])
def test_a_damaged_cache_mends_itself_and_the_file_is_right(
    spoil: Callable[[Path], None], filled: Path, tmp_path: Path
) -> None:
    shutil.copytree(filled, tmp_path / "cache")
    spoil(tmp_path / "cache")
    joined(built(tmp_path), tmp_path / "a.mp3", FrameCache(tmp_path / "cache"))
    assert prove(tmp_path / "a.mp3").ok


def test_a_cache_that_takes_nothing_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    joined(built(tmp_path), tmp_path / "a.mp3", FrameCache(tmp_path / "cache"))
    assert prove(tmp_path / "a.mp3").ok


READ_ONLY = """
import os, sys
from pathlib import Path
from coach.export.joined.cache import FrameCache
from tests.support.joined import built, joined
folder = Path(sys.argv[1])
timeline, cache = built(folder), FrameCache(folder / "cache")
joined(timeline, folder / "a.mp3", cache)
entries = sorted((folder / "cache").rglob("*.frames"))
for path in entries[::2]:
    path.unlink()
for path in (folder / "cache", *(folder / "cache").glob("*")):
    path.chmod(0o555)
folder.chmod(0o777)
if os.geteuid() == 0:  # for root no folder is read-only
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
joined(timeline, folder / "b.mp3", cache)
assert sorted((folder / "cache").rglob("*.*")) == entries[1::2]
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions work otherwise there")
def test_a_read_only_cache_is_used_what_it_lacks_is_encoded_and_it_stays_as_it_is() -> None:
    folder = Path(tempfile.mkdtemp())  # not pytest's own, which nobody else may enter
    try:
        subprocess.run([sys.executable, "-c", READ_ONLY, str(folder)], check=True, cwd=ROOT)
        assert prove(folder / "b.mp3").ok
    finally:
        for path in (folder / "cache").glob("*"):
            path.chmod(0o755)
        (folder / "cache").chmod(0o755)
        shutil.rmtree(folder)


def test_a_limit_is_kept_and_the_oldest_are_forgotten(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path, limit_mb=1)
    large = CachedPassage(ENTRY.prints, bytes(300_000))
    keys = [f"{number:02}" * 32 for number in range(6)]
    for number, key in enumerate(keys):
        cache.put(key, large)
        os.utime(tmp_path / key[:2] / f"{key}.frames", (1e9 + number, 1e9 + number))
    assert cache.frames(keys[0]) is not None  # used, it is the newest
    cache.trim()
    assert cache.size_mb() <= 1.0
    assert [key for key in keys if cache.frames(key)] == [keys[0], *keys[-1:]] or cache.frames(keys[-1])
    assert cache.frames(keys[0]) is not None
    assert cache.frames(keys[1]) is None


def test_a_limit_of_nothing_makes_the_same_file_and_keeps_nothing(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path / "cache", limit_mb=0)
    joined(built(tmp_path), tmp_path / "a.mp3", cache)
    assert prove(tmp_path / "a.mp3").ok


@pytest.mark.parametrize("wanted", ["many", "-1", "1.5"])
def test_a_limit_that_is_no_number_is_named(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, wanted)
    with pytest.raises(InputError, match="isn't a whole number of megabytes"):
        limit_of_setting()


def test_a_claim_holds_until_it_is_given_up_its_process_is_gone_or_it_is_old(tmp_path: Path) -> None:
    mine, others = FrameCache(tmp_path), FrameCache(tmp_path)
    assert mine.claim(KEY)
    assert not others.claim(KEY)
    mine.put(KEY, ENTRY)
    assert others.claim(KEY)
    claim = next(tmp_path.rglob("*.claim"))
    os.utime(claim, (time.time() - CLAIM_S - 1,) * 2)
    assert mine.claim(KEY)
    claim.write_text(claim.read_text().split()[0] + " 99999999")
    assert mine.claim(KEY)


def test_what_a_killed_process_left_is_removed_after_an_hour(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path)
    cache.put(KEY, ENTRY)
    for name, old_s in (("x.part", 4_000), ("y.part", 0), ("z.claim", 4_000)):
        path = tmp_path / KEY[:2] / name
        path.write_bytes(b"half")
        os.utime(path, (time.time() - old_s,) * 2)
    cache.trim()
    assert sorted(path.name for path in (tmp_path / KEY[:2]).iterdir()) == [f"{KEY}.frames", "y.part"]


@pytest.mark.skipif(os.name != "posix", reason="a limit of POSIX")
def test_on_a_full_disk_nothing_is_kept_and_nothing_is_left(tmp_path: Path) -> None:
    cache, before = FrameCache(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    try:
        assert not cache.put(KEY, ENTRY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert cache.put(KEY, ENTRY)
