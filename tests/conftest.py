"""What holds for every test: nothing of the person at this machine is read or written, but the cache of clips.

With COACH_SKIPS=none a test that is skipped fails: .ci/run has everything that a test may need, but a sound card.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from coach.library.own.folders import use_folder

# A busy machine is no mistake of the code: no property fails for the time that one example takes.
settings.register_profile("coach", deadline=None)
settings.load_profile("coach")

NO_SKIPS = os.environ.get("COACH_SKIPS") == "none"


@pytest.fixture(autouse=True)
def _folders_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("person")
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
