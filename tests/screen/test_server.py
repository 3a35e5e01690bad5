"""The page over a socket: who is let in, and who is not."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.log.entries import StateEntry
from coach.screen.screen import Screen
from coach.session.state import Question
from coach.threads import Faults
from tests.screen.stage import TABLE
from tests.screen.visitor import Visitor
from tests.support.killing import kill_thread, wait_until


@pytest.fixture(scope="module")
def opened() -> Iterator[Screen]:
    with Screen(TABLE) as screen:
        yield screen


@pytest.fixture
def screen(opened: Screen) -> Screen:
    opened.commands()  # what a test before pressed
    return opened


@pytest.fixture(scope="module")
def visitor(opened: Screen) -> Visitor:
    found = Visitor(opened)
    found.enter()
    return found


# Getting in


def test_the_address_sets_a_cookie_of_this_port_and_is_cleaned(screen: Screen) -> None:
    visitor = Visitor(screen)
    first = visitor.enter()
    assert (first.status, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert cookie.startswith(f"coach-{visitor.port}=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "domain" not in cookie
    assert visitor.token not in cookie
    assert visitor.ask("GET", "/", Cookie=visitor.cookie).status == 200


def test_the_page_loads_nothing_from_elsewhere(visitor: Visitor) -> None:
    page = visitor.ask("GET", "/", Cookie=visitor.cookie)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert b"src=" not in page.body.replace(b"default-src", b"")
    assert page.headers["cache-control"] == "no-store"
    assert "server" not in page.headers


def test_the_browsers_address_opens_the_page_once(screen: Screen) -> None:
    visitor = Visitor(screen)
    ticket = screen.address_once.partition("token=")[2]
    assert [visitor.ask("GET", f"/?token={ticket}").status for _ in range(2)] == [303, 403]
    assert [visitor.ask("GET", f"/?token={visitor.token}").status for _ in range(2)] == [303, 303]


FOREIGN_HOSTS = [
    "", "localhost", "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "192.168.1.5:{port}",
    "127.0.0.1.evil.example:{port}", "home.evil.example:{port}", "[::1]:{port}", "0.0.0.0:{port}",
]  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["/", "/?token={token}", "/events"])
def test_a_foreign_host_is_refused_even_with_token_and_cookie(visitor: Visitor, host: str, path: str) -> None:
    address = path.format(token=visitor.token)
    answer = visitor.ask("GET", address, Host=host.format(port=visitor.port), Cookie=visitor.cookie)
    assert answer.status in (400, 403)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
     {"Origin": "https://127.0.0.1:{port}"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/?token={token}", "/events"])
def test_what_comes_from_another_page_is_refused(visitor: Visitor, headers: dict[str, str], path: str) -> None:
    foreign = {name: value.format(port=visitor.port) for name, value in headers.items()}
    answer = visitor.ask("GET", path.format(token=visitor.token), body=None, Cookie=visitor.cookie, **foreign)
    assert answer.status == 403


@pytest.mark.parametrize(
    "path", ["/", "/?token=", "/?token=wrong", "/?token=%00%ff", "/events", "/events?token={token}"]
)
def test_nothing_is_shown_without_the_token(screen: Screen, path: str) -> None:
    visitor = Visitor(screen)
    answer = visitor.ask("GET", path.format(token=visitor.token))
    assert answer.status == 403
    assert b"<script" not in answer.body


def test_another_sessions_cookie_opens_nothing(visitor: Visitor) -> None:
    for cookie in (f"coach-{visitor.port}=guess", visitor.cookie.replace(str(visitor.port), "1"), "x=1"):
        assert visitor.ask("GET", "/events", Cookie=cookie).status == 403


def test_only_the_loopback_is_listened_on(screen: Screen) -> None:
    port = Visitor(screen).port
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("203.0.113.1", 9))  # sends nothing: asks which address would be used
        own = probe.getsockname()[0]
        if not own.startswith("127."):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((own, port), timeout=2)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("::1", port), timeout=2)


# Acting


def test_a_key_and_a_button_reach_the_session(screen: Screen, visitor: Visitor) -> None:
    assert visitor.press({"key": " "}).status == 204
    assert visitor.press({"command": "number", "value": 7}).status == 204
    assert list(screen.commands()) == [(Command.PAUSE, None), (Command.NUMBER, 7)]


def test_keys_answer_the_question_that_stands(screen: Screen, visitor: Visitor) -> None:
    screen.watch(StateEntry(0.0, "asking", Question.END))
    visitor.press({"key": "n"})
    screen.watch(StateEntry(0.0, "playing", None))
    visitor.press({"key": "n"})
    assert list(screen.commands()) == [(Command.NO, None), (Command.NEXT, None)]


@pytest.mark.parametrize(
    "headers",
    [{"X_Coach_Token": ""}, {"X_Coach_Token": "guess"}, {"Cookie": ""}, {"Origin": ""}, {"Origin": "null"},
     {"Origin": "http://127.0.0.1:1"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
     {"Sec_Fetch_Site": "none"}, {"Host": "evil.example"}, {"Content_Type": "text/plain"}, {"Content_Type": ""},
     {"Content_Type": "application/x-www-form-urlencoded"}],
    ids=str,
)  # fmt: skip
def test_a_press_lacking_any_proof_is_refused(screen: Screen, visitor: Visitor, headers: dict[str, str]) -> None:
    assert visitor.press({"command": "stop"}, **headers).status == 403
    assert list(screen.commands()) == []


def test_the_addresss_token_presses_nothing(screen: Screen, visitor: Visitor) -> None:
    assert visitor.press({"command": "stop"}, X_Coach_Token=visitor.token).status == 403
    assert list(screen.commands()) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_a_post_acts(screen: Screen, visitor: Visitor, method: str) -> None:
    answer = visitor.ask(method, "/press?command=stop&key=s", Cookie=visitor.cookie, X_Coach_Token=visitor.page_token)
    assert answer.status == 405
    assert list(screen.commands()) == []


@pytest.mark.parametrize(
    "what", [None, 1, [], {}, {"key": ""}, {"key": "xyz"}, {"key": 7}, {"command": "format disk"},
             {"command": ["stop"]}, {"command": {}}, {"command": "number", "value": -1},
             {"command": "number", "value": 1e300}, {"command": "number", "value": True},
             {"command": "number", "value": "1"}],
    ids=str,
)  # fmt: skip
def test_a_press_without_a_meaning_does_nothing(screen: Screen, visitor: Visitor, what: object) -> None:
    assert visitor.press(what).status == 400
    assert list(screen.commands()) == []


def test_a_body_that_is_too_long_or_no_json_is_refused(visitor: Visitor) -> None:
    headers = {"Cookie": visitor.cookie, "Origin": visitor.origin, "X_Coach_Token": visitor.page_token,
               "Content_Type": "application/json"}  # fmt: skip
    assert visitor.ask("POST", "/press", b"[" * 100_000, **headers).status == 413
    assert visitor.ask("POST", "/press", b"[" * 190, **headers).status == 400
    assert visitor.ask("POST", "/press", b"\xff\xfe", **headers).status == 400


@pytest.mark.parametrize("path", ["/nothing", "/../etc/passwd", "/press/", "/favicon.ico"])
def test_there_is_nothing_else(visitor: Visitor, path: str) -> None:
    assert visitor.ask("GET", path, Cookie=visitor.cookie).status in (307, 404)


def kill_until_reported(faults: Faults) -> None:
    """Kill again where the fault was swallowed: a task that is over keeps its error to itself."""
    for _ in range(20):
        kill_thread("page")
        with contextlib.suppress(AssertionError):
            return wait_until(faults.taken, patience_s=2.0)  # by the thread, or by the event loop that outlived it
    pytest.fail("no kill was ever reported")


def test_a_server_thread_that_dies_serves_again() -> None:
    faults = Faults()
    with Screen(TABLE, report=faults.report) as opened:
        visitor = Visitor(opened)
        visitor.enter()
        for _ in range(2):
            kill_until_reported(faults)
            assert visitor.ask("GET", "/", Cookie=visitor.cookie).status == 200
