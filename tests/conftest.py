"""What holds for every test: nothing of the person at this machine is read or written, but the cache of clips.

With COACH_SKIPS=none, as in .ci/run, a test that is skipped fails: there is everything that a test may need, but a
sound card.
"""

import itertools
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from coach.library.own.folders import use_folder

NO_SKIPS = os.environ.get("COACH_SKIPS") == "none"

# A busy machine is no mistake of the code: no property fails for the time that one example takes.
# Every run tries other examples; the gate tries more of them.
settings.register_profile("coach", deadline=None, max_examples=100 if NO_SKIPS else 25)
settings.load_profile("coach")


@pytest.fixture(scope="session")
def _people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return one folder after the other. `mktemp` reads the names of all that there are before it makes one more."""
    base = tmp_path_factory.mktemp("people")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _folders_of_its_own(_people: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = next(_people)
    folder.mkdir()
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    use_folder(None)
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test where none may be skipped."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("hardware"):
        _fail(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a skipped file where none may be skipped."""
    report = yield
    if NO_SKIPS and report.skipped:
        _fail(report, collector.nodeid)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport, name: str) -> None:
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"{name} was skipped, and COACH_SKIPS=none: {why}"


_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_HANDLERS = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in _NAMES if hasattr(signal, name)}


@pytest.fixture(autouse=True)
def _signals_as_at_first() -> Iterator[None]:
    """Undo what a session within a test leaves: it ignores Ctrl-C in the end, and processes inherit that."""
    _put_back()
    yield
    _put_back()


def _put_back() -> None:
    for number, handler in _HANDLERS.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)
