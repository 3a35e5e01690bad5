"""Files for many: each made once, whatever is bad, is there already, or is killed."""

import contextlib
import importlib.util
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import mutagen
import pytest

from coach.cli.files.batching import LOST_IN_A_ROW, NOTES, Job, Result, carried_out, jobs_of, make, processes
from coach.cli.files.people import read_people
from coach.cli.main import main
from coach.export.proof import prove

ROUTINE = (
    'name = "Tiny"\nwarm_up = false\nbalance = false\nwind_down = false\n'
    '[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 1\n'
)

posix = pytest.mark.skipif(os.name != "posix", reason="kills")


@pytest.fixture(scope="module", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let this file's tests share a cache of their own: each sentence is spoken once."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        yield


def people(tmp_path: Path, *rows: str) -> Path:
    (tmp_path / "tiny.toml").write_text(ROUTINE)
    path = tmp_path / "people.csv"
    lines = [row.replace("TINY", str(tmp_path / "tiny.toml")) for row in rows]
    path.write_text("\n".join(["name,routine,reps,voice", *lines]) + "\n")
    return path


def jobs(tmp_path: Path, count: int) -> tuple[Job, ...]:
    wanted, bad = read_people(people(tmp_path, *(f"P{number},TINY,1,en-us" for number in range(count))))
    assert not bad
    (tmp_path / "out").mkdir(exist_ok=True)
    return jobs_of(wanted, tmp_path / "out")


def code(*arguments: str | Path) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.mark.slow
def test_a_bad_row_stops_nothing_and_is_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = people(tmp_path, "Anna,TINY,1,en-us", "Bea,spin,1,en-us", "Cleo,TINY,1,no-such-voice")
    assert code("batch", path, "-o", tmp_path / "out", "--workers", "1") == 1
    out, err = capsys.readouterr()
    assert sorted(file.name for file in (tmp_path / "out").glob("*.mp3")) == ["Anna.mp3"]
    assert prove(tmp_path / "out" / "Anna.mp3").ok
    assert "line 3: there is no routine 'spin'" in err
    assert "line 4: no voice named no-such-voice" in err
    assert err.count("\n") == 2
    assert out.endswith("1 made, 0 already there, 2 not made\n")


def test_the_voice_of_the_option_is_that_of_rows_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = people(tmp_path, "Anna,TINY,1,", "Bea,TINY,1,en-us")
    assert code("batch", path, "-o", tmp_path / "out", "--workers", "1", "--voice", "no-such-voice") == 1
    err = capsys.readouterr().err
    assert "line 2: no voice named no-such-voice" in err
    assert "line 3" not in err
    assert "lessac" not in err


@pytest.mark.parametrize(("voices", "said"), [(("joe", "joe", "en-us"), 1), (("en-us", "en-gb"), 0)])
def test_what_to_know_of_the_natural_voice_is_said_once(
    voices: tuple[str, ...], said: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("coach.cli.files.batch._carry_out", lambda _, jobs, __: [Result(job) for job in jobs])
    rows = (f"P{number},TINY,1,{voice}" for number, voice in enumerate(voices))
    assert code("batch", people(tmp_path, *rows), "-o", tmp_path / "out") == 0
    err = capsys.readouterr().err
    assert err.count("whose corpus restricts commercial voice work") == said
    assert err.count("\n") == said


def test_a_second_run_does_only_what_is_missing_or_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["Anna,TINY,1,en-us", "Bea,TINY,1,en-us"]
    assert code("batch", people(tmp_path, *rows), "-o", tmp_path / "out", "--workers", "1") == 0
    before = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*.mp3")}
    assert len(before) == 2
    capsys.readouterr()
    assert code("batch", people(tmp_path, *rows), "-o", tmp_path / "out") == 0
    assert "0 made, 2 already there" in capsys.readouterr().out
    (tmp_path / "out" / "Anna.mp3").unlink()
    changed = people(tmp_path, rows[0], "Bea,TINY,2,en-us", "Cleo,TINY,1,en-us")
    assert code("batch", changed, "-o", tmp_path / "out", "--workers", "1") == 0
    out = capsys.readouterr().out
    assert "1 of 3" in out
    assert "3 made, 0 already there" in out


def test_a_file_left_without_its_own_note_is_made_anew(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, 1)
    job.target.write_bytes(b"something else of that name")
    assert not job.is_made
    assert make(job) == Result(job)
    assert job.is_made
    assert prove(job.target).ok
    (tmp_path / "out" / NOTES / "P0.txt").write_text("of another job")
    assert not job.is_made


def killer(folder: Path, times: int, killed: list[int]) -> threading.Thread:
    """Kill the worker that is writing a file, so many times."""

    def watch() -> None:
        until = time.monotonic() + 60
        while len(killed) < times and time.monotonic() < until:
            for part in folder.glob(".*.part"):
                found = re.search(r"\.(\d+)-[0-9a-f]+\.part$", part.name)
                if found and int(found[1]) not in killed:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(found[1]), signal.SIGKILL)
                    killed.append(int(found[1]))
                    break
            time.sleep(0.01)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


@pytest.mark.slow
@posix
def test_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path) -> None:
    wanted, killed = jobs(tmp_path, 4), list[int]()
    thread = killer(tmp_path / "out", 2, killed)
    results = list(carried_out(wanted, processes(2)))
    thread.join()
    assert len(killed) == 2
    assert os.getpid() not in killed
    assert sorted(result.job.target.name for result in results) == ["P0.mp3", "P1.mp3", "P2.mp3", "P3.mp3"]
    assert [result.problem for result in results] == [None] * 4
    assert all(prove(job.target).ok for job in wanted)
    assert not list((tmp_path / "out").glob(".*.part"))


@pytest.mark.slow
@posix
def test_a_killed_batch_leaves_no_worker_and_the_next_one_finishes(tmp_path: Path) -> None:
    path, out = people(tmp_path, *(f"P{number},TINY,1,en-us" for number in range(3))), tmp_path / "out"
    running = subprocess.Popen([sys.executable, "-m", "coach", "batch", str(path), "-o", str(out), "--workers", "2"])
    working = set[int]()
    while not working and running.poll() is None:
        working = {int(part.name.split(".")[-2].partition("-")[0]) for part in out.glob(".P*.mp3.*.part")}
    running.kill()
    running.wait()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in working) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in working)
    assert code("batch", path, "-o", out) == 0
    assert all(prove(out / f"P{number}.mp3").ok for number in range(3))
    assert not list(out.glob(".*.part"))


@posix
def test_a_job_that_kills_every_worker_is_told_and_ends(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, 1)
    thread = killer(tmp_path / "out", LOST_IN_A_ROW, [])
    (result,) = carried_out([job], processes(1))
    thread.join()
    assert result.problem is not None
    assert "killed" in result.problem
    assert not job.target.exists()


def test_a_full_folder_name_is_checked_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = people(tmp_path, "Anna,TINY,1,en-us")
    (tmp_path / "file").write_text("")
    for folder, said in ((tmp_path / "file", "is a file"), (tmp_path / "no" / "where", "there is no folder")):
        assert code("batch", path, "-o", folder) == 2
        assert said in capsys.readouterr().err
    assert code("batch", path, "-o", tmp_path / "out", "--workers", "2", "--scheduler", "tcp://x:1") == 2
    assert "use --workers or --scheduler, not both" in capsys.readouterr().err


# Without Dask these are skipped, and say so.
dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="NO DASK HERE: pip install distributed to test clusters"
)


@pytest.mark.slow
@dask
def test_a_cluster_makes_the_same_files(tmp_path: Path) -> None:
    from distributed import LocalCluster

    path = people(tmp_path, "Anna,TINY,1,en-us", "Bea,TINY,2,en-us", "Cleo,spin,1,en-us")
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as local:
        assert code("batch", path, "-o", tmp_path / "out", "--scheduler", local.scheduler_address) == 1
    assert all(prove(tmp_path / "out" / f"{name}.mp3").ok for name in ("Anna", "Bea"))


@dask
def test_a_scheduler_that_does_not_answer_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("coach.cli.files.cluster.PATIENCE_S", 1)
    path = people(tmp_path, "Anna,TINY,1,en-us")
    assert code("batch", path, "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9") == 3
    assert "no Dask scheduler is answering at that address" in capsys.readouterr().err


def test_names_that_are_one_file_on_some_system_are_named_and_devices_get_other_names(tmp_path: Path) -> None:
    rows = (
        "Jos\u00e9,TINY,1,en-us",
        "JOSE\u0301,TINY,1,en-us",
        "Con,TINY,1,en-us",
        "\U0001f4aa" * 70 + ",TINY,1,en-us",
    )
    wanted, bad = read_people(people(tmp_path, *rows))
    assert [row.file_name for row in wanted] == ["Jos\u00e9", "Con_", "\U0001f4aa" * 50]
    assert [(row.line, "is already in line 2" in row.why) for row in bad] == [(3, True)]


def test_eight_hundred_rows_of_a_list_are_read_and_each_moves_the_bar(tmp_path: Path) -> None:
    steps = list[tuple[float, float]]()
    path = people(tmp_path, *(f"P{number},TINY,1,en-us" for number in range(800)))
    wanted, bad = read_people(path, lambda done, of: steps.append((done, of)))
    assert (len(wanted), bad) == (800, ())
    assert steps == [(done, 800) for done in range(800)]
    # The routine is read once; what is read once is one value.
    assert len({id(row.routine.blocks[0].exercise) for row in wanted}) == 1


@pytest.mark.slow
def test_each_person_gets_her_page_with_a_code_of_her_address_and_her_name_in_the_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.toml").write_text(ROUTINE)
    rows = ("Anna,tiny.toml,en-us,https://example.org/a?b=1&c=2,yes,,", "Bea,tiny.toml,en-us,,,yes,no")
    path = tmp_path / "people.csv"
    path.write_text(
        "\n".join(["name,routine,voice,address,title,split,guide", *rows]).replace("tiny", str(tmp_path / "tiny"))
    )
    assert code("batch", path, "-o", tmp_path / "out", "--guide", "--workers", "1") == 0
    page = (tmp_path / "out" / "Anna.html").read_text("utf-8")
    assert "https://example.org/a?b=1&amp;c=2" in page
    assert "<figure" in page
    assert mutagen.File(tmp_path / "out" / "Anna.mp3").tags["TIT2"].text == ["Tiny for Anna"]
    assert not (tmp_path / "out" / "Bea.html").exists()
    tracks = sorted((tmp_path / "out" / "Bea").glob("*.mp3"))
    assert len(tracks) > 1
    assert all(prove(track).ok for track in tracks)
    out = capsys.readouterr().out
    assert re.search(r"\d+ minutes of sound, \d+ MB, in ", out)
    (tmp_path / "out" / "Anna.html").unlink()
    assert code("batch", path, "-o", tmp_path / "out", "--guide", "--workers", "1") == 0
    assert "1 made, 1 already there" in capsys.readouterr().out


@pytest.mark.slow
def test_what_two_people_share_is_encoded_once(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(ROUTINE)
    path = tmp_path / "people.csv"
    path.write_text("name,routine,voice\n" + "".join(f"P{n},{tmp_path / 'tiny.toml'},en-us\n" for n in range(4)))
    (tmp_path / "out").mkdir()
    wanted = jobs_of(read_people(path)[0], tmp_path / "out", shared=True)
    results = list(carried_out(wanted, processes(2)))
    assert [result.problem for result in results] == [None] * 4
    entries = list((tmp_path / "out" / NOTES / "cache" / "passages").rglob("*.frames"))
    alone = jobs_of(read_people(path)[0][:1], tmp_path / "out", shared=True)
    assert make(alone[0]) == Result(alone[0])
    assert len(entries) > 5
    assert len({path.read_bytes()[200:] for path in (tmp_path / "out").glob("*.mp3")}) == 1
