"""List the rules of progression, each with its source. `ours`: our own caution, no source says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgressionRule:
    id: str
    says: str
    source: str
    """Ids of the facts, a study or guideline, or `ours`; several with semicolons."""


_ALL = (
    ProgressionRule(
        "start", "the first time one set of ten, with the lightest weight or band owned", "dose.start; ours"
    ),
    ProgressionRule("reps", "reps go 10, 12, 15", "dose.start; ours"),
    ProgressionRule("sets", "after fifteen reps one set more at ten, to three sets", "dose.progress"),
    ProgressionRule(
        "load",
        "after three sets of fifteen the next weight or band owned, at most 10 % or one kilo more and never more than "
        "half as heavy again, back at ten reps",
        "dose.progress; ACSM 2009 (2 to 10 %); ours (one kilo, a half)",
    ),
    ProgressionRule(
        "variant", "where there is no load, the harder variant instead, back at ten reps", "extension.harder"
    ),
    ProgressionRule(
        "two-easy",
        "up only after two sessions with every rep done at effort six or less",
        "Baechle and Earle, NSCA (two sessions running); Buskard 2019 (below eight); ours (six)",
    ),
    ProgressionRule(
        "effort-hold", "at effort seven or eight it stays as it is", "TFTF Table 4 and Osteo-cise (five to eight); ours"
    ),
    ProgressionRule("no-effort", "without an effort it stays as it is", "ours"),
    ProgressionRule("cut-short", "a session that broke off or left it out says nothing: it stays as it is", "ours"),
    ProgressionRule("one-a-week", "at most one step up in seven days", "ours"),
    ProgressionRule("unread", "where the history can't be read it is as the first time, at the least", "ours"),
    ProgressionRule("top", "at the end of the ladder it stays as it is", "ours"),
    ProgressionRule("too-big", "a next weight that is too far away is not taken", "ACSM 2009 (2 to 10 %); why.causes"),
    ProgressionRule(
        "heavy",
        "more than 5 kg in one hand only where she has said that she lifts it; never more than 10 kg, and less "
        "than 3 kg after a vertebral fracture",
        "ours; why.causes",
    ),
    ProgressionRule(
        "effort-back", "at effort nine or ten one step back", "TFTF Table 4 and Osteo-cise (five to eight); ours"
    ),
    ProgressionRule("missed-back", "missed reps are one step back", "TFTF Table 6 (fewer than eight is too hard)"),
    ProgressionRule("wish-back", "asked for easier: one step back", "ours"),
    ProgressionRule(
        "pain-back", "after pain one step back, and not up before two sessions without it", "ours; disclaimer"
    ),
    ProgressionRule(
        "pain-twice", "pain twice running in one exercise: it is left out until a clinician agrees", "ours; disclaimer"
    ),
    ProgressionRule(
        "held",
        "after a step back, and before two sessions without pain, no option and no routine makes it more",
        "ours; disclaimer",
    ),
    ProgressionRule("help-back", "after a call for help one step back", "ours; disclaimer"),
    ProgressionRule("away-back", "a fortnight away is one step back", "ours"),
    ProgressionRule("order", "steps back go load or variant, then sets, then reps to ten", "ours"),
    ProgressionRule("out", "below one set of ten it is left out until a clinician agrees", "ours; disclaimer"),
    ProgressionRule("cleared", "a clinician agreed: it begins again at one set of ten", "dose.start; ours"),
    ProgressionRule("clock", "with the clock set back, nothing goes up", "ours"),
)

RULES: dict[str, ProgressionRule] = {rule.id: rule for rule in _ALL}
