"""Lists of people as they come out of spreadsheets: what is read, and every mistake with its line."""

from pathlib import Path

import pytest

from coach import places
from coach.cli.files.people import read_people
from coach.errors import InputError
from coach.library.safety import Limit
from coach.training.people.names import add_person
from coach.training.profile import Profile
from coach.training.profile_file import save_profile
from tests.support.training import hurt_in_back


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def list_of(tmp_path: Path, *rows: str, head: str = "name,routine,sets,reps,pace,voice") -> Path:
    return written(tmp_path / "people.csv", "\n".join([head, *rows]) + "\n")


def test_a_row_is_a_person_with_a_routine_of_her_own(tmp_path: Path) -> None:
    wanted, bad = read_people(list_of(tmp_path, "Anna,bands,2,8,1.15,en-gb", "Bea,floor,,,,"))
    assert bad == ()
    anna, bea = wanted
    assert (anna.line, anna.name, anna.shape.pace, anna.voice) == (2, "Anna", 1.15, "en-gb")
    assert {(block.sets, block.reps) for block in anna.routine.blocks} == {(2, 8)}
    assert (bea.line, bea.shape.pace, bea.voice, bea.routine.id) == (3, 1.0, None, "floor")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_mark_at_the_start_and_any_separator_are_read(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f"Name{mark}Routine{mark}Pace\r\nJosé Ångström{mark}bands{mark}1.3\r\n\r\n"
    wanted, bad = read_people(written(tmp_path / "people.csv", text, encoding))
    assert [(row.name, row.shape.pace) for row in wanted] == [("José Ångström", 1.3)]
    assert bad == ()


def test_between_semicolons_a_number_may_have_a_comma(tmp_path: Path) -> None:
    wanted, _ = read_people(list_of(tmp_path, "Anna;bands;1,15", head="name;routine;pace"))
    assert wanted[0].shape.pace == 1.15


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Anna,spin-strength", "no routine 'spin-strength'; did you mean spine-strength"),
        (",bands", "has no name"),
        ("Anna,", "has no routine"),
        ("Anna,bands,two", "sets 'two' isn't a whole number such as 12"),
        ("Anna,bands,9", "9: must be 1 to 5"),
        ("Anna,bands,1,99", "99: must be 1 to 30"),
        ("Anna,bands,1,8,slow", "pace 'slow' isn't a number"),
        ("Anna,bands,1,8,9", "9: must be between 0.85"),
        ("Anna,bands,1,8,nan", "nan: must be between 0.85"),
        ("Anna,bands,1,8,1,en-us,more", "'more' is one value too many"),
        ("Anna,absent.toml", "absent.toml"),
        (f"Anna,{Path(__file__).parents[1] / 'data' / 'wrong.toml'}", "wrong.toml"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(tmp_path: Path, row: str, said: str) -> None:
    wanted, bad = read_people(list_of(tmp_path, "Bea,bands", row, "Cleo,bands"))
    assert [person.name for person in wanted] == ["Bea", "Cleo"]
    (problem,) = bad
    assert problem.line == 3
    assert said in problem.why
    assert "\n" not in problem.why


HEAD = "name,routine,profile"


def test_what_a_persons_own_profile_changes_is_told(tmp_path: Path) -> None:
    written(tmp_path / "anne.toml", 'limits = ["floor"]\n')
    (anne, bea), bad = read_people(list_of(tmp_path, "Änne,spine-strength,anne.toml", "Bea,spine-strength,", head=HEAD))
    assert bad == ()
    assert len(anne.routine.blocks) < len(bea.routine.blocks) == 5
    assert any("changed for Änne: Bird dog is left out" in line for line in anne.told)
    assert bea.told == ()


def test_without_a_profile_of_her_own_nobody_gets_this_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "config_folder", lambda: tmp_path)
    written(tmp_path / "profile.toml", 'limits = ["floor"]\n')
    (bea,), _ = read_people(list_of(tmp_path, "Bea,spine-strength"))
    assert len(bea.routine.blocks) == 5


@pytest.mark.parametrize(("content", "said"), [(None, "no profile there"), ("limits = 3\n", "anne.toml")])
def test_a_profile_that_can_not_be_read_is_told_with_its_line(tmp_path: Path, content: str | None, said: str) -> None:
    if content:
        written(tmp_path / "anne.toml", content)
    wanted, (problem,) = read_people(list_of(tmp_path, "Anne,bands,anne.toml", head=HEAD))
    assert wanted == ()
    assert said in problem.why
    assert "\n" not in problem.why


@pytest.mark.parametrize("again", ["Anna", "anna", "ANNA ", "An/na"])
def test_of_two_rows_of_one_name_the_first_is_made(tmp_path: Path, again: str) -> None:
    wanted, bad = read_people(list_of(tmp_path, "Anna,bands", f"{again},floor"))
    assert [person.line for person in wanted] == [2]
    assert "is already in line 2" in bad[0].why


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300, "🙂", "\u202e", "...", 'x"y'])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    wanted, _ = read_people(list_of(tmp_path, f'"{quoted}",bands'))
    file = (tmp_path / "out" / f"{wanted[0].file_name}.mp3").resolve()
    assert file.parent == (tmp_path / "out").resolve()
    assert 0 < len(file.name) < 120


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty; its first line should name the columns"),
        (b"name,routine\nJos\xe9\x81,bands\n", "2: isn't UTF-8 text; save the file as UTF-8"),
        (b"name\nAnna\n", "the column 'routine' is missing"),
        (b"name,routine,pase\nAnna,bands,1\n", "no column 'pase'; did you mean pace. the columns are name, routine"),
        (b"name,name,routine\nAnna,Bea,bands\n", "two columns are called 'name'"),
        (b'name,routine\n"Anna,bands\n', "isn't a CSV file"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    with pytest.raises(InputError, match=said) as raised:
        read_people(tmp_path / "people.csv")
    assert "\n" not in str(raised.value)


def test_a_list_that_is_not_there_or_a_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_people(tmp_path / "absent.csv")
    with pytest.raises(InputError, match="is a folder"):
        read_people(tmp_path)


def test_a_row_with_a_history_is_told_of_back_pain(tmp_path: Path) -> None:
    hurt_in_back(tmp_path / "anna.sqlite3")
    rows = list_of(tmp_path, "Anna,bands,anna.sqlite3", "Bea,bands,", head="name,routine,history")
    (anna, bea), bad = read_people(rows)
    assert bad == ()
    assert any("your back hurt" in line for line in anna.told)
    assert bea.told == ()
    _, (row,) = read_people(list_of(tmp_path, "Anna,bands,absent.sqlite3", head="name,routine,history"))
    assert "there is no history file there" in row.why


def test_a_row_may_name_a_person_of_this_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bea = add_person("Bea")
    save_profile(Profile(name="Bea", limits=frozenset({Limit.FLOOR})), bea.profile)
    hurt_in_back(bea.history)
    monkeypatch.setenv("COACH_PERSON", "Bea")  # rows say for whom, nothing else does
    head = "name,routine,person,history"
    rows = ("Mrs B,spine-strength,bea,", "Anna,spine-strength,,", "Cleo,bands,Cleo,", "Dora,bands,Bea,h.sqlite3")
    (mrs_b, anna), (cleo, dora) = read_people(list_of(tmp_path, *rows, head=head))
    assert len(mrs_b.routine.blocks) < len(anna.routine.blocks)
    assert any("your back hurt" in line for line in mrs_b.told)
    assert anna.told == ()
    assert "nobody called 'Cleo' trains here" in cleo.why
    assert "use one or the other" in dora.why


def test_a_row_with_too_much_is_bad_and_a_fracture_is_done_at_the_wall(tmp_path: Path) -> None:
    (tmp_path / "frail.toml").write_text('condition = "vertebral-fracture"\nclinician_agreed = true\n')
    (tmp_path / "heavy.toml").write_text("weights = [40]\n")
    rows = ("Anna,bands,5,30,", "Bea,floor,1,10,frail.toml", "Cleo,bands,1,10,heavy.toml")
    (bea,), (anna, cleo) = read_people(list_of(tmp_path, *rows, head="name,routine,sets,reps,profile"))
    assert "30 reps" in anna.why
    assert "40 kg is too heavy" in cleo.why
    assert bea.routine.blocks[-1].exercise.id == "wall-extension"


def test_a_list_as_excel_writes_it_is_read(tmp_path: Path) -> None:
    text = 'sep=;\r\nNAME;Routine;Sets;Speech Rate;Format\r\nJosé € "J";Spine-Strength;2.0;140,0;MP3\r\n'
    (jose,), bad = read_people(written(tmp_path / "people.csv", text, "cp1252"))
    assert bad == ()
    assert (jose.line, jose.name, jose.speech_rate, jose.kind) == (3, 'José € "J"', 140, "mp3")
    assert {block.sets for block in jose.routine.blocks} == {2}


def test_a_row_can_have_all_that_an_export_can(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"")
    head = "name,routine,rest,gate,warm-up,balance,wind down,fewer words,praise"
    head += ",music,format,split,words,title,guide,address"
    row = "Anna,bands,75,20,no,No,0,yes,no,song.mp3,WAV,yes,x,yes,yes,https://example.org/anna"
    (anna, bea), bad = read_people(list_of(tmp_path, row, "Bea,bands" + "," * 14, head=head))
    assert bad == ()
    assert (anna.shape.rest_s, anna.shape.gate_s, anna.shape.praise) == (75.0, 20.0, None)
    assert (anna.kind, anna.split, anna.words, anna.music) == ("wav", True, True, (tmp_path / "song.mp3").resolve())
    assert (anna.title, anna.guide, anna.address) == ("Bands for Anna", True, "https://example.org/anna")
    assert not any([anna.routine.warm_up, anna.routine.balance, anna.routine.wind_down])
    assert (bea.kind, bea.split, bea.title, bea.guide, bea.address) == ("mp3", False, None, None, None)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("rest", "5", "--rest 5: must be 15 to 300 seconds"),
        ("rest", "90 s", "rest '90 s' isn't a number"),
        ("gate", "500", "--gate 500: must be 5 to 120 seconds"),
        ("sets", "1.5", "sets '1.5' isn't a whole number such as 12"),
        ("reps", "nan", "reps 'nan' isn't a whole number such as 12"),
        ("speech_rate", "10", "--speech-rate 10: must be 80 to 200 words a minute"),
        ("speech_rate", "1000", "--speech-rate 1000: must be 80 to 200"),
        ("balance", "perhaps", "balance 'perhaps' must be yes or no"),
        ("format", "ogg", "format 'ogg': choose one of mp3, m4b, wav"),
        ("music", "gone.mp3", "music 'gone.mp3': there is no such file"),
        ("address", "example.org", "isn't a web address"),
        ("address", "https://example.org/" + "a" * 1_000, "the maximum is 1000"),
    ],
)
def test_a_bad_value_is_told_with_its_column(tmp_path: Path, column: str, value: str, said: str) -> None:
    wanted, (problem,) = read_people(list_of(tmp_path, f"Anna,bands,{value}", head=f"name,routine,{column}"))
    assert wanted == ()
    assert said in problem.why


@pytest.mark.parametrize(("wrong", "near"), [("rests", "rest"), ("Speed rate", "speech_rate"), ("adress", "address")])
def test_a_wrong_column_is_named_with_the_nearest_right_one(tmp_path: Path, wrong: str, near: str) -> None:
    with pytest.raises(InputError, match=f"there is no column '{wrong}'; did you mean {near}"):
        read_people(list_of(tmp_path, "Anna,bands,1", head=f"name,routine,{wrong}"))


def test_two_thousand_rows_are_read(tmp_path: Path) -> None:
    wanted, bad = read_people(
        list_of(tmp_path, *(f"Person {number},bands" for number in range(2_000)), head="name,routine")
    )
    assert (len(wanted), bad) == (2_000, ())
