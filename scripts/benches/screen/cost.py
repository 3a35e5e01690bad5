"""What the page costs the session: the same set on the real speaker without and with ten pages that read."""

import subprocess
import sys

from coach.hearing.vocabulary.phrase_table import load_table
from coach.screen.screen import Screen
from scripts.benches.screen.session import Cost, set_on_speaker

REPS, TRIES, PAGES = 4, 3, 10
MOST_PERCENT = 3.0

READING = """
import os
os.nice(30)
import sys
from http.client import HTTPConnection
from threading import Thread
origin, token = sys.argv[1].split("/?token=")
address = origin.removeprefix("http://")
def ask(path, cookie=""):
    connection = HTTPConnection(address)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    return connection.getresponse()
cookie = ask("/?token=" + token).headers["Set-Cookie"].split(";")[0]
def read():
    answer = ask("/events", cookie)
    while answer.readline(): pass
threads = [Thread(target=read) for _ in range(int(sys.argv[2]))]
for thread in threads: thread.start()
"""
"""Pages in a process of their own: a browser's work is not the session's."""


def cost() -> bool:
    """Compare the best tries: a machine that is busy with something else is late without the page too."""
    without, with_page = [], []
    for _ in range(TRIES):
        without.append(_told("without", set_on_speaker(None, REPS)))
        with Screen(load_table()) as screen:
            command = [sys.executable, "-c", READING, screen.address, str(PAGES)]
            with subprocess.Popen(command) as reader:
                with_page.append(_told(f"{PAGES} pages", set_on_speaker(screen, REPS)))
                reader.terminate()
    more_late_s = min(one.late_s for one in with_page) - min(one.late_s for one in without)
    more_percent = 100 * (min(map(_share, with_page)) - min(map(_share, without)))
    print(f"cost: at best {more_late_s * 1000:+.0f} ms of silence put in, {more_percent:+.1f}% of a core")
    return more_late_s <= 0 and more_percent <= MOST_PERCENT


def _share(one: Cost) -> float:
    return one.busy_s / one.lasted_s


def _told(name: str, one: Cost) -> Cost:
    print(f"  {name}: {one.late_s * 1000:.0f} ms of silence put in, {100 * _share(one):.1f}% of a core")
    return one
