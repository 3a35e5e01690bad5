"""Plays a session by hand in tests: sends events one by one, keeps the last effects, and reads them."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.library.files import load_routine
from coach.library.routine import Routine
from coach.session.effects import Continue, Effect, Finish, Hold, Play, Say
from coach.session.events import Commanded, Elapsed, Event, PhaseBegan, RepDone, SegmentEnded, SpeechEnded, Unclear
from coach.session.machine import advance, start
from coach.session.state import Session
from coach.timeline.cue import SegmentKind

BLOCK_S = 0.1


def routine(name: str = "spine-strength", reps: int = 4, sets: int = 1) -> Routine:
    """Return a shipped routine, shortened."""
    whole = load_routine(name)
    return replace(whole, blocks=tuple(replace(block, reps=reps, sets=sets) for block in whole.blocks))


class Played:
    """A session under way."""

    def __init__(self, trained: Routine | None = None, **options: object) -> None:
        self.session: Session
        self.effects: tuple[Effect, ...]
        self.session, self.effects = start(trained or routine(), **options)  # type: ignore[arg-type] # options vary

    @classmethod
    def at(cls, kind: SegmentKind, block: int = 0, trained: Routine | None = None, **options: object) -> "Played":
        """Return a session that was taken to a kind of segment of a block."""
        played = cls(trained, **options)
        for _ in range(200):
            step = played.session.step
            where = (
                step.next_block if kind in (SegmentKind.MOVE, SegmentKind.WELCOME, SegmentKind.WARM_UP) else step.block
            )
            if step.kind is kind and where == block:
                return played
            played.go_on()
        raise AssertionError(f"no {kind} of block {block}")

    def go_on(self) -> None:
        """Take the segment to its natural end."""
        if self.session.kind is SegmentKind.SET:
            self.rep(self.session.block.reps if self.session.block else 1)
        if self.session.kind is SegmentKind.EFFORT:
            self.send(Commanded(Command.SKIP))
            return
        waits = {SegmentKind.GATE, SegmentKind.MOVE, SegmentKind.SWITCH}
        self.send(Commanded(Command.READY) if self.session.kind in waits else SegmentEnded())

    def send(self, event: Event) -> tuple[Effect, ...]:
        """Send one event; return and keep its effects."""
        self.session, self.effects = advance(self.session, event)
        return self.effects

    def say(self, *commands: Command, value: int | None = None) -> tuple[Effect, ...]:
        """Say commands, one after the other; return the effects of the last."""
        for command in commands:
            self.send(Commanded(command, value))
        return self.effects

    def pass_s(self, seconds: float) -> tuple[Effect, ...]:
        """Let time pass in small blocks; return all that it brought."""
        found: list[Effect] = []
        began = self.session.now_s
        for number in range(1, round(seconds / BLOCK_S) + 1):
            found += self.send(Elapsed(round(began + number * BLOCK_S, 3)))
        self.effects = tuple(found)
        return self.effects

    def rep(self, upto: int, running: bool = False) -> None:
        """Do the reps up to a number; `running`: only begin that one."""
        for number in range(self.session.done + 1, upto + 1):
            self.send(PhaseBegan("pull", number))
            if running and number == upto:
                return
            self.send(RepDone(number))

    def spoken(self) -> None:
        """Say to its end what the coach says."""
        self.send(SpeechEnded())

    @property
    def where(self) -> tuple[str, str]:
        """Return state and kind, as in the log."""
        return self.session.state.value, self.session.kind.value

    @property
    def lines(self) -> str:
        """Return all that the last effects say, as one text."""
        return " ".join(line for effect in self.effects for line in said_by(effect))

    def one(self, kind: type) -> Effect:
        """Return the one effect of a kind among the last."""
        found = [effect for effect in self.effects if isinstance(effect, kind)]
        assert len(found) == 1, self.effects
        return found[0]

    @property
    def play(self) -> Play:
        effect = self.one(Play)
        assert isinstance(effect, Play)
        return effect

    @property
    def finish(self) -> str:
        effect = self.one(Finish)
        assert isinstance(effect, Finish)
        return effect.reason

    @property
    def silent(self) -> bool:
        """Tell whether the last effects begin with silence."""
        return bool(self.effects) and isinstance(self.effects[0], Hold)


def said_by(effect: Effect) -> tuple[str, ...]:
    """Return the lines of an effect."""
    match effect:
        case Say(lines):
            return lines
        case Play(say_first=lines) | Continue(say_first=lines):
            return lines
    return ()


def in_rep(rep: int = 2, **options: object) -> Played:
    """Return a session in the first set, in the midst of a rep."""
    played = Played.at(SegmentKind.SET, **options)  # type: ignore[arg-type] # options vary
    played.rep(rep, running=True)
    return played


def unclear() -> Played:
    """Return a session in a rep in which something like a stop was heard."""
    played = Played.at(SegmentKind.SET)
    played.rep(2, running=True)
    played.send(Unclear(Command.STOP))
    return played
