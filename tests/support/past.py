"""Years of training as rows of a history, for tests that look back on them."""

from datetime import date, timedelta
from pathlib import Path

from coach.training.store import open_to_write
from tests.support.training import MONDAY

EXERCISES = (
    ("one-arm-row", 2), ("horizontal-abduction", 1), ("external-rotation", 1), ("bird-dog", 1), ("back-extension", 1),
    ("back-extension-arms", 1),
)  # fmt: skip
SENTENCES = {
    "reps": "The last two times, you did ten and rated the effort five: today twelve.",
    "sets": "The last two times, you did fifteen and rated the effort four, then five: today two sets of ten.",
    "load": "The last two times, you did three sets of fifteen and rated the effort five: today three kilos.",
    "pain-back": "It hurt the last time: today ten. If it hurts again, stop, and call your doctor before you train on.",
}


def write_years(path: Path, weeks: int, until: date = MONDAY, *, answered: bool = True) -> None:
    """Write two sessions a week (one in every fifth), six exercises each, often a balance hold; some pain, walks."""
    db = open_to_write(path).connection
    db.execute("BEGIN")
    session = 0
    for week in range(weeks):
        monday = until - timedelta(weeks=weeks - week)
        for day in (monday, monday + timedelta(days=3))[: 1 if week % 5 == 4 else 2]:
            session += 1
            row = (session, f"{day}T09:00:00+02:00", str(day), 2700.0 + session % 300)
            db.execute(
                "INSERT INTO session (id, started, day, routine, rehearsed, reason, owner, length_s)"
                " VALUES (?, ?, ?, 'spine-strength', 0, 'completed', 'x', ?)",
                row,
            )
            for block, (exercise, sides) in enumerate(EXERCISES):
                rule = list(SENTENCES)[(session // 4) % 4] if (session + block) % 9 == 0 else "two-easy"
                planned = (session, block, exercise, sides, 1, 10, rule, SENTENCES.get(rule, "Once more like this."))
                db.execute("INSERT INTO planned VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL)", planned)
                for side in ("right", "left") if sides == 2 else (None,):
                    hurt = (session + 2 * block) % 17 == 0 and side != "left"
                    done = 4 if hurt else 10 + session % 6
                    db.execute(
                        "INSERT INTO set_done (session, block, exercise, side, set_no, planned, done, load_kg, effort,"
                        " pain, pain_back, pauses, ended_by) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
                        (
                            session, block, exercise, side, 10 + session % 6, done,
                            1.0 + min(session // 8, 9) * 0.5 if exercise == "one-arm-row" else None,
                            4 + (session + block) % 5, int(hurt), block % 2 if hurt else None, session % 3 == 0,
                            "it_hurts" if hurt else "completed",
                        ),
                    )  # fmt: skip
            if session % 3:
                for side in ("right", "left"):
                    hold = "INSERT INTO hold VALUES (?, ?, 'balance-hold', 3, 3, 0, NULL, 'completed')"
                    db.execute(hold, (session, side))
            if answered and session in (3, 20):
                db.execute("INSERT INTO usability VALUES (?, 'answered', '4 2 4 1 5 2 4 2 4 2')", (session,))
        for day in (monday + timedelta(days=1), monday + timedelta(days=5)):
            db.execute("INSERT INTO walk (day, minutes, rehearsed) VALUES (?, ?, 0)", (str(day), 20.0 + week % 9 * 6))
    db.execute("COMMIT")
    db.close()
