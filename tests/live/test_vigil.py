"""Ears that are deaf and a voice that is gone: held and told within three seconds, on again by itself."""

import time
from collections.abc import Callable, Iterator

import pytest

from coach.devices.paced import PacedDevices
from coach.devices.port import BLOCK_S
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.live.vigil import DEAF_S
from coach.log.entries import DeviceEntry, Entry, SayEntry, SilentEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth
from coach.sound.clip import Clip
from coach.timeline.phrases import phrase, phrases
from tests.support.killing import kill_thread

TABLE = load_table()
PATIENCE_S = 40.0
TOLD_S = 3.0


class Voice(SilentClips):
    """Clips that may be late or fail."""

    def __init__(self) -> None:
        super().__init__()
        self.takes_s = 0.0
        self.fails = False
        self.says: Callable[[str], bool] = lambda _: True

    def clip(self, text: str) -> Clip:
        until = time.monotonic() + self.takes_s
        while time.monotonic() < until and self.takes_s:
            time.sleep(0.01)
        if self.fails or not self.says(text):
            raise RuntimeError("no sound")
        return super().clip(text)


class Stage:
    """A session of silent clips in real time, with a clips' thread of its own."""

    def __init__(self) -> None:
        self.voice, self.mouth, self.entries = Voice(), TextMouth(TABLE), list[Entry]()
        self.live: Live
        self.live, self.workshop = open_live(
            SessionPlan(routine=load_routine("bands"), usual="spine-strength"),
            Parts(
                table=TABLE, clips=self.voice, devices=PacedDevices(SilentDevices()), ears=self.mouth, real=True,
                watchers=(self.entries.append,), silent=True,
            ),
        )  # fmt: skip
        self.live.begin()
        self.until(lambda: bool(self.said))

    @property
    def said(self) -> list[str]:
        return [entry.text for entry in self.entries if isinstance(entry, SayEntry)]

    @property
    def told(self) -> list[str]:
        return [entry.what for entry in self.entries if isinstance(entry, DeviceEntry)]

    @property
    def voice_told(self) -> list[str]:
        return [what for what in self.told if what.startswith("voice")]

    def until(self, true: Callable[[], bool], within_s: float = PATIENCE_S) -> float:
        """Go on until something holds, by the session's clock; return how long that took."""
        began_s = self.live.clock_s
        while not true():
            assert self.live.clock_s - began_s < within_s, (self.told, self.said[-3:], self.live.session.state)
            self.live.tick()
        return self.live.clock_s - began_s

    def tick(self, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK_S)):
            self.live.tick()


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.workshop.close()


def test_deaf_ears_hold_the_session_are_said_and_it_goes_on_by_itself(stage: Stage) -> None:
    stage.mouth.behind_s = 0.4
    stage.tick(1.6)  # heard since over a second: they are loaded
    assert stage.told == []
    stage.mouth.behind_s = DEAF_S
    stage.until(lambda: stage.said[-1] == phrase("session.ears_lost"), TOLD_S - DEAF_S)
    assert stage.live.session.state == "paused"
    stage.mouth.behind_s = 0.5
    stage.until(lambda: stage.live.session.state == "playing", TOLD_S)
    stage.until(lambda: phrase("session.device_back") in stage.said)
    assert stage.told == ["ears lost", "ears back"]


@pytest.mark.slow
def test_ears_that_never_load_are_told_too(stage: Stage) -> None:
    stage.mouth.behind_s = 5.0
    stage.tick(4.0)
    assert stage.told == []  # they may load while the coach welcomes her
    stage.until(lambda: "ears lost" in stage.told, 10.0)


@pytest.mark.slow
def test_a_voice_that_is_late_chimes_and_is_shown(stage: Stage) -> None:
    stage.voice.takes_s = 6.0
    stage.mouth.say("what can I say")
    stage.until(lambda: any(isinstance(entry, SilentEntry) for entry in stage.entries))
    stage.until(lambda: "voice late" in stage.told, TOLD_S)
    stage.until(lambda: stage.told.count("voice late") == 2, TOLD_S)
    stage.voice.takes_s = 0.0
    count = len(stage.said)
    stage.until(lambda: len(stage.said) > count)
    assert "voice lost" not in stage.told


@pytest.mark.slow
def test_a_voice_that_is_gone_holds_the_session_chimes_and_is_shown(stage: Stage) -> None:
    stage.voice.fails = True
    stage.mouth.say("what can I say")
    stage.until(lambda: any(isinstance(entry, SilentEntry) for entry in stage.entries))
    stage.until(lambda: "voice lost" in stage.told, TOLD_S)
    stage.tick(TOLD_S)  # nobody waits for that answer any more: it tries whether it can say that it is back
    assert (stage.voice_told[-1], stage.live.session.state) == ("voice lost", "paused")
    stage.until(lambda: stage.voice_told[-1] == "voice still gone")
    stage.voice.fails = False
    stage.until(lambda: stage.voice_told[-1] == "voice back")
    stage.until(lambda: stage.live.session.state == "playing")
    stage.until(lambda: phrase("session.device_back") in stage.said)


def test_help_is_answered_at_once_while_the_next_segment_cannot_be_said(stage: Stage) -> None:
    answers = (phrase("session.emergency.down"), *phrases("session.emergency.help"))
    stage.voice.says = answers.__contains__
    stage.workshop.speak_at(1.0)  # what was built ahead is forgotten
    stage.mouth.say("next")
    stage.until(lambda: "voice lost" in stage.told, TOLD_S)
    stage.mouth.say("I need help")
    stage.until(lambda: stage.said[-1] in answers, TOLD_S)


def test_a_clips_thread_that_dies_costs_no_sentence(stage: Stage) -> None:
    for _ in range(3):
        kill_thread("clips")
        count = len(stage.said)
        stage.mouth.say("what can I say")
        stage.until(lambda: len(stage.said) > count, TOLD_S)  # noqa: B023  (asked at once)
        stage.tick(0.5)
    assert stage.told == ["clips: KilledError"] * 3


def test_a_view_that_fails_ends_no_session_and_is_told_once(stage: Stage) -> None:
    def fails(_: object) -> None:
        raise ValueError("no such letter")

    live, workshop = open_live(
        SessionPlan(routine=load_routine("bands"), usual="spine-strength"),
        Parts(
            table=TABLE, clips=SilentClips(), devices=SilentDevices(), ears=TextMouth(TABLE), real=True, silent=True,
            watchers=(stage.entries.append, fails), observers=(fails,),
        ),
    )  # fmt: skip
    live.begin()
    for _ in range(100):
        live.tick()
    workshop.close()
    assert len([what for what in stage.told if "no such letter" in what]) == 2
