"""Define the history's tables, and migrate older files: one step for each version."""

import sqlite3

MIGRATIONS = (
    # 1: sessions, what was planned, and every set, which grows rep by rep.
    """
    CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started TEXT NOT NULL,      -- ISO 8601 with its offset
        day TEXT NOT NULL,          -- the training day, YYYY-MM-DD
        routine TEXT,
        rehearsed INTEGER NOT NULL, -- a simulated person: counts nowhere
        reason TEXT,                -- how it finished; null while it runs or when it broke off
        owner TEXT NOT NULL         -- the coach that writes it
    );
    CREATE TABLE planned (
        session INTEGER NOT NULL REFERENCES session(id),
        block INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        sides INTEGER NOT NULL,     -- 2 where each side is a set of its own
        sets INTEGER NOT NULL,
        reps INTEGER NOT NULL,
        load_kg REAL,
        band TEXT,
        rule TEXT,                  -- why it is this dose: the rule, and the sentence
        why TEXT,
        wish TEXT,                  -- easier or harder, asked for in the session
        PRIMARY KEY (session, block)
    );
    CREATE TABLE set_done (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES session(id),
        block INTEGER NOT NULL,
        exercise TEXT NOT NULL,     -- as done: the variant may change between sets
        side TEXT,
        set_no INTEGER NOT NULL,
        planned INTEGER NOT NULL,   -- reps
        done INTEGER NOT NULL,      -- reps
        load_kg REAL,
        band TEXT,
        tempo TEXT,                 -- seconds of the phases, e.g. pull 3, lower 3
        effort INTEGER,
        pain INTEGER NOT NULL DEFAULT 0,
        pain_back INTEGER,          -- in the back: yes, no, or not said
        pauses INTEGER NOT NULL DEFAULT 0,
        ended_by TEXT,              -- completed, or the command that ended it; null while it runs
        UNIQUE (session, block, set_no, side)
    );
    CREATE INDEX planned_by_exercise ON planned(exercise, session);
    CREATE INDEX set_by_session ON set_done(session, block);
    CREATE INDEX set_by_exercise ON set_done(exercise, session, side, done, load_kg, effort, pain);
    CREATE INDEX session_by_day ON session(day);
    """,
    # 2: walks count toward the week; what a clinician agreed to begins again.
    """
    CREATE TABLE walk (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        minutes REAL NOT NULL,
        rehearsed INTEGER NOT NULL
    );
    CREATE TABLE cleared (
        exercise TEXT NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (exercise, day)
    );
    CREATE INDEX walk_by_day ON walk(day);
    """,
    # 3: how long a session took, how usable she finds the coach, and what her calendar was told.
    """
    -- by the session's clock; null where it broke off
    ALTER TABLE session ADD COLUMN length_s REAL;
    CREATE TABLE usability (
        session INTEGER PRIMARY KEY REFERENCES session(id),
        said TEXT NOT NULL,         -- answered, later or never
        answers TEXT                -- ten numbers from 1 to 5, in the order of the statements
    );
    CREATE TABLE calendar (
        uid TEXT PRIMARY KEY,
        sequence INTEGER NOT NULL,  -- one more with every change
        state TEXT NOT NULL         -- what was written last: when, how long, whether it was called off
    );
    """,
    # 4: what is mended by hand: a session that counts no more, and what one said before its day was put right.
    """
    ALTER TABLE session ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE session ADD COLUMN edited TEXT;
    """,
    # 5: what bars the next session: where it hurt, how the back was before, and the day that somebody agreed again.
    """
    -- back or elsewhere; null where nothing hurt, where it was not said, and in every session of before
    ALTER TABLE session ADD COLUMN pain_place TEXT;
    -- zero to ten; null where it was not asked or not answered
    ALTER TABLE session ADD COLUMN back_before INTEGER;
    -- the day a doctor or physiotherapist agreed to training again after this session
    ALTER TABLE session ADD COLUMN cleared TEXT;
    """,
    # 6: the balance hold, a row a foot. It is no block, so it has no number and no plan.
    """
    CREATE TABLE hold (
        session INTEGER NOT NULL REFERENCES session(id),
        side TEXT NOT NULL,
        exercise TEXT NOT NULL,     -- the step of its ladder: both hands on the chair, one, fingertips
        planned INTEGER NOT NULL,   -- holds
        done INTEGER NOT NULL,      -- holds
        pain INTEGER NOT NULL DEFAULT 0,
        wish TEXT,                  -- easier or harder, asked for in the session
        ended_by TEXT,              -- completed, or the command that ended it; null where it broke off
        PRIMARY KEY (session, side)
    );
    """,
)

SCHEMA = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """Return the schema version of a file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, to: int = SCHEMA) -> None:
    """Bring a file to the newest schema (or to an older one, as an older coach left it), each step whole or not at all.

    Two coaches may do it at once.
    """
    while version(connection) < to:
        connection.execute("BEGIN IMMEDIATE")
        try:
            at = version(connection)  # again, now that nobody else writes
            if at < to:
                for statement in _statements(MIGRATIONS[at]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {at + 1}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> list[str]:
    return [part for part in script.split(";\n") if part.strip()]
