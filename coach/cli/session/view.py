"""The port to what shows a session on the terminal, and what every view has in common."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from coach.cli.session.scene import Scene
from coach.log.entries import DeviceEntry, Entry, HeardEntry, SayEntry, SegmentEntry

NOTES = {
    "speaker lost": "the loudspeaker is gone: everything waits until it is back",
    "speaker back": "the loudspeaker is back",
    "microphone lost": "the microphone is gone: everything waits until it is back",
    "microphone muted": "the microphone gives no sound: is it switched off? everything waits",
    "microphone back": "the microphone is back",
    "microphone clipping": "the microphone is set too loud: turn its level down",
    "microphone quiet": "the microphone hears very little: come closer, or turn its level up",
}
"""What to show for the log's words about devices; others are shown as they are."""


class SessionView(Protocol):
    """What shows a session. Implementations: `LiveView` (in place), `PlainView` (line by line)."""

    def shown(self) -> AbstractContextManager[None]:
        """Show it while the block runs; leave the terminal as it was."""
        ...

    def watch(self, entry: Entry) -> None:
        """Take in what happened. Takes no time."""
        ...

    def show(self, scene: Scene) -> None:
        """Show where the session is."""
        ...

    def note(self, text: str) -> None:
        """Show a line of our own."""
        ...


class SceneKeeper:
    """Keeps the scene up to date with what the log says."""

    def __init__(self) -> None:
        self.scene = Scene()

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        match entry:
            case SegmentEntry(title=title):
                self.scene = replace(self.scene, title=title, said="", rep="")
            case SayEntry(text=text):
                self.scene = replace(self.scene, said=text)
            case HeardEntry(text=text, accepted=accepted, reason=reason):
                self.scene = replace(self.scene, heard=heard_text(text, accepted, reason), taken=accepted)
            case DeviceEntry(what=what):
                self.scene = replace(self.scene, note=NOTES.get(what, what))
            case _:
                pass

    def show(self, scene: Scene) -> None:
        """Take over where the session is; what was said and heard stays."""
        here = self.scene
        self.scene = replace(scene, said=here.said, heard=here.heard, taken=here.taken, note=here.note)

    def note(self, text: str) -> None:
        """Show a line of our own."""
        self.scene = replace(self.scene, note=text)


def heard_text(text: str | None, accepted: bool, reason: str) -> str:
    """Say what was heard, and why it was not taken."""
    return f'heard "{text or "..."}"' + ("" if accepted else f" (not taken: {reason.replace('_', ' ')})")


def clock_text(seconds: float) -> str:
    """Write a time as minutes and seconds."""
    return f"{int(seconds) // 60:2d}:{int(seconds) % 60:02d}"
