"""Fetching a model over real HTTP from this machine: whole or not at all, and on from where it stopped."""

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from coach.errors import MachineError
from coach.hearing.recognition.vosk import model as vosk_model
from coach.hearing.recognition.vosk.model import ENGLISH, NEEDED, Source, fetch, find_model, lacking

NAME = "a-model"


def archive(names: tuple[str, ...] = NEEDED, folder: str = NAME) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for name in names:
            zipped.writestr(f"{folder}/{name}", os.urandom(50_000))
    return data.getvalue()


@dataclass
class Server:
    """Serves one archive; may break off, may not know ranges, may refuse."""

    data: bytes
    port: int = 0
    breaks_after: int | None = None
    knows_ranges: bool = True
    status: int | None = None
    asked: list[str | None] = field(default_factory=list)

    def source(self, **changes: object) -> Source:
        whole = Source(
            NAME, f"http://127.0.0.1:{self.port}/a.zip", len(self.data), hashlib.sha256(self.data).hexdigest()
        )
        return replace(whole, **changes)  # type: ignore[arg-type]  # test values by name


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server(archive())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            served.asked.append(wanted)
            if served.status:
                return self.send_error(served.status)
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and served.knows_ranges else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(served.data) - start))
            self.end_headers()
            self.wfile.write(served.data[start : served.breaks_after])
            return None

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        served.port = http.server_port
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield served
        http.shutdown()


def nothing(done: int, of: int) -> None:
    """Show no progress."""


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_model_is_fetched_checked_and_unpacked(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    found = fetch(lambda done, of: seen.append((done, of)), server.source(), tmp_path / "new")
    assert found == tmp_path / "new" / NAME
    assert lacking(found) == []
    assert left_in(tmp_path / "new") == [NAME]
    assert seen == sorted(seen)
    assert seen[-1] == (len(server.data), len(server.data))


def test_a_model_that_is_there_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    for _ in range(2):
        fetch(nothing, server.source(), tmp_path)
    assert len(server.asked) == 1


def test_a_model_that_lacks_something_is_replaced(server: Server, tmp_path: Path) -> None:
    (tmp_path / NAME / "am").mkdir(parents=True)
    assert lacking(fetch(nothing, server.source(), tmp_path)) == []


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_an_interrupted_download_goes_on(server: Server, tmp_path: Path, knows_ranges: bool) -> None:
    server.breaks_after, server.knows_ranges = 100_000, knows_ranges
    with pytest.raises(MachineError, match="100000 of"):
        fetch(nothing, server.source(), tmp_path)
    assert left_in(tmp_path) == [f"{NAME}.zip.part"]
    server.breaks_after = None
    assert lacking(fetch(nothing, server.source(), tmp_path)) == []
    assert server.asked == [None, "bytes=100000-"]
    assert left_in(tmp_path) == [NAME]


def test_another_file_than_expected_is_not_installed(server: Server, tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="not the file that was expected"):
        fetch(nothing, server.source(sha256="0" * 64), tmp_path)
    assert left_in(tmp_path) == []


def test_a_file_that_is_no_archive_is_not_installed(server: Server, tmp_path: Path) -> None:
    server.data = b"<html>" * 1000
    with pytest.raises(MachineError, match="damaged archive"):
        fetch(nothing, server.source(), tmp_path)
    assert left_in(tmp_path) == []


def test_an_archive_without_a_whole_model_is_not_installed(server: Server, tmp_path: Path) -> None:
    server.data = archive(NEEDED[:2])
    with pytest.raises(MachineError, match=r"graph/HCLr\.fst"):
        fetch(nothing, server.source(), tmp_path)
    assert NAME not in left_in(tmp_path)


def test_a_server_that_refuses_is_one_line(server: Server, tmp_path: Path) -> None:
    server.status = 404
    with pytest.raises(MachineError, match="404") as error:
        fetch(nothing, server.source(), tmp_path)
    assert "\n" not in str(error.value)


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    # Port 9 of this machine: nothing listens there.
    with pytest.raises(MachineError, match="can't be reached") as error:
        fetch(nothing, Source(NAME, "http://127.0.0.1:9/a.zip", 10, ""), tmp_path)
    assert "\n" not in str(error.value)


def test_a_target_that_can_not_be_written_is_one_line(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(MachineError, match="can't be written"):
        fetch(nothing, server.source(), tmp_path / "file")


def test_the_english_model_is_found_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vosk_model, "models_folder", lambda: tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find_model() is None
    for name in NEEDED:
        (tmp_path / ENGLISH.name / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ENGLISH.name / name).touch()
    assert find_model() == tmp_path / ENGLISH.name
    assert find_model("ko") is None


def test_an_explicit_folder_must_hold_a_model(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="isn't a Vosk model"):
        find_model("en", tmp_path)


def test_the_english_model_has_a_checksum() -> None:
    assert len(ENGLISH.sha256) == 64
    assert ENGLISH.url.startswith("https://")
    assert ENGLISH.url.endswith(f"{ENGLISH.name}.zip")
