"""Open a session: wire player, ears, policy and log to the state machine, for devices, rehearsals and tests alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from coach.devices.port import Devices
from coach.hearing.policy.policy import Policy
from coach.hearing.ports.ears import Ears
from coach.hearing.ports.thresholds import ACCEPT_ALL
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.routine import Routine
from coach.live.loop import Keys, Live, Setting
from coach.live.vigil import Vigil
from coach.log.entries import Entry
from coach.playback.mixing import Mixing, SilentMixer
from coach.playback.player import Player
from coach.playback.workshop import ClipSource, Workshop
from coach.session.machine import ResumePoint, Session, start, start_with_who
from coach.session.state import ClinicianAsked, Effects
from coach.sound.mixer import Mixer
from coach.sound.pcm import Samples
from coach.sound.room_tone import RoomTone
from coach.threads import Faults, described
from coach.timeline.step import Shape

T = TypeVar("T")
UNANSWERED_S = 300.0  # a pause this long on files ends the session: nobody will come back


LIVE = Shape(live=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What is trained in a session, and how it is told."""

    routine: Routine | None
    """None: the coach asks."""
    choices: tuple[Routine, ...] = ()
    """What can be answered, in the order of the table's choices."""
    usual: str = ""
    """The routine that is taken without an answer."""
    pace: float = 1.0
    asks_effort: bool = False
    """After each exercise, where somebody can answer."""
    asks_before: bool = False
    """First how her back is, where somebody can answer."""
    asks_cleared: ClinicianAsked | None = None
    """Why she is asked whether a clinician agreed. Without an answer there is no training."""
    offers_walk: bool = True
    """In the training's place."""
    asks_usability: bool = False
    """At the end, where somebody can answer."""
    shape: Shape = LIVE
    """How it is told; the pace is the one above."""
    place: ResumePoint | None = None
    """Where in the routine it goes on; None: at its beginning."""
    people: tuple[str, ...] = ()
    """Only ask which of them is training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a session runs on."""

    table: Table
    clips: ClipSource
    devices: Devices
    ears: Ears | None
    watchers: Sequence[Callable[[Entry], None]] = ()
    observers: Sequence[Callable[[Session], None]] = ()
    pressed: Keys = tuple
    learn: Callable[[str, bytes], None] | None = None
    """Takes a phrase and a sample of it in her voice, where she wants more of them learned."""
    faults: Faults = field(default_factory=Faults)
    """Where threads report what went wrong; the session tells it."""
    real: bool = False
    """In real time: clips are made in a thread."""
    silent: bool = False
    """By text: nothing is mixed."""
    bed: Iterator[Samples] | None = None
    """Music under the voice, piece by piece."""


def open_live(plan: SessionPlan, parts: Parts) -> tuple[Live, Workshop]:
    """Make a session of its parts; the caller closes the workshop, the devices, the ears."""
    session, effects = _started(plan, parts)
    workshop = Workshop(parts.clips, plan.shape, threaded=parts.real, report=parts.faults.report)
    if plan.routine is not None:
        workshop.ahead(plan.routine, session.steps, plan.pace)
    mixer: Mixing = SilentMixer() if parts.silent else Mixer(parts.bed, RoomTone())
    player = Player(mixer, workshop)
    setting = Setting(
        player=player,
        devices=parts.devices,
        ears=parts.ears,
        policy=_policy(parts.table, parts.ears),
        vigil=Vigil(player, parts.ears, lambda: workshop.failing, parts.faults.taken),
        watchers=tuple(_guarded(watch, parts) for watch in parts.watchers),
        observers=tuple(_guarded(see, parts) for see in parts.observers),
        pressed=parts.pressed,
        learn=parts.learn,
    )
    return Live(session, effects, setting), workshop


def _started(plan: SessionPlan, parts: Parts) -> tuple[Session, Effects]:
    """Return the session with its first effects."""
    heard, answered = parts.ears is not None, parts.real or parts.ears is not None
    if plan.people:
        return start_with_who(plan.people, has_microphone=heard)
    return start(
        plan.routine,
        choices=plan.choices,
        usual=plan.usual,
        pace=plan.pace,
        has_microphone=heard,
        pause_limit_s=None if parts.real else UNANSWERED_S,
        asks_effort=plan.asks_effort and answered,
        asks_before=plan.asks_before and answered,
        asks_cleared=plan.asks_cleared,
        offers_walk=plan.offers_walk,
        asks_usability=plan.asks_usability and answered,
        resume_at=plan.place,
    )


def _guarded(follow: Callable[[T], None], parts: Parts) -> Callable[[T], None]:
    """Return a follower whose mistakes end no session that somebody trains in: a view, the page, the record."""
    if not parts.real:
        return follow
    told = set[str]()

    def followed(what: T) -> None:
        try:
            follow(what)
        except Exception as fault:  # noqa: BLE001  (whatever it is, she hears the coach)
            if (said := described(fault)) not in told:
                told.add(said)
                parts.faults.report(f"a view or record of the session: {said}")

    return followed


def _policy(table: Table, ears: Ears | None) -> Policy:
    """Return the policy for these ears, with their engine's thresholds."""
    return Policy(table, ears.thresholds, half_duplex=ears.half_duplex) if ears else Policy(table, ACCEPT_ALL)
