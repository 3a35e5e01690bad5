"""Keeping the machine awake, as a session tells of it: logged once, and said once where nothing can do it."""

import contextlib
import io
from pathlib import Path

import pytest

from coach.cli.machine import checks
from coach.cli.session.awake import NOTHING, kept_awake
from coach.cli.session.plain_view import PlainView
from coach.log.entries import RepEntry
from coach.log.writer import LogWriter
from coach.threads import nobody
from tests.support.killing import wait_until


@pytest.mark.parametrize(("variable", "method", "said"), [
    ("WAKEPY_FAKE_SUCCESS", "WakepyFakeSuccess", ""), ("WAKEPY_FORCE_FAILURE", "nothing", f"{NOTHING}\n"),
])  # fmt: skip
def test_what_holds_it_is_logged_once_and_that_nothing_does_is_said_once(
    variable: str, method: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    log, out = tmp_path / "log.jsonl", io.StringIO()
    with contextlib.ExitStack() as stack:
        writer = LogWriter([log])
        stack.callback(writer.close)
        watch = kept_awake(stack, writer, PlainView(out), nobody, screen=False)

        def told() -> str:
            watch(RepEntry(0.0, 1, 8, None))
            return log.read_text("utf-8")

        wait_until(told)
        for _ in range(5):
            told()
    assert out.getvalue() == said
    assert log.read_text("utf-8").count("awake: ") == 1
    assert f'"awake: {method}"' in log.read_text("utf-8")


def test_the_doctor_says_by_which_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    assert checks.awake().what == "kept awake while you train, by WakepyFakeSuccess"
    monkeypatch.delenv("WAKEPY_FAKE_SUCCESS")
    monkeypatch.setenv("WAKEPY_FORCE_FAILURE", "1")
    assert not checks.awake().there
