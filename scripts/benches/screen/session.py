"""A set on the real loudspeaker, with or without a page, for the measurements that need sound."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from coach.devices.real import SoundDevices
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import Entry
from coach.screen.screen import Screen
from coach.session.state import Session
from coach.speech.choose import open_clips
from coach.timeline.cue import SegmentKind


@dataclass(frozen=True, slots=True)
class Cost:
    """What a set took."""

    lasted_s: float
    busy_s: float
    """Processor time of this process, all threads."""
    late_s: float
    """Silence that the speaker put in because no block was there in time."""


def set_on_speaker(screen: Screen | None, reps: int, watchers: Sequence[Callable[[Entry], None]] = ()) -> Cost:
    """Run one set, all before it skipped by key; return what the set itself took."""
    whole = load_routine("bands")
    routine = replace(whole, blocks=(replace(whole.blocks[0], reps=reps, sets=1),))
    clips, devices = open_clips(), SoundDevices(None, None)
    sessions: list[Live] = []

    def pressed() -> list[tuple[Command, int | None]]:
        return [] if sessions[0].session.kind is SegmentKind.SET else [(Command.NEXT, None)]

    observers: list[Callable[[Session], None]] = []
    if screen:
        screen.sounds_after(lambda: devices.latency_s)
        observers, watchers = [screen.see], [screen.watch, *watchers]
    live, workshop = open_live(
        SessionPlan(routine=routine, usual=routine.id),
        Parts(table=load_table(), clips=clips, devices=devices, ears=None, watchers=watchers, observers=observers,
              pressed=pressed, real=True),
    )  # fmt: skip
    sessions.append(live)
    try:
        return _measured(live, devices)
    finally:
        print(f"  the sound system says {devices.latency_s * 1000:.0f} ms from callback to air")
        workshop.close()
        devices.close()
        clips.close()


def _measured(live: Live, devices: SoundDevices) -> Cost:
    live.begin()
    began: Cost | None = None
    ended = Cost(0.0, 0.0, 0.0)
    while live.session.kind is not SegmentKind.FINISH:
        live.tick()
        if live.session.kind is SegmentKind.SET and live.session.rep:
            ended = Cost(time.monotonic(), time.process_time(), devices.late_s)
            began = began or ended
    live.end()
    assert began is not None
    return Cost(ended.lasted_s - began.lasted_s, ended.busy_s - began.busy_s, ended.late_s - began.late_s)
