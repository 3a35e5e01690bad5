"""The session: a pure state machine from commands and time to effects and a record. README.md explains it."""
