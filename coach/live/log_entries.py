"""Build the log entries of what comes from outside: what was heard, what became of the devices."""

from coach.devices.port import DeviceChange
from coach.hearing.policy.verdict import Verdict
from coach.hearing.ports.ears import Heard
from coach.log.entries import DeviceEntry, HeardEntry
from coach.session.events import Awoke, DeviceBack, DeviceLost, Remarked


def heard_entry(t: float, heard: Heard, verdict: Verdict, coach_speaking: bool, why: str | None) -> HeardEntry:
    """Return the entry of what was heard, and whether it counted; `why` says what closes a command here."""
    return HeardEntry(
        t=t,
        text=heard.text,
        command=verdict.command,
        value=verdict.value,
        confidence=heard.confidence,
        word_end_t=heard.word_end_t,
        coach_speaking=coach_speaking,
        accepted=verdict.accepted,
        reason=verdict.reason,
        why=why,
    )


def device_entry(t: float, change: DeviceChange) -> DeviceEntry:
    """Return the entry of a device that is lost, back, or not as it should be."""
    match change:
        case DeviceLost(what, why):
            return DeviceEntry(t, f"{what} {why}")
        case DeviceBack(what):
            return DeviceEntry(t, f"{what} back")
        case Remarked(about):
            return DeviceEntry(t, f"microphone {about}")
        case Awoke():
            return DeviceEntry(t, "machine asleep")
