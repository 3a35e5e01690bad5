"""The rules of progression, each with where it comes from. `ours`: our own caution, no source says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    says: str
    source: str
    """Ids of the facts, a study or guideline, or `ours`; several with semicolons."""


_ALL = (
    Rule("start", "the first time one set of ten, with the lightest weight or band owned", "dose.start; ours"),
    Rule("reps", "reps go 10, 12, 15", "dose.start; ours"),
    Rule("sets", "after fifteen reps one set more at ten, to three sets", "dose.progress"),
    Rule(
        "load",
        "after three sets of fifteen the next weight or band owned, at most 10 % or one kilo more, back at ten reps",
        "dose.progress; ACSM 2009 (2 to 10 %); ours (one kilo)",
    ),
    Rule("variant", "where there is no load, the harder variant instead, back at ten reps", "extension.harder"),
    Rule(
        "two-easy",
        "up only after two sessions with every rep done at effort six or less",
        "Baechle and Earle, NSCA (two sessions running); Buskard 2019 (below eight); ours (six)",
    ),
    Rule(
        "effort-hold", "at effort seven or eight it stays as it is", "TFTF Table 4 and Osteo-cise (five to eight); ours"
    ),
    Rule("no-effort", "without an effort it stays as it is", "ours"),
    Rule("cut-short", "a session that broke off or left it out says nothing: it stays as it is", "ours"),
    Rule("one-a-week", "at most one step up in seven days", "ours"),
    Rule("top", "at the end of the ladder it stays as it is", "ours"),
    Rule("too-big", "a next weight that is too far away is not taken", "ACSM 2009 (2 to 10 %); why.causes"),
    Rule("effort-back", "at effort nine or ten one step back", "TFTF Table 4 and Osteo-cise (five to eight); ours"),
    Rule("missed-back", "missed reps are one step back", "TFTF Table 6 (fewer than eight is too hard)"),
    Rule("wish-back", "asked for easier: one step back", "ours"),
    Rule("pain-back", "after pain one step back, and not up before two sessions without it", "ours; disclaimer"),
    Rule("help-back", "after a call for help one step back", "ours; disclaimer"),
    Rule("away-back", "a fortnight away is one step back", "ours"),
    Rule("order", "steps back go load or variant, then sets, then reps to ten", "ours"),
    Rule("out", "below one set of ten it is left out until a clinician agrees", "ours; disclaimer"),
    Rule("cleared", "a clinician agreed: it begins again at one set of ten", "dose.start; ours"),
    Rule("clock", "with the clock set back, nothing goes up", "ours"),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
