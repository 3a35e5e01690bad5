"""A session whose devices come and go, in lock-step: it holds with its clock, says why, logs it, and goes on."""

import pytest

from coach.devices.port import BLOCK_S, DeviceChange
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import DeviceEntry, Entry, SayEntry, SilentEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth
from coach.session.events import Awoke, DeviceBack, DeviceKind, DeviceLost, LossReason, Remark, Remarked
from coach.sound.pcm import Pcm
from coach.timeline.phrases import phrase

TABLE = load_table()


class Failing(SilentDevices):
    """Devices that fail when they are told to."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: list[DeviceChange] = []

    def changes(self) -> tuple[DeviceChange, ...]:
        coming, self.coming = self.coming, []
        return tuple(coming)

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        return super().exchange(block)


class Stage:
    def __init__(self) -> None:
        self.devices, self.mouth, self.entries = Failing(), TextMouth(TABLE), list[Entry]()
        parts = Parts(
            table=TABLE,
            clips=SilentClips(),
            devices=self.devices,
            ears=self.mouth,
            watchers=(self.entries.append,),
            silent=True,
        )
        self.live: Live
        self.live, _ = open_live(SessionPlan(routine=load_routine("bands"), usual="spine-strength"), parts)
        self.live.begin()

    def tick(self, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK_S)):
            self.live.tick()

    def in_a_set(self) -> "Stage":
        for _ in range(20):
            if self.live.moment.kind != "set":
                self.mouth.say("next")
            self.tick(2)
        assert self.live.moment.rep
        return self

    @property
    def devices_told(self) -> list[str]:
        return [entry.what for entry in self.entries if isinstance(entry, DeviceEntry)]

    @property
    def said(self) -> list[str]:
        return [entry.text for entry in self.entries if isinstance(entry, SayEntry)]


@pytest.mark.parametrize(
    "lost",
    [
        DeviceLost(DeviceKind.SPEAKER),
        DeviceLost(DeviceKind.MICROPHONE),
        DeviceLost(DeviceKind.MICROPHONE, why=LossReason.MUTED),
    ],
)
def test_a_lost_device_holds_the_set_and_its_clock_until_it_is_back(lost: DeviceLost) -> None:
    stage = Stage().in_a_set()
    stage.devices.coming = [lost]
    stage.tick(1)
    left_s, rep = stage.live.left_s, stage.live.moment.rep
    assert stage.live.moment.state == "paused"
    assert any(isinstance(entry, SilentEntry) and entry.after == "device" for entry in stage.entries)
    stage.tick(600)
    assert (stage.live.left_s, stage.live.moment.rep) == (left_s, rep)
    stage.devices.coming = [DeviceBack(lost.what)]
    stage.tick(8)
    assert stage.live.moment.state == "playing"
    assert stage.live.moment.rep == rep
    assert stage.devices_told == [f"{lost.what} {lost.why}", f"{lost.what} back"]


@pytest.mark.parametrize("why", LossReason)
def test_a_microphone_that_is_gone_is_said_aloud(why: LossReason) -> None:
    stage = Stage().in_a_set()
    stage.devices.coming = [DeviceLost(DeviceKind.MICROPHONE, why=why)]
    stage.tick(2)
    assert stage.said[-1] == phrase(f"session.microphone_{why}")


def test_a_bad_level_is_said_once_and_holds_nothing() -> None:
    stage = Stage().in_a_set()
    for _ in range(3):
        stage.devices.coming = [Remarked(Remark.CLIPPING)]
        stage.tick(15)
    assert stage.said.count(phrase("session.remark.clipping")) == 1
    assert stage.live.moment.state == "playing"
    assert "microphone clipping" in stage.devices_told


def test_what_is_not_recorded_is_said_once() -> None:
    stage = Stage().in_a_set()
    for _ in range(2):
        stage.live.remark(Remark.NOT_RECORDED)
        stage.tick(15)
    assert stage.said.count(phrase("session.remark.not_recorded")) == 1


def test_a_microphone_that_is_still_gone_is_said_when_the_loudspeaker_is_back() -> None:
    stage = Stage().in_a_set()
    stage.devices.coming = [DeviceLost(DeviceKind.SPEAKER), DeviceLost(DeviceKind.MICROPHONE)]
    stage.tick(2)
    stage.devices.coming = [DeviceBack(DeviceKind.SPEAKER)]
    stage.tick(2)
    assert stage.said[-1] == phrase("session.microphone_lost")
    assert stage.live.moment.state == "paused"


def test_a_remark_waits_for_the_end_of_a_question() -> None:
    stage = Stage().in_a_set()
    stage.mouth.say("finish workout")
    stage.tick(3)
    stage.devices.coming = [Remarked(Remark.QUIET)]
    stage.tick(5)
    assert phrase("session.remark.quiet") not in stage.said
    stage.mouth.say("no")
    stage.tick(30)
    assert phrase("session.remark.quiet") in stage.said


def test_a_machine_that_slept_says_so_and_the_set_goes_on_from_the_interrupted_rep_at_her_word() -> None:
    stage = Stage().in_a_set()
    rep = stage.live.moment.rep
    stage.devices.coming = [Awoke()]
    stage.tick(30)
    assert stage.live.moment.state == "paused"
    assert phrase("session.was_asleep") in stage.said
    assert "machine asleep" in stage.devices_told
    assert any(isinstance(entry, SilentEntry) and entry.after == "sleep" for entry in stage.entries)
    stage.mouth.say("resume")
    stage.tick(8)
    assert (stage.live.moment.state, stage.live.moment.rep) == ("playing", rep)


def test_an_hour_of_silence_ends_by_itself() -> None:
    stage = Stage()
    for _ in range(3600):
        if not stage.live.over:
            stage.tick(1)
    assert stage.live.over
