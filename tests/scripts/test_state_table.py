"""The page of the session tells what its tables do."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.mode import Question, State
from scripts.makers.readme import renewed
from scripts.makers.state_table import PAGE, PARTS, commands_table, main, questions_table, states_table


def test_the_page_of_the_session_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page, PARTS) == page, "run scripts/make state_table"
    assert main(["--check"]) == 0


@pytest.mark.parametrize("name", PARTS)
def test_every_table_stands_once_on_the_page(name: str) -> None:
    assert PAGE.read_text("utf-8").count(f"<!-- {name} -->") == 1


def test_every_state_command_and_question_has_its_row() -> None:
    for table, names in ((states_table(), State), (commands_table(), Command), (questions_table(), Question)):
        first = [line.split("|")[1] for line in table.splitlines()]
        assert all(sum(f"`{name}`" in cell for cell in first) == 1 for name in names)
