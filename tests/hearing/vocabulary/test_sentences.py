"""What sentences in her own words mean: by example, and by rules that hold for all of them."""

from pathlib import Path

import pytest

from coach.hearing.vocabulary.commands import SAFETY, BodyPart, Command, Emergency, Strain, value_of
from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.vocabulary.sentence_file import load_sentences
from coach.hearing.vocabulary.sentences import Meaning
from coach.library.problem import BadFileError
from coach.session.state import Question
from scripts.benches.hearing.moments import AT_A_GATE, IN_A_PAUSE, IN_A_SET, asked, every_moment

SENTENCES = load_sentences(load_table())
EVERYTHING = frozenset(Command)


def meant(text: str, commands: frozenset[Command] = IN_A_SET.open()) -> Command | None:
    found = SENTENCES.meaning(text, commands)
    return found.command if found else None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Could you hold it a moment, love?", Command.PAUSE),
        ("Let me catch my breath.", Command.PAUSE),
        ("I've had a fall.", Command.EMERGENCY),
        ("Ooh, my left knee is killing me!", Command.IT_HURTS),
        ("Okay, please stop now.", Command.STOP),
        ("I can't keep up with you.", Command.SLOWER),
        ("Can you turn it up a bit?", Command.LOUDER),
        ("How many more of these?", Command.HOW_MANY_LEFT),
        ("I'd rather not do this one.", Command.SKIP),
    ],
)
def test_sentences_of_a_set(text: str, command: Command) -> None:
    assert meant(text) is command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("slow down a bit I'm feeling dizzy", Command.EMERGENCY),
        ("that's too easy give me a challenge", Command.HARDER),
        ("you're gabbling slow down", Command.SPEAK_SLOWER),
        ("oh I lost count let's begin again", Command.START_AGAIN),
        ("this is to fast for me", Command.SLOWER),
        ("I'm gonna stop now", Command.STOP),
    ],
)
def test_clauses_homophones_and_contractions_of_a_set(text: str, command: Command) -> None:
    assert meant(text) is command


@pytest.mark.parametrize(
    "text",
    [
        "my knee's killing me",
        "ow ow that smarts",
        "I've got a stabbing pain in my hip",
        "I can't get my breath",
        "my chest feels tight",
        "everything's going black",
        "I've come over all woozy",
        "I've had a fall",
        "I can't get up off this floor",
        "somebody help me",
        "something went pop in my shoulder",
        "carry on no my back hurts",
    ],
)
def test_pain_breathlessness_dizziness_and_falls_are_at_least_a_hold(text: str) -> None:
    assert meant(text) in SAFETY


def test_the_place_of_a_pain_and_the_kind_of_help_are_kept() -> None:
    knee, faint, heavy = (
        value_of(Command.IT_HURTS, BodyPart.KNEE),
        value_of(Command.EMERGENCY, Emergency.FAINT),
        value_of(Command.EASIER, Strain.HEAVY),
    )
    assert SENTENCES.meaning("my knee's playing up", EVERYTHING) == Meaning(Command.IT_HURTS, knee)
    assert SENTENCES.meaning("the room is spinning", EVERYTHING) == Meaning(Command.EMERGENCY, faint)
    assert SENTENCES.meaning("this is too much for me", EVERYTHING) == Meaning(Command.EASIER, heavy)


def test_a_number_in_a_sentence_answers_how_hard_it_was() -> None:
    opened = asked(Question.EFFORT).open()
    assert SENTENCES.meaning("I'd call that about 7.", opened) == Meaning(Command.NUMBER, 7)
    assert meant("I'd call that about 7.") is None


def test_a_place_alone_answers_where_it_hurts_and_is_nothing_else() -> None:
    found = SENTENCES.meaning("up here in the shoulder", asked(Question.HURT_BACK).open())
    assert found == Meaning(Command.IT_HURTS, value_of(Command.IT_HURTS, "shoulder"), Question.HURT_BACK)
    assert meant("up here in the shoulder") is None


def test_no_other_word_is_taken_for_a_word_that_stands_for_itself() -> None:
    asked_to_end = asked(Question.END).open()
    assert meant("no thanks", asked_to_end) is Command.NO
    assert meant("know thanks", asked_to_end) is None


def test_a_stop_for_a_moment_is_a_pause() -> None:
    assert meant("can we stop for a moment") is Command.PAUSE
    assert meant("hold on a second no stop") is Command.STOP
    assert meant("stop it there") is Command.STOP


def test_what_is_denied_is_not_what_it_denies() -> None:
    for text in ("it doesn't hurt", "I'm not dizzy", "I don't need an ambulance", "don't stop", "I'm not really dizzy"):
        assert meant(text) is None


def test_only_what_is_open_is_understood() -> None:
    assert meant("let's get going", AT_A_GATE.open()) is Command.READY
    assert meant("let's get going", IN_A_PAUSE.open()) is Command.RESUME
    assert meant("let's get going") is None
    assert all(SENTENCES.meaning(text, frozenset()) is None for text in ("stop now please", "my back hurts"))


def test_politeness_around_a_phrase_changes_nothing() -> None:
    for before, behind in (("okay", ""), ("could you", "please"), ("oh please", "now"), ("I need you to", "love")):
        assert meant(f"{before} pause {behind}") is Command.PAUSE


def test_a_safety_word_goes_before_any_other_meaning() -> None:
    for text in ("stop it's too loud", "how many more ouch my back", "too fast I'm dizzy"):
        assert meant(text, EVERYTHING) in SAFETY


def test_no_phrase_of_the_table_means_another_command_as_a_sentence() -> None:
    """A phrase that is not sure enough as such must not be taken for something else instead; "help" may be a call."""
    differ = {}
    for entry in load_table().entries:
        opened = next((m.open() for m in every_moment() if entry.command in m.open()), frozenset())
        for phrase in entry.phrases:
            found = SENTENCES.meaning(phrase, opened)
            if found and found.command is not entry.command and phrase != "help":
                differ[phrase] = (entry.command.value, found.command.value)
    assert not differ


PLAIN_FILE = """fillers = []
light = []
guards = []
frames = []
tails = []
asides = []
nothing = []
dangling = []
exact = []

[lists]
it = ["(it|this)"]

[slots.part]
back = ["back"]

[command.pause]
sentences = ["hold <it>"]
"""


def refused(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError) as error:
        load_sentences(load_table(), path)
    return str(error.value).replace(str(path), path.name)


def test_a_small_file_of_sentences_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PLAIN_FILE, encoding="utf-8")
    assert load_sentences(load_table(), path).meaning("hold this", EVERYTHING) == Meaning(Command.PAUSE)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hold <it>", "hold <that>", "mine.toml:18: command.pause.sentences: 'hold <that>': there is no list 'that'"),
        ("hold <it>", "hold {it}", "mine.toml:18: command.pause.sentences: 'hold {it}': there is no slot 'it'"),
        ("hold <it>", "hold (it", "mine.toml:18: command.pause.sentences: 'hold (it': a '(' without its ')'"),
        ("hold <it>", "hold + it", "mine.toml:18: command.pause.sentences: 'hold + it': '+' isn't part of a template"),
        ("(it|this)", "<it>", "mine.toml:12: lists.it: '<it>': these lists refer to each other in a loop"),
        ("frames = []", 'frames = ["{part}"]', "mine.toml:4: frames: '{part}': a slot can be used only"),
        ("fillers = []", "fillers = 3", "mine.toml:1: fillers: must be a list of strings in quotes"),
        ("light = []", "lite = []", "mine.toml:2: lite: there is no 'lite' here; choose one of fillers, light"),
        (
            "[slots.part]",
            "[slots.place]",
            "mine.toml:14: slots.place: there is no slot 'place'; choose one of part, number",
        ),
        ("back =", "nose =", "mine.toml:15: slots.part.nose: there is no value 'nose'; choose one of back, neck"),
        ("command.pause", "command.puase", "mine.toml:17: command.puase: there is no command 'puase'"),
        ("sentences =", "sentence =", "mine.toml:18: command.pause.sentence: there is no 'sentence' here"),
        ("sentences =", "named.now =", "mine.toml:18: command.pause.named.now: there is no value 'now'"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in refused(tmp_path, PLAIN_FILE.replace(old, new))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            'question = "effort"',
            "command.pause.asked.sentences: must be a list of strings in quotes, and can't be left out",
        ),
        ('sentences = ["so so"]', "command.pause.asked.question: must be the question's name in quotes"),
        ('question = "end"\nsentences = ["a"]\nvalue = "b"', "command.pause.asked.value: must be a whole number"),
        ('question = "end"\nsentences = ["a"]\nas = "b"', "command.pause.asked.as: there is no command 'b'"),
    ],
)
def test_a_mistake_in_an_answer_is_named(tmp_path: Path, asked: str, says: str) -> None:
    assert says in refused(tmp_path, f"{PLAIN_FILE}\n[[command.pause.asked]]\n{asked}\n")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = PLAIN_FILE.replace("fillers = []", "fillers = 3").replace("back =", "nose =")
    assert len(refused(tmp_path, text).splitlines()) == 2
