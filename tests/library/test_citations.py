"""A reader sees names of studies, never their initials or our ids."""

import re

import pytest

from coach.library.citations import ARTICLE, OURS, spelled_out
from coach.library.facts import load_facts
from coach.library.safety import load_rules
from coach.training import week
from coach.training.rules import CARE, RULES

SAFETY = load_rules()
SOURCES = sorted(
    {rule.source for rule in (*SAFETY.rules, *SAFETY.clinician)}
    | {dose.source for dose in SAFETY.doses}
    | {rule.source for rule in RULES.values()}
    | {rule.source for rule in CARE.values()}
    | {week.STRENGTH_SOURCE, week.BALANCE_SOURCE, week.BACK_SOURCE, week.WALK_SOURCE}
)


@pytest.mark.parametrize("source", SOURCES)
def test_no_source_is_shown_by_its_initials_or_by_an_id(source: str) -> None:
    shown = spelled_out(source)
    assert not re.search(r"\b(TFTF|ACSM|ESSA|NSCA)\b", shown)
    assert not any(re.search(rf"\b{re.escape(fact)}\b", shown) for fact in load_facts())


def test_what_is_ours_says_so_and_the_article_is_named_once() -> None:
    assert spelled_out("avoid.bend; avoid.slouch; ours") == f"{ARTICLE}; {OURS}"


def test_the_table_of_a_study_stays() -> None:
    assert spelled_out("TFTF Table 5") == "Too Fit To Fracture 2014, Table 5"
    assert spelled_out("TFTF 2014 Table 4 (daily)") == "Too Fit To Fracture 2014, Table 4 (daily)"
