"""Say what back pain in the last session means for the next one."""

from coach.training import words
from coach.training.history import BackPain, History


def told(history: History) -> str | None:
    """Return what is to be read at the top of a plan or a file; None where nothing bars training."""
    found = history.back_pain()
    return None if found is None else line(found)


def line(found: BackPain) -> str:
    """Return why the next session waits, and what to do."""
    meanwhile = "Until then, rest." if found.walking else "Until then, walk: coach walk."
    return (
        f"Last time, on {words.day(found.day)}, your back hurt. Please don't train again until a doctor or "
        "physiotherapist has said you can; then record that with coach plan --clear back. "
        f"{meanwhile}"
    )
