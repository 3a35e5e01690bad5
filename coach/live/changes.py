"""What may have changed from one session to the next, as the real-time loop looks at it. Pure."""

from coach.session.rules.undoing import corrects
from coach.session.state import Session


def place_of(session: Session) -> str:
    """Return where a session stands, as the log names it: state/kind."""
    return f"{session.state}/{session.kind}"


def moved(before: Session, session: Session) -> bool:
    """Tell whether the state or what is open may have changed: many an event only moves the clock."""
    elsewhere = session.mode is not before.mode or session.index != before.index or session.steps is not before.steps
    return elsewhere or session.undo is not None


def opens(session: Session) -> tuple[object, ...]:
    """Return all that `open_commands` looks at: it is asked often and changes now and then."""
    return session.state, session.question, session.kind, session.wait, bool(session.parked), corrects(session)
