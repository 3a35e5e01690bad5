"""What set-up makes ahead is what a first session says first."""

from coach.cli.machine.first_words import first_texts
from coach.cli.session.request import Request, TrainingRequest
from coach.cli.session.today import prepare
from coach.cli.training.days import now_of
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.opening import Parts, open_live
from coach.log.entries import Entry, SayEntry
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import SilentDevices
from coach.rehearsal.mouths import TextMouth


def first_said(routine: str | None) -> list[str]:
    """Return what a session of somebody new says in its first three seconds."""
    table, entries = load_table(), list[Entry]()
    mouth = TextMouth(table)
    plan = prepare(Request(training=TrainingRequest(now=now_of(None), routine=routine)), table).plan
    parts = Parts(
        table=table,
        clips=SilentClips(),
        devices=SilentDevices(),
        ears=mouth,
        watchers=(entries.append,),
        silent=True,
    )
    live, workshop = open_live(plan, parts)
    live.begin()
    while live.clock_s < 3.0:
        live.tick()
    workshop.close()
    return [entry.text for entry in entries if isinstance(entry, SayEntry)]


def test_the_first_sentence_of_a_first_session_is_made_at_set_up() -> None:
    for routine in (None, "spine-strength"):
        said = first_said(routine)
        assert said
        assert set(said) <= set(first_texts()), routine
