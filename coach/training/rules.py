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
        "start", "the first time: one set of ten, with the lightest weight or band you own", "dose.start; ours"
    ),
    ProgressionRule("reps", "reps go 10, 12, 15", "dose.start; ours"),
    ProgressionRule(
        "sets", "after fifteen reps, one more set, up to three sets, with every set back at ten reps", "dose.progress"
    ),
    ProgressionRule(
        "load",
        "after three sets of fifteen, the next weight or band you own: at most 10% or one kilo more, never"
        " more than one and a half times the weight, starting again at ten reps",
        "dose.progress; ACSM 2009 (2 to 10%); ours (one kilo, a half)",
    ),
    ProgressionRule(
        "variant", "where there is no load, the harder variant instead, starting again at ten reps", "extension.harder"
    ),
    ProgressionRule(
        "two-easy",
        "a step up only after two sessions with every rep done at an effort of six or less",
        "Baechle and Earle, NSCA (two sessions running); Buskard 2019 (below eight); ours (six)",
    ),
    ProgressionRule(
        "effort-hold",
        "at an effort of seven or eight, it stays as it is",
        "TFTF Table 4 and Osteo-cise (five to eight); ours",
    ),
    ProgressionRule("no-effort", "without an effort rating, it stays as it is", "ours"),
    ProgressionRule(
        "cut-short",
        "if a session was cut short or the exercise was left out, nothing can be judged from it: the "
        "exercise stays as it is",
        "ours",
    ),
    ProgressionRule("one-a-week", "at most one step up in seven days", "ours"),
    ProgressionRule(
        "unread",
        "if the history or the profile can't be read, it is the same as the first time: the least of everything",
        "ours",
    ),
    ProgressionRule("top", "at the top of the ladder, it stays as it is", "ours"),
    ProgressionRule(
        "too-big", "the next weight isn't used if it would be too big a step", "ACSM 2009 (2 to 10%); why.causes"
    ),
    ProgressionRule(
        "heavy",
        "more than 5 kg in one hand only if you have said that you can lift that much; never more than 10 kg, "
        "and less than 3 kg after a vertebral fracture",
        "ours; why.causes",
    ),
    ProgressionRule(
        "effort-back", "at an effort of nine or ten, one step back", "TFTF Table 4 and Osteo-cise (five to eight); ours"
    ),
    ProgressionRule("missed-back", "after missed reps, one step back", "TFTF Table 6 (fewer than eight is too hard)"),
    ProgressionRule("wish-back", "if you asked for something easier, one step back", "ours"),
    ProgressionRule(
        "pain-back", "after pain, one step back, and no step up until two sessions without pain", "ours; disclaimer"
    ),
    ProgressionRule(
        "pain-twice",
        "after pain in an exercise twice in a row, it is left out until a doctor or physiotherapist agrees",
        "ours; disclaimer",
    ),
    ProgressionRule(
        "held",
        "after a step back, no option and no routine can make it harder until there have been two sessions "
        "without pain",
        "ours; disclaimer",
    ),
    ProgressionRule("help-back", "after you asked for help, one step back", "ours; disclaimer"),
    ProgressionRule("away-back", "after two weeks away, one step back", "ours"),
    ProgressionRule(
        "order", "steps back come in this order: load or variant, then sets, then reps, down to ten", "ours"
    ),
    ProgressionRule(
        "out", "below one set of ten, it is left out until a doctor or physiotherapist agrees", "ours; disclaimer"
    ),
    ProgressionRule(
        "cleared", "once a doctor or physiotherapist has agreed, it begins again at one set of ten", "dose.start; ours"
    ),
    ProgressionRule("hold-start", "the balance hold begins with both hands on the chair", "Otago (falls); ours"),
    ProgressionRule(
        "hold-up",
        "after two days with every hold completed, one step (one hand, then fingertips), at most one in seven days",
        "Otago (falls); ours",
    ),
    ProgressionRule(
        "hold-same",
        "until two days in a row have gone well, and for a week after a step, the balance hold stays as it is",
        "ours",
    ),
    ProgressionRule(
        "hold-out",
        "after pain in the balance hold twice in a row, or with both hands on the chair, it is left out "
        "until a doctor or physiotherapist agrees",
        "ours; disclaimer",
    ),
    ProgressionRule("clock", "if the clock has been set back, nothing goes up", "ours"),
)

RULES: dict[str, ProgressionRule] = {rule.id: rule for rule in _ALL}


@dataclass(frozen=True, slots=True)
class CareRule:
    """What keeps her from harm, in a session and before it."""

    id: str
    says: str
    source: str
    """As of the rules above."""


_CARE = (
    CareRule(
        "back-pain",
        "after a session that ended with back pain, the next one waits until a doctor or physiotherapist "
        "has agreed; an exercise that hurts twice in a row is left out",
        "disclaimer; ours",
    ),
    CareRule(
        "need",
        "if you need help, the coach first tells you how to take the load off in the position you are in; "
        "then how to sit or lie down, and then to call for help",
        "first-aid advice on fainting; ours",
    ),
    CareRule(
        "way-out",
        "every exercise ends by telling you how to get out of the position, before the coach asks a question "
        "or praises you",
        "row.stance; ours",
    ),
    CareRule(
        "weight-on-table",
        "the weight goes on a table at waist height, never on the floor or on the chair you sit on",
        "TFTF Table 5; avoid.bend",
    ),
    CareRule(
        "changing-sides",
        "to change sides, you come up, put the weight down and step around before you pick it up again",
        "row.sides; ours",
    ),
    CareRule(
        "hurts",
        'when you say "it hurts", the coach tells you at once how to take the load off; then you have '
        "ten seconds to say that you're fine after all",
        "ours",
    ),
    CareRule("unclear", "if it isn't clear where it hurts, it counts as the back", "disclaimer; ours"),
    CareRule(
        "heard",
        "you can say in everyday words that something hurts, that you need help or that you want to stop",
        "ours",
    ),
    CareRule(
        "two-days",
        "if you train again within 48 hours, or twice in a day, the welcome says so and offers a walk",
        "National Institute on Aging (48 hours)",
    ),
    CareRule(
        "loads",
        "the coach asks before using more than 5 kg in one hand; more than 10 kg, or 3 kg or more after a "
        "vertebral fracture, is refused; a new weight is at most one and a half times the last",
        "why.causes; ACSM 2009 (2 to 10%); ours",
    ),
    CareRule(
        "too-much",
        "more than fifteen reps or three sets, or less than a minute of rest, brings a warning if you "
        "have osteopenia, and is refused for anyone else",
        "dose.start; dose.progress; ACSM 2009 (one to two minutes); ours",
    ),
    CareRule(
        "harder",
        "the harder variant comes only step by step; after a vertebral fracture, exercises lying face down "
        "are done standing at the wall, unless a doctor or physiotherapist has agreed to them",
        "extension.harder; Bone Fit (adverse events in prone work); ours",
    ),
    CareRule("calm", "every caution is given once, calmly, at the movement it applies to", "ours"),
    CareRule(
        "things",
        "shoes or bare feet, a clear floor, an undamaged band held firmly, a towel under knees and wrists: "
        "each is mentioned once",
        "avoid.reach; ours",
    ),
    CareRule(
        "around",
        "first the coach asks how your back is (four or more: easier; seven or more: not today); then come "
        "the warm-up and, at the end, the wind-down",
        "TFTF Table 4; ours",
    ),
    CareRule(
        "balance", "a standing balance hold by the chair, on both sides, in three steps", "Otago (falls); why.goal"
    ),
)

CARE: dict[str, CareRule] = {rule.id: rule for rule in _CARE}
"""By their ids, in the order in which they matter."""
