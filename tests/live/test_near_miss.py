"""Not understood is said: a soft "hm" for what was nearly a command, seldom, and never for the coach's own words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach.devices.port import BLOCK_S
from coach.hearing.policy.policy import BREAKER_COUNT, Policy
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Heard
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.loop import Live, Setting
from coach.live.near_miss import OFTEN, OFTEN_WITHIN_S, counts_along, is_near_miss, is_puzzling
from coach.live.vigil import Vigil
from coach.log.entries import Entry, SayEntry
from coach.playback.mixing import SilentMixer
from coach.playback.player import Player
from coach.playback.workshop import SilentClips, Workshop
from coach.rehearsal.devices import SilentDevices
from coach.session.machine import start
from coach.sound.clip import Clip
from coach.sound.earcons import earcon
from coach.sound.pcm import Pcm
from coach.timeline.phrases import phrase
from coach.timeline.step import Shape

TABLE = load_table()
OPEN = frozenset(Command)
UNSURE = VerdictReason.LOW_CONFIDENCE


def heard(
    text: str = "next", command: Command | None = Command.NEXT, confidence: float = -6.0, at_s: float = 5.0
) -> Heard:
    return Heard(text, command, None, confidence, 3.0, at_s, at_s + 0.5)


def refused(reason: VerdictReason) -> Verdict:
    return Verdict(False, reason, Command.NEXT)


@pytest.mark.parametrize(
    ("reason", "confidence", "expected"),
    [
        (VerdictReason.LOW_CONFIDENCE, -6.0, True),
        (VerdictReason.LOW_CONFIDENCE, -9.0, False),
        (VerdictReason.MARGIN, -0.1, True),
        (VerdictReason.UNKNOWN, -0.1, False),
        (VerdictReason.OWN_VOICE, -0.1, False),
        (VerdictReason.REFRACTORY, -0.1, False),
        (VerdictReason.NOT_ALLOWED_HERE, -0.1, False),
    ],
)
def test_only_what_came_near_a_command_counts(reason: VerdictReason, confidence: float, expected: bool) -> None:
    assert is_near_miss(heard(confidence=confidence), refused(reason), Context(OPEN), MOONSHINE) is expected


def test_a_look_at_growing_speech_does_not_count() -> None:
    assert not is_near_miss(replace(heard(), partial=True), refused(UNSURE), Context(OPEN), MOONSHINE)


def test_what_is_closed_here_does_not_count() -> None:
    closed = Context(OPEN - {Command.NEXT})
    assert not is_near_miss(heard(), refused(UNSURE), closed, MOONSHINE)


def test_the_coachs_own_words_do_not_count_and_old_ones_do() -> None:
    said = (("next", 4.8, 5.2),)
    assert not is_near_miss(heard(), refused(UNSURE), Context(OPEN, coach_words=said), MOONSHINE)
    assert is_near_miss(heard(at_s=60.0), refused(UNSURE), Context(OPEN, coach_words=said), MOONSHINE)


class Whisper:
    """Ears that hear what they are told to."""

    name = "moonshine"
    thresholds = MOONSHINE
    trouble: str | None = None
    half_duplex = False
    behind_s = 0.0
    speaking = False

    def __init__(self) -> None:
        self.coming: list[Heard] = []

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:  # noqa: ARG002 - the port's
        coming, self.coming = self.coming, []
        return coming

    def expect(self, commands: frozenset[Command]) -> None:
        """Expect anything."""

    def close(self) -> None:
        """Have nothing to close."""


class Listening(SilentMixer):
    """A mixer that keeps what is placed on it."""

    def __init__(self) -> None:
        super().__init__()
        self.placed: list[Clip] = []

    def place(self, clip: Clip, at_frame: int, gain_db: float = 0.0, track: str = "speech") -> int:
        self.placed.append(clip)
        return super().place(clip, at_frame, gain_db, track)


class Stage:
    """A session whose ears hear what the test says."""

    def __init__(self, **policy: object) -> None:
        self.ears, self.mixer, self.entries = Whisper(), Listening(), list[Entry]()
        session, effects = start(load_routine("bands"))
        self.player = Player(self.mixer, Workshop(SilentClips(), Shape(live=True), threaded=False))
        settings = Policy(TABLE, MOONSHINE, **policy)  # type: ignore[arg-type] # options vary
        setting = Setting(
            self.player, SilentDevices(), self.ears, settings, Vigil(self.player, self.ears), (self.entries.append,)
        )
        self.live = Live(session, effects, setting)
        self.live.begin()

    def tick(self, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK_S)):
            self.live.tick()

    def hear(self, text: str, command: Command | None, confidence: float) -> None:
        """Let something be heard that was said just now."""
        end_s = self.live.clock_s
        self.ears.coming.append(Heard(text, command, None, confidence, 3.0, end_s - 0.5, end_s))
        self.live.tick()

    def hush(self) -> None:
        """Wait until the coach has been silent for a while."""
        silent_s = 0.0
        while silent_s < 1.0:
            self.live.tick()
            silent_s = 0.0 if self.live.coach_speaking else silent_s + BLOCK_S

    @property
    def hms(self) -> int:
        return sum(clip is earcon("hm") for clip in self.mixer.placed)

    @property
    def said(self) -> list[str]:
        return [entry.text for entry in self.entries if isinstance(entry, SayEntry)]


def test_every_thing_she_says_is_answered_also_what_is_no_command_at_all() -> None:
    stage = Stage()
    for _ in range(3):
        stage.hush()
        stage.hear("good morning", None, -10.0)
        stage.tick(21)
    assert stage.hms == 3


def test_who_talks_on_and_on_hears_it_once_a_minute() -> None:
    stage = Stage()
    began_s = stage.live.clock_s
    for _ in range(30):
        stage.hush()
        stage.hear("good morning", None, -10.0)
        stage.tick(2)
    assert OFTEN <= stage.hms <= OFTEN + 1 + (stage.live.clock_s - began_s) / OFTEN_WITHIN_S


@pytest.mark.parametrize(("said", "counting"), [("One.", True), ("2, 3", True), ("Ten", True), ("One leg", False)])
def test_who_counts_along_is_not_answered(said: str, counting: bool) -> None:
    each = replace(heard("next", None, -10.0), transcript=said)
    assert counts_along(each) is counting
    assert is_puzzling(each, refused(VerdictReason.UNKNOWN), Context(OPEN)) is not counting


@pytest.mark.parametrize(("lasts_s", "expected"), [(0.1, False), (0.5, True), (4.0, False)])
def test_a_dish_and_a_long_sentence_are_not_meant_for_the_coach(lasts_s: float, expected: bool) -> None:
    each = replace(heard("good morning", None, -10.0), word_start_t=5.0, word_end_t=5.0 + lasts_s)
    assert is_puzzling(each, refused(VerdictReason.UNKNOWN), Context(OPEN)) is expected


def test_what_a_question_is_asked_about_gets_no_hm() -> None:
    stage = Stage()
    for _ in range(20):
        if stage.live.moment.kind != "set":
            stage.hear("next", Command.NEXT, 0.0)
        stage.tick(1.5)
    assert stage.live.moment.rep
    stage.hear("stop", Command.STOP, -8.5)
    stage.tick(15)
    assert phrase("session.ask.stop") in stage.said
    assert stage.hms == 0


def test_without_an_echo_canceller_it_says_what_it_takes() -> None:
    stage = Stage(half_duplex=True)
    stage.tick(60)
    assert stage.said.count(phrase("session.remark.no_canceller")) == 1


def test_hearing_itself_again_and_again_is_said_once() -> None:
    stage = Stage(echoed_t=(0.0,) * (BREAKER_COUNT - 1))
    stage.tick(25)
    begins = next(begins for word, begins, _ in stage.player.words() if word.strip(",.") == "pause")
    again = Stage(echoed_t=(0.0,) * (BREAKER_COUNT - 1))
    again.tick(begins)
    for _ in range(3):
        again.hear("pause", Command.PAUSE, 0.0)
        again.tick(2)
        again.hear("resume", Command.RESUME, 0.0)
        again.tick(20)
    assert again.said.count(phrase("session.remark.half_duplex")) == 1
