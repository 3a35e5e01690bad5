"""The real-time loop: every 20 ms a block goes out, a block comes in, speech is judged, the session advances.

The only place that knows microphone and speaker. Nothing here waits but `Devices.exchange`: clips are made by the
workshop, the log is written by its own thread, the ears have a process of their own or run inline on files.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coach.devices.port import BLOCK_FRAMES, Devices
from coach.hearing.policy.policy import Policy
from coach.hearing.policy.verdict import Context, Verdict, VerdictReason
from coach.hearing.ports.ears import Ears, Heard
from coach.hearing.vocabulary.commands import Command
from coach.live.asked import Asked
from coach.live.barge_in import LOWERED_DB, RAMP_FRAMES, BargeIn, misunderstood
from coach.live.changes import moved, opens, place_of
from coach.live.learning import Learning
from coach.live.listener import Listener, is_told
from coach.live.log_entries import device_entry, heard_entry
from coach.live.moment import Moment, Moments
from coach.live.near_miss import Answering
from coach.live.remarks import Remarks
from coach.live.vigil import Vigil
from coach.log.entries import CommandEntry, DeviceEntry, Entry, FinishEntry, StateEntry
from coach.playback.player import Player
from coach.session.effects import Chime, Finish, Hold
from coach.session.events import Commanded, Elapsed, Event, Puzzled, Remark, Remarked, TakenBack, Unclear
from coach.session.foresight import next_plays, sayable
from coach.session.machine import advance, interrupted, open_commands, why_closed
from coach.session.record import EndReason
from coach.session.state import Effects, Session
from coach.session.timers import next_due_s
from coach.session.transitions import answers_to
from coach.sound.pcm import Pcm

Keys = Callable[[], Iterable[tuple[Command, int | None]]]
"""Returns the commands of the keys pressed since the last call."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a session runs on."""

    player: Player
    devices: Devices
    ears: Ears | None
    policy: Policy
    vigil: Vigil
    watchers: Sequence[Callable[[Entry], None]]
    """Each is told every entry of the log as it comes; none may take long."""
    observers: Sequence[Callable[[Session], None]] = ()
    """Each sees the session after every event; none may take long."""
    pressed: Keys = tuple
    learn: Callable[[str, bytes], None] | None = None
    """Takes a phrase and a sample of it in her voice, where she wants more of them learned."""


class Live:
    """A session under way."""

    def __init__(self, session: Session, effects: Effects, setting: Setting) -> None:
        self.session = session
        self._first_effects = effects
        self._setting = setting
        self._player = setting.player
        self._devices = setting.devices
        self._listener = Listener(setting.ears, setting.policy)
        self._open = open_commands(session)
        self._vigil = setting.vigil
        self._asked = Asked()
        self._barge_in = BargeIn()
        self._answering = Answering()
        self._learning = Learning()
        self._remarks = Remarks()
        if setting.policy.half_duplex:
            self._remarks.add(Remark.NO_CANCELLER)
        self._foreseen: object = None
        self._now_s = session.now_s
        """The time that has passed; the session is told of it when something can come of it."""
        self._due_s = next_due_s(session)
        self._moments = Moments()
        self._ended: str | None = None

    @property
    def clock_s(self) -> float:
        """Return the session clock."""
        return self._devices.clock_s

    @property
    def over(self) -> bool:
        """Tell whether the last word has been said."""
        return self._player.finished is not None

    @property
    def coach_speaking(self) -> bool:
        """Tell whether a sentence sounds."""
        return self._player.speaking

    @property
    def ended(self) -> bool:
        """Tell whether the log has its last line."""
        return self._ended is not None

    @property
    def reason(self) -> str:
        """Return how the session ends, or would end now."""
        return self._ended or self._player.finished or str(self.session.reason)

    @property
    def left_s(self) -> float | None:
        """Return how much of the segment is left."""
        return self._player.left_s

    @property
    def moment(self) -> Moment:
        """Return where the session is, as a script names it."""
        return self._moments.of(self._player.segment, self._player.span, self.session)

    def begin(self) -> None:
        """Carry out the session's first effects."""
        self._tell(StateEntry(self.clock_s, self.session.state, self.session.question))
        self._asked.see(self.session, None, self.clock_s)
        self._show()
        self._carry_out(self._first_effects)

    def tick(self) -> None:
        """Do 20 ms of it."""
        for change in (*self._devices.changes(), *self._vigil.changes(self.clock_s)):
            self._tell(device_entry(self.clock_s, change))
            if isinstance(change, Remarked):
                self._remarks.add(change.about)
            else:
                self._happen(change)
        for command, value in self._setting.pressed():
            self._press(command, value)
        for event in self._player.due():
            self._happen(event)
        self._now_s = self.clock_s
        if self._now_s >= self._due_s:
            self._catch_up()
        if remark := self._remarks.due(self.session, self._player.speaking, self._now_s):
            self._happen(remark)
        self._keep_vigil()
        mic, played = self._devices.exchange(self._player.block(BLOCK_FRAMES))
        if self._setting.ears:
            self._listen(self._setting.ears, mic, played)
        self._log()

    def remark(self, about: Remark) -> None:
        """Let something be said once, when there is a moment for it."""
        self._remarks.add(about)

    def end(self, reason: str | None = None) -> str:
        """Log the end, by default for the session's own reason; return the reason."""
        self._ended = reason or self.reason
        self._catch_up()
        self.session = interrupted(self.session) if self._ended == EndReason.INTERRUPTED else self.session
        self._show()
        self._tell(FinishEntry(self.clock_s, self._ended, self._player.reps, self._player.segments))
        return self._ended

    def _keep_vigil(self) -> None:
        for report in self._vigil.reports():
            self._tell(DeviceEntry(self.clock_s, report))
        for sign in self._vigil.signs(self.clock_s):
            self._tell(DeviceEntry(self.clock_s, sign))
            self._player.carry_out(Chime("chime"))

    # Hearing

    def _listen(self, ears: Ears, mic: Pcm, played: Pcm) -> None:
        for heard in self._listener.hear(mic, played, self._open):
            self._catch_up()
            self._judge(heard)
        self._step_back(self._barge_in.after(self.clock_s, speech=ears.speaking))

    def _judge(self, heard: Heard) -> None:
        late_s = self._devices.late_s
        speaking = self._player.spoke(heard.word_start_t, heard.word_end_t, late_s)
        context = Context(
            open=self._open,
            coach_speaking=speaking,
            coach_words=self._player.words(late_s),
            question=self.session.question,
            answers=answers_to(self.session.question),
            answers_from=self._asked.answers_from(self.session, self._player.words(late_s)),
        )
        was_half_duplex = self._listener.policy.half_duplex
        verdict = self._listener.judge(heard, context, self.clock_s)
        if self._listener.policy.half_duplex and not was_half_duplex:
            self._remarks.add(Remark.HALF_DUPLEX)
        if (sample := self._learning.after(heard, verdict)) and self._setting.learn:
            self._setting.learn(*sample)
        if is_told(heard, verdict):
            self._tell(heard_entry(self.clock_s, heard, verdict, speaking, self._closed(verdict)))
        if misunderstood(heard, verdict):
            self._barge_in = self._barge_in.extended(self.clock_s)
        before = self.session
        self._act(verdict)
        puzzled, hm = self._answering.answers(heard, verdict, context, self._listener.policy, self.clock_s)
        if puzzled and self.session is before:
            self._happen(Puzzled())
        if hm and self.session.mode is before.mode:
            self._carry_out((Chime("hm"),))

    def _closed(self, verdict: Verdict) -> str | None:
        """Return why the session refuses a command here; None where it is refused for another reason, or not."""
        if verdict.command is None or verdict.reason is not VerdictReason.NOT_ALLOWED_HERE:
            return None
        return why_closed(self.session, verdict.command)

    def _act(self, verdict: Verdict) -> None:
        if verdict.takes_back:
            self._happen(TakenBack())
        if verdict.accepted and verdict.command and not verdict.confirms:
            self._command(verdict.command, verdict.value)
        elif verdict.near:
            self._happen(Unclear(verdict.near))

    def _step_back(self, barge_in: BargeIn) -> None:
        if barge_in.lowered != self._barge_in.lowered:
            self._player.lower(LOWERED_DB if barge_in.lowered else 0.0, RAMP_FRAMES)
        self._barge_in = barge_in

    # Moving on

    def _press(self, command: Command, value: int | None) -> None:
        if command in self._open:
            self._command(command, value)

    def _command(self, command: Command, value: int | None) -> None:
        before = place_of(self.session)
        self._happen(Commanded(command, value))
        self._tell(CommandEntry(self.clock_s, command, before, place_of(self.session)))

    def _catch_up(self) -> None:
        """Tell the session the time, where it does not know it."""
        if self._now_s > self.session.now_s:
            self._advance(Elapsed(self._now_s))

    def _happen(self, event: Event) -> None:
        self._catch_up()
        self._advance(event)

    def _advance(self, event: Event) -> None:
        before = self.session
        self.session, effects = advance(before, event)
        self._due_s = next_due_s(self.session)
        self._asked.see(self.session, event, self.clock_s)
        if self.session.record is not before.record or not isinstance(event, Elapsed):
            self._show()
        may_differ = moved(before, self.session)
        if may_differ and opens(self.session) != opens(before):
            self._open = open_commands(self.session)
        if effects:
            self._carry_out(effects)
        if may_differ and (self.session.state, self.session.question) != (before.state, before.question):
            self._tell(StateEntry(self.clock_s, self.session.state, self.session.question))
        if not isinstance(event, Elapsed):
            self._foresee()

    def _carry_out(self, effects: Effects) -> None:
        if self.session.routine is not None:
            self._player.set_routine(self.session.routine)
        for effect in effects:
            if effect != Chime("hm") or self._answering.may_sound(self.clock_s):
                self._player.carry_out(effect, self._devices.hush() if isinstance(effect, Hold) else 0.0)
        if not any(isinstance(effect, Finish) for effect in effects):
            self._foresee()

    def _foresee(self) -> None:
        """Let the workshop make what may have to be said next."""
        session = self.session
        answers = len(session.record.usability)
        key = session.index, session.state, session.question, answers, session.done, session.pace
        if key != self._foreseen:
            self._foreseen = key
            self._player.make_ahead(lambda: sayable(session), lambda: next_plays(session))

    # Telling

    def _log(self) -> None:
        """Tell what has sounded by now."""
        for entry in self._player.entries(self.clock_s, self._devices.late_s):
            self._pass_on(entry)

    def _show(self) -> None:
        for see in self._setting.observers:
            see(self.session)

    def _tell(self, entry: Entry) -> None:
        """Tell what happens now, after all that happened before it."""
        self._log()
        self._pass_on(entry)

    def _pass_on(self, entry: Entry) -> None:
        for watch in self._setting.watchers:
            watch(entry)
