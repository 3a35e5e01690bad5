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
    ProgressionRule("unread", "where history or profile can't be read it is as the first time, at the least", "ours"),
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
    ProgressionRule("hold-start", "the balance hold begins with both hands on the chair", "Otago (falls); ours"),
    ProgressionRule(
        "hold-up",
        "after two days with every hold held to its end one step (one hand, then fingertips), one in seven days",
        "Otago (falls); ours",
    ),
    ProgressionRule(
        "hold-same",
        "until two days went well running, and for a week after a step, the balance hold stays as it is",
        "ours",
    ),
    ProgressionRule(
        "hold-out",
        "pain in the balance hold twice running, or with both hands on the chair: it is left out until a clinician "
        "agrees",
        "ours; disclaimer",
    ),
    ProgressionRule("clock", "with the clock set back, nothing goes up", "ours"),
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
        "a session that ended with back pain bars the next until a doctor or physiotherapist has agreed; pain twice "
        "running leaves an exercise out",
        "disclaimer; ours",
    ),
    CareRule(
        "need",
        "in need the first words unload her in the very position, then she sits or lies down, then calls for help",
        "first-aid advice on fainting; ours",
    ),
    CareRule(
        "way-out", "every exercise ends with its own way out, before anything is asked or praised", "row.stance; ours"
    ),
    CareRule(
        "weight-on-table",
        "the weight lies on a table at waist height, never on the floor nor on the chair that she sits on",
        "TFTF Table 5; avoid.bend",
    ),
    CareRule(
        "changing-sides",
        "she comes up, puts the weight down and steps around before she takes it again",
        "row.sides; ours",
    ),
    CareRule("hurts", "it hurts: the words that unload come at once, then ten seconds to take it back", "ours"),
    CareRule(
        "unclear", "what is unclear where the place of a pain is asked for counts as the back", "disclaimer; ours"
    ),
    CareRule("heard", "pain, need and the wish to stop are understood as they are said", "ours"),
    CareRule(
        "two-days",
        "training again within 48 hours, or twice a day, is said in the welcome and the walk is offered",
        "National Institute on Aging (48 hours)",
    ),
    CareRule(
        "loads",
        "over 5 kg in one hand is asked about first, over 10 kg and from 3 kg after a vertebral fracture is refused; a "
        "step is at most half",
        "why.causes; ACSM 2009 (2 to 10 %); ours",
    ),
    CareRule(
        "too-much",
        "over fifteen reps or three sets, or under a minute of rest: warned of with osteopenia, else refused",
        "dose.start; dose.progress; ACSM 2009 (one to two minutes); ours",
    ),
    CareRule(
        "harder",
        "the harder variant comes by the ladder alone; after a vertebral fracture prone work is done standing at the "
        "wall, unless it was cleared",
        "extension.harder; Bone Fit (adverse events in prone work); ours",
    ),
    CareRule("calm", "a care is said calmly, at the move it belongs to, once", "ours"),
    CareRule(
        "things",
        "shoes or bare feet, a clear floor, a whole band held fast, a towel under knees and wrists: each said once",
        "avoid.reach; ours",
    ),
    CareRule(
        "around",
        "how her back is comes first (four and more: easier; seven and more: not today); warm-up and winding down",
        "TFTF Table 4; ours",
    ),
    CareRule("balance", "a standing balance hold by the chair, both sides, in three steps", "Otago (falls); why.goal"),
)

CARE: dict[str, CareRule] = {rule.id: rule for rule in _CARE}
"""By their ids, in the order in which they matter."""
