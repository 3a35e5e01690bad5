"""The few words a screen shows large. What the coach says is in the timeline's phrases; these are only read."""

from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase

PHASES = {"hold": "Stay"}
"""Phases that are called otherwise than in the exercise's file: nobody is told to hold the breath."""

BREATHS = {"out": "breathe out", "in": "breathe in", "free": "keep breathing"}

KINDS = {
    SegmentKind.CHECK_IN: "Your back?",
    SegmentKind.WELCOME: "Welcome",
    SegmentKind.WARM_UP: "Warm up",
    SegmentKind.MOVE: "Slowly",
    SegmentKind.SETUP: "Listen",
    SegmentKind.GATE: "Say ready",
    SegmentKind.SET: "Get set",
    SegmentKind.SWITCH: "Change sides",
    SegmentKind.REST: "Rest",
    SegmentKind.EFFORT: "How hard?",
    SegmentKind.WALK: "Walk",
    SegmentKind.WAY_OUT: "Slowly",
    SegmentKind.WIND_DOWN: "Wind down",
    SegmentKind.FINISH: "Well done",
}

STATES = {State.PAUSED: "Paused", State.FINISHED: "The end"}

QUESTIONS = {
    Question.WHO: "Who is it?",
    Question.ROUTINE: "Which one?",
    Question.END: "End here?",
    Question.END_SURE: "Ending",
    Question.ALL_RIGHT: "All right?",
    Question.HURT: 'Fine? Say "I\'m fine"',
    Question.HURT_BACK: "Your back?",
    Question.HURT_NEXT: "Another one?",
    Question.STOP: 'Did you say "stop"?',
    Question.EFFORT: "How hard?",
    Question.EFFORT_SURE: "As hard as that?",
    Question.BEFORE: "Back pain, 0 to 10?",
    Question.CLEARED: "Has your doctor agreed?",
    Question.WALK: "A walk?",
    Question.TROUBLE: "Go on?",
    Question.USABLE: "Do you agree? 1 to 5",
}
"""The question in two or three words; its own words stand below."""

SUMMARIES = {
    "completed": "Well done",
    "ended": "The end",
    "hurt": "Be careful",
    "emergency": "Call for help",
    "unanswered": "The end",
    "interrupted": "Stopped",
}
"""What is shown when a session is over, by its reason."""

NOTES = {
    "speaker lost": "I've lost the loudspeaker, so I've paused.",
    "speaker back": "The loudspeaker is back.",
    "voice lost": "I've lost my voice for the moment, so I've paused.",
    "voice still gone": "I've lost my voice for the moment, so I've paused.",
    "voice back": "My voice is back.",
    "voice late": "One moment: I'm getting the next words ready.",
    "ears lost": "I can't hear you for the moment, so I've paused.",
    "ears back": "I can hear you again.",
    "microphone lost": "I've lost the microphone, so I've paused.",
    "microphone muted": "The microphone is silent: is it switched off?",
    "microphone back": "The microphone is back.",
    "machine asleep": "The computer went to sleep, so I've paused.",
    "microphone clipping": "The microphone is set too high: turn it down.",
    "microphone quiet": "The microphone picks up very little: come closer.",
}
"""What to show for the log's words about devices; others are not shown."""

PASSING = frozenset({"speaker back", "microphone back", "ears back", "voice back", "voice late"})
"""Notes that need not stay."""


def phase_words(name: str) -> str:
    """Return a phase as it is shown."""
    return PHASES.get(name, name.replace("_", " ").capitalize())


def kind_words(kind: str) -> str:
    """Return what is shown where no phase runs."""
    known = {str(one): words for one, words in KINDS.items()}
    return known.get(kind, kind.replace("_", " ").capitalize())


def question_words(question: str) -> str:
    """Return a question in two or three words."""
    known = {str(one): words for one, words in QUESTIONS.items()}
    return known.get(question, question.replace("_", " ").capitalize() + "?")


def question_text(question: str) -> str:
    """Return a question in the coach's own words; without the reason for it, of which there are several."""
    try:
        asked = phrase(f"session.ask.{question}")
    except KeyError:
        return question_words(question)
    return asked.partition(". ")[2] if question == Question.CLEARED else asked
