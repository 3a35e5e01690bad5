"""Measure whether writing the history ever delays the sound: the same set on the real speaker, without and with it.

Needs a speaker (a null sink will do). Counts the silence that the speaker put in because no block was there in time,
and the longest that the loop took over a block of 20 ms. A machine that is busy with something else has underruns
without the history too, so that there are more tries. Exit 1 where the best set with the history had more of them than
the best without, or where the loop took longer over a block than the block lasts.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from coach.clock import now_on
from coach.devices.real import SoundDevices
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.library.routine import Routine
from coach.live.loop import Live
from coach.live.opening import Parts, SessionPlan, open_live
from coach.session.machine import Session
from coach.speech.choose import open_clips
from coach.timeline.cue import SegmentKind
from coach.training.dose import Dose
from coach.training.recorder import Recorder
from coach.training.writer import HistoryWriter, PlannedBlock
from scripts.named import options

BLOCK_MS = 20.0


@dataclass(frozen=True, slots=True)
class Found:
    reps: int
    late_s: float
    worst_ms: float

    def __str__(self) -> str:
        return f"{self.reps} reps, {self.late_s * 1000:.0f} ms of silence put in, slowest block {self.worst_ms:.1f} ms"


def main(arguments: Sequence[str]) -> int:
    parser = options("bench history_live", __doc__)
    parser.add_argument("--reps", type=int, default=4)
    parser.add_argument("--tries", type=int, default=3)
    wanted = parser.parse_args(arguments)
    whole = load_routine("bands")
    one = (replace(whole.blocks[0], reps=wanted.reps, sets=1),)
    routine = replace(whole, blocks=one, warm_up=False, balance=None, wind_down=False)
    without: list[Found] = []
    found: list[Found] = []
    for _ in range(wanted.tries):
        without.append(run(routine, ()))
        print(f"without the history: {without[-1]}")
        found.append(recorded(routine))
        print(f"with the history:    {found[-1]}")
        if not found[-1].late_s:
            break
    more_s = min(one.late_s for one in found) - min(one.late_s for one in without)
    slowest_ms = max(one.worst_ms for one in found)
    print(f"at best {more_s * 1000:+.0f} ms of silence with it; slowest block {slowest_ms:.1f} of {BLOCK_MS:.0f} ms")
    return int(more_s > 0 or slowest_ms > BLOCK_MS)


def recorded(routine: Routine) -> Found:
    """Run one set with the history."""
    with tempfile.TemporaryDirectory() as folder:
        writer = HistoryWriter(Path(folder) / "history.sqlite3")
        blocks = [PlannedBlock(Dose(block.exercise.id, block.sets, block.reps), 1) for block in routine.blocks]
        recorder = Recorder(writer, {routine.id: blocks}, now_on(), rehearsed=True)
        try:
            return run(routine, (recorder.see,))
        finally:
            recorder.close()


def run(routine: Routine, observers: tuple[Callable[[Session], None], ...]) -> Found:
    """Run one set on the speaker, all before it skipped by key."""
    clips = open_clips()
    devices = SoundDevices(None, None)
    sessions: list[Live] = []

    def pressed() -> list[tuple[Command, int | None]]:
        return [] if sessions[0].session.kind is SegmentKind.SET else [(Command.NEXT, None)]

    parts = Parts(
        table=load_table(), clips=clips, devices=devices, ears=None, observers=observers, pressed=pressed, real=True
    )
    live, workshop = open_live(SessionPlan(routine=routine, usual=routine.id), parts)
    sessions.append(live)
    try:
        return measured(live, devices)
    finally:
        workshop.close()
        devices.close()
        clips.close()


def measured(live: Live, devices: SoundDevices) -> Found:
    """Tick through the set; what the loop takes is all but the waiting for the devices."""
    live.begin()
    late_s, worst_s = None, 0.0
    exchange, waited = devices.exchange, [0.0]

    def timed(block):  # type: ignore[no-untyped-def]  # the port's
        began = perf_counter()
        found = exchange(block)
        waited[0] = perf_counter() - began
        return found

    devices.exchange = timed  # type: ignore[method-assign]  # only to measure
    while live.session.kind is not SegmentKind.FINISH:
        began = perf_counter()
        live.tick()
        if live.session.kind is SegmentKind.SET and live.session.rep:
            late_s = devices.late_s if late_s is None else late_s
            worst_s = max(worst_s, perf_counter() - began - waited[0])
            last_late_s = devices.late_s
    reps = sum(entry.done for entry in live.session.record.sets)
    live.end()
    return Found(reps, last_late_s - (late_s or 0.0), worst_s * 1000)
