"""The simulated exerciser: see where the session is, say what the script, or else common sense, answers there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.hearing.vocabulary.normal import normal
from coach.live.moment import Moment
from coach.log.entries import Entry, HeardEntry
from coach.rehearsal.script import ScriptLine
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind

READY = "I'm ready"
ANSWERS: Mapping[Question, str] = {
    Question.END: "yes",
    Question.ALL_RIGHT: "yes",
    Question.HURT: "",  # it does hurt, unless the script says otherwise
    Question.HURT_BACK: "no",
    Question.HURT_NEXT: "yes",
    Question.STOP: "no",
    Question.WHO: "",
    Question.ROUTINE: "everything",
    Question.EFFORT: "six",
    Question.EFFORT_SURE: "yes",
    Question.BEFORE: "one",
    Question.CLEARED: "yes",
    Question.WALK: "no",
    Question.TROUBLE: "yes",
    Question.USABLE: "four",
}
"""What she answers by herself."""

GETS_READY_S: Mapping[SegmentKind, float] = {
    SegmentKind.GATE: 1.0,
    SegmentKind.MOVE: 6.0,
    SegmentKind.SWITCH: 4.0,
    SegmentKind.WAY_OUT: 6.0,
}
"""Where she says that she is ready, and how long after the coach is silent: bodies need time."""
ANSWERS_AFTER_S = 0.8
SAYS_AGAIN_S = 4.0  # when nothing came of it
TRIES = 3


class Mouth(Protocol):
    """What she speaks with. Implementations: `mouths.VoiceMouth`, `mouths.TextMouth`."""

    @property
    def busy(self) -> bool:
        """Tell whether she is speaking."""
        ...

    def say(self, text: str) -> None:
        """Begin to say it."""
        ...


@dataclass(slots=True)
class _Due:
    """Something she is about to say."""

    text: str
    at_s: float
    tries: int
    """How often she will say it, if nothing comes of it."""


class Exerciser:
    """Follows a session and speaks."""

    def __init__(self, script: Sequence[ScriptLine], phrases: frozenset[str], mouth: Mouth) -> None:
        """Take what she will say, and every phrase that means something (what means nothing is not said twice)."""
        self._script = list(script)
        self._phrases = phrases
        self._mouth = mouth
        self._moment = Moment()
        self._due: list[_Due] = []
        self._said: _Due | None = None
        self._scripted = False
        self._answered = 0
        self._silent_since: float | None = None

    @property
    def unsaid(self) -> tuple[ScriptLine, ...]:
        """Return the lines of the script whose moment never came."""
        return tuple(self._script)

    def texts(self) -> tuple[str, ...]:
        """Return everything she may say."""
        scripted = {line.text for line in self._script if line.text}
        return tuple(sorted(scripted | {READY, *(text for text in ANSWERS.values() if text)}))

    def watch(self, entry: Entry) -> None:
        """Learn from the log whether she was understood."""
        if isinstance(entry, HeardEntry) and entry.accepted:
            self._said, self._answered = None, 0

    def notice(self, moment: Moment, now_s: float, *, coach_speaking: bool) -> None:
        """See where the session is; called every 20 ms."""
        if moment is not self._moment and moment != self._moment:
            self._arrive(moment, now_s)
        if coach_speaking or self._mouth.busy:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = now_s
        self._answer(now_s)
        self._speak(now_s)

    def _arrive(self, moment: Moment, now_s: float) -> None:
        before, self._moment = self._moment, moment
        if _place(before) != _place(moment):
            self._scripted, self._answered, self._silent_since = False, 0, None
        for line in [line for line in self._script if line.at.matches(moment)]:
            self._script.remove(line)
            self._scripted = True
            if line.text:
                tries = TRIES if normal(line.text) in self._phrases else 1
                self._due.append(_Due(line.text, now_s + line.after_s, tries))

    def _answer(self, now_s: float) -> None:
        """Answer by herself where the script does not."""
        if self._silent_since is None or self._scripted or self._due or self._said or self._answered >= TRIES:
            return
        text, after_s = self._answer_here()
        if text and now_s - self._silent_since >= after_s:
            self._answered += 1
            self._due.append(_Due(text, now_s, 1))
            self._silent_since = None

    def _answer_here(self) -> tuple[str, float]:
        moment = self._moment
        if moment.state is State.ASKING:
            return ANSWERS.get(moment.question, "") if moment.question else "", ANSWERS_AFTER_S
        gets_ready_s = GETS_READY_S.get(moment.kind) if moment.kind else None
        if moment.state in (State.WAITING, State.PLAYING) and gets_ready_s is not None:
            return READY, SAYS_AGAIN_S if self._answered else gets_ready_s
        return "", 0.0

    def _speak(self, now_s: float) -> None:
        if self._mouth.busy:
            return
        if self._said and now_s >= self._said.at_s:
            again, self._said = self._said, None
            self._due.append(again)
        for due in self._due:
            if due.at_s <= now_s:
                self._due.remove(due)
                self._mouth.say(due.text)
                self._said = _Due(due.text, now_s + SAYS_AGAIN_S, due.tries - 1) if due.tries > 1 else None
                return


def _place(moment: Moment) -> tuple[object, ...]:
    return moment.kind, moment.exercise, moment.set, moment.side, moment.state, moment.question
