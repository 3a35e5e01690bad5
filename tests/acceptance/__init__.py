"""Acceptance: the whole program, run as a user runs it. All are slow.

Longer runs by environment: COACH_TIMES (how many kills), COACH_SEED (of the random moments), COACH_ROUTINE.
What a test prints is its report: `scripts/test --all -s tests/acceptance` shows it.
"""
