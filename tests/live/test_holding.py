"""A hold on devices that can silence what waits before the loudspeaker: not one block sounds after it."""

import numpy as np

from coach.devices.port import BLOCK_S
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.keys import Keystroke
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import Entry, SilentEntry
from coach.rehearsal.devices import SilentDevices
from coach.sound.pcm import Pcm
from coach.speech.clips import Clips
from tests.support.fakes import ToneVoice

SILENT_S = 0.03
ROOM_TONE_PEAK = 60
"""Of 32,767: the room tone goes on, at 10 RMS."""


class Hushing(SilentDevices):
    """Devices with something in hand, which count how often they were to be silent at once."""

    def __init__(self) -> None:
        super().__init__()
        self.hushed = 0
        self.sounded: list[bool] = []

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        self.sounded.append(bool(np.abs(block).max() > ROOM_TONE_PEAK))
        return super().exchange(block)

    def hush(self) -> float:
        self.hushed += 1
        return SILENT_S


def test_a_hold_hushes_the_devices_once_and_no_block_sounds_after_it() -> None:
    devices, pressed, entries = Hushing(), list[Keystroke](), list[Entry]()

    def taken() -> list[Keystroke]:
        now, pressed[:] = list(pressed), ()
        return now

    parts = Parts(
        table=load_table(),
        clips=Clips(ToneVoice()),
        devices=devices,
        ears=None,
        watchers=(entries.append,),
        pressed=taken,
    )
    live, workshop = open_live(SessionPlan(routine=load_routine("bands"), usual="bands"), parts)
    live.begin()
    while not (devices.sounded and devices.sounded[-1] and live.coach_speaking):
        live.tick()
    devices.hushed = 0
    pressed.append((Command.PAUSE, None))
    held_s, played = devices.clock_s, len(devices.sounded)
    for _ in range(50):
        live.tick()
    workshop.close()
    assert devices.hushed == 1
    assert not any(devices.sounded[played:])
    (silent,) = (entry for entry in entries if isinstance(entry, SilentEntry))
    assert abs(silent.t - (held_s - SILENT_S)) < BLOCK_S / 2
