"""Make a routine safe for a person: replace what a rule replaces, or refuse the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coach.errors import InputError
from coach.library.citations import spelled_out
from coach.library.exercise import Exercise
from coach.library.routine import Block, Care, Routine
from coach.library.safety import CLINICIAN, Action, Finding, Person, judge, judge_dose, judge_exercise

WALK = "You can still go for a walk: coach walk."


AT_THE_MOVE = "floor-transfer"


class UnsafeError(InputError):
    """A routine that is refused, each reason a line; the walk is offered where nothing of it is left."""

    def __init__(self, routine: str, findings: Sequence[Finding], *, nothing_left: bool = False) -> None:
        walk = [WALK] if nothing_left or any(finding.tag == CLINICIAN for finding in findings) else []
        lines = [f"{routine} isn't safe as it is:", *(f"  {finding}" for finding in findings), *walk]
        super().__init__("\n".join(lines))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Safe:
    routine: Routine
    """Its notes say in the welcome what was changed; its cares come at their own moments."""
    changes: tuple[str, ...]
    """What was replaced or left out, and why, a sentence each."""
    warnings: tuple[str, ...]


def make_safe(routine: Routine, person: Person, exercises: Mapping[str, Exercise]) -> Safe:
    """Replace what a rule replaces, drop unsafe variants, pass warnings on; raise `UnsafeError` where one refuses."""
    findings = judge(routine, person)
    if refused := [finding for finding in findings if finding.action is Action.REFUSE]:
        raise UnsafeError(routine.name, refused)
    blocks: list[Block] = []
    changes: list[str] = []
    notes: list[str] = []
    kept = {b.exercise.id for i, b in enumerate(routine.blocks) if not _replacing(findings, i)}
    for number, block in enumerate(routine.blocks):
        finding = _replacing(findings, number)
        if finding is None:
            blocks.append(_safe_variants(block, person))
            continue
        other = exercises[finding.replace_by]
        there = other.id in kept or any(b.exercise.id == other.id for b in blocks)
        told = _told(finding, None if there else other)
        changes.append(f"{told} [{spelled_out(finding.source)}]")
        notes.append(_aloud(finding, None if there else other))
        if not there:
            blocks.append(Block(other, block.sets, block.reps, block.rest_s))
    if not blocks:
        raise UnsafeError(routine.name, [f for f in findings if f.action is Action.REPLACE], nothing_left=True)
    changed = replace(routine, blocks=tuple(blocks))
    judged = judge(changed, person)
    lines = [f"{said} [{spelled_out(source)}]" for said, source in _warnings(judged).items()]
    notes += _doses_said(judged)
    return Safe(replace(changed, notes=tuple(notes), cares=_cares(changed, judged)), tuple(changes), tuple(lines))


def _cares(routine: Routine, findings: Sequence[Finding]) -> tuple[Care, ...]:
    """Return what is said with care, each at its own place."""
    return tuple(
        Care(routine.blocks[found.block].exercise.id, found.tag == AT_THE_MOVE, found.say)
        for found in findings
        if found.action is Action.WARN and found.say and found.block is not None and not found.of_dose
    )


def _doses_said(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return what is said of doses that are a lot, once each."""
    return tuple(dict.fromkeys(found.say for found in findings if found.of_dose and found.say))


def with_judged_doses(routine: Routine, person: Person) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine that also says where its doses want care, and the same to be read.

    Raises `UnsafeError` where one is refused.
    """
    findings = [found for number, block in enumerate(routine.blocks) for found in judge_dose(block, person, number)]
    if refused := [finding for finding in findings if finding.action is Action.REFUSE]:
        raise UnsafeError(routine.name, refused)
    told = tuple(f"take care: {said} [{spelled_out(source)}]" for said, source in _warnings(findings).items())
    return replace(routine, notes=tuple(dict.fromkeys((*routine.notes, *_doses_said(findings))))), told


def _replacing(findings: Sequence[Finding], block: int) -> Finding | None:
    return next((f for f in findings if f.block == block and f.action is Action.REPLACE), None)


def _told(finding: Finding, other: Exercise | None) -> str:
    instead = "is left out" if other is None else f"is replaced by {other.name}"
    return f"{finding.what} {instead}: {finding.reason}"


def _aloud(finding: Finding, other: Exercise | None) -> str:
    """Return the same as one says it."""
    what = finding.what[:1].lower() + finding.what[1:]
    instead = "" if other is None else f", and do the {other.name[:1].lower()}{other.name[1:]} instead"
    return f"Today we'll leave out the {what}{instead}. {finding.say}".rstrip()


def _warnings(findings: Sequence[Finding]) -> dict[str, str]:
    """Return what to say and its source, one line a tag, however many exercises carry it."""
    by_tag: dict[str, list[Finding]] = {}
    for finding in findings:
        by_tag.setdefault(finding.tag, []).append(finding)
    lines = {}
    for same in by_tag.values():
        names = ", ".join(dict.fromkeys(finding.what for finding in same))
        lines[f"{names}: {same[0].reason}"] = same[0].source
    return lines


def _safe_variants(block: Block, person: Person) -> Block:
    def allowed(variant: Exercise | None) -> Exercise | None:
        if variant is None or any(f.action is not Action.WARN for f in judge_exercise(variant, person)):
            return None
        return variant

    return replace(block, easier=allowed(block.easier), harder=allowed(block.harder))
