"""The bench judges the ears; these hold the bench to its own rules."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.vocabulary.commands import Command
from coach.sound.wav import read_wav
from scripts.benches import learned
from scripts.benches.hearing import must, plan, report, sounds, utterances
from scripts.benches.hearing.__main__ import chosen_from
from scripts.benches.hearing.coach_talk import BLOCK, Coach, Talk, words
from scripts.benches.hearing.figures import figures, kept
from scripts.benches.hearing.remarks import TEST_REMARKS, TEST_TALK, TUNING_REMARKS, TUNING_TALK
from scripts.benches.hearing.scenes import SCENES
from scripts.benches.hearing.stage import Played
from scripts.benches.hearing.trials import outcome, percentiles
from scripts.benches.hearing.utterances import BenchUtterance


def said(command: Command | None) -> BenchUtterance:
    return BenchUtterance("x", "x", command, None, np.zeros(HEARING_HZ, np.int16), 0.8)


def judged(t: float, command: Command, **verdict: object) -> tuple[float, Heard, Verdict]:
    heard = Heard(command.value, command, None, 0.0, 9.0, 0.2, 0.8)
    return t, heard, Verdict(**{"accepted": True, "reason": VerdictReason.OK, "command": command} | verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("--save --scene quiet", "--scene"),
        ("--save --voices tuning", "--voices"),
        ("--save --ears vosk", "--ears"),
        ("--save --rates 125", "--rates"),
        ("--save --every-phrase", "--every-phrase"),
        ("--live --scene quiet", "--scene"),
        ("--talk --scene quiet", "--scene"),
        ("--charged --ears vosk", "--ears"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        chosen_from(options.split())
    assert f"leave {named} out" in capsys.readouterr().err


@pytest.mark.parametrize("options", ["--save --voices tuning", "--save --speakers 3"])
def test_the_bench_of_learned_words_keeps_figures_of_all_test_speakers_alone(options: str) -> None:
    with pytest.raises(SystemExit):
        learned.chosen_from(options.split())


@pytest.mark.parametrize("options", ["--save", "--live --save", "--scene quiet --ears vosk", "--talk --save --hours 2"])
def test_options_that_go_together_are_taken(options: str) -> None:
    assert chosen_from(options.split()).json is False


def test_no_voice_and_no_remark_is_both_tuned_and_tested_with() -> None:
    assert not set(utterances.TUNING_VOICES) & set(utterances.TEST_VOICES)
    assert not set(TUNING_REMARKS) & set(TEST_REMARKS)
    assert not set(TUNING_TALK) & set(TEST_TALK)


def test_every_scene_that_was_promised_is_there() -> None:
    assert [SCENES[name].snr_db for name in ("kitchen20", "kitchen10", "kitchen6")] == [20, 10, 6]
    assert [SCENES[name].echo_db for name in ("coach-6", "coach0", "coach+6")] == [-6, 0, 6]
    assert SCENES["music"].noise == "music"
    assert SCENES["talker"].talker


def test_rooms_span_what_was_promised() -> None:
    rooms = SCENES["coach0"].rooms()
    assert len({room.reverberation_s for room in rooms}) == 3
    assert {room.distance_m for room in rooms} >= {0.5, 4.0}
    assert {room.echo_delay_s for room in rooms} >= {0.02, 0.3}
    assert any(room.drift_ppm == 100 for room in rooms)
    assert any(room.jump_s == 0.08 for room in rooms)
    assert any(room.drive for room in rooms)


def test_what_was_acted_on_decides_the_result() -> None:
    assert outcome(said(Command.NEXT), 0.8, [judged(1.2, Command.NEXT)]).result == "right"
    assert outcome(said(Command.NEXT), 0.8, [judged(1.2, Command.DONE)]).result == "wrong"
    assert outcome(said(Command.NEXT), 0.8, []).result == "missed"
    assert outcome(said(None), 0.8, [judged(1.2, Command.DONE)]).result == "false"
    assert outcome(said(None), 0.8, []).result == "silent"


def test_what_people_say_is_right_taken_for_something_else_or_met_with_silence() -> None:
    moment = replace(said(Command.NEXT), group="natural")
    nothing = replace(said(None), group="natural")
    outcomes = (
        outcome(moment, 0.8, [judged(1.2, Command.NEXT)]),
        outcome(moment, 0.8, [judged(1.2, Command.DONE)]),
        outcome(moment, 0.8, []),
        outcome(nothing, 0.8, []),
        outcome(nothing, 0.8, [judged(1.2, Command.DONE)]),
    )
    found = figures(report.by_scene([Played("natural", "natural", outcomes, (), 20.0, 1.0)]), {})
    assert found["natural"] == {"right": 0.4, "wrong": 0.4, "silence": 0.2, "of": 5}


def test_a_stop_that_was_taken_back_is_undone() -> None:
    refused = judged(1.2, Command.NEXT, accepted=False, takes_back=Command.STOP)
    assert outcome(said(None), 0.8, [judged(0.7, Command.STOP), refused]).result == "undone"


def test_action_counts_from_the_end_of_the_word() -> None:
    assert outcome(said(Command.STOP), 0.8, [judged(0.9, Command.STOP)]).latency_s == pytest.approx(0.1)


def test_a_figure_that_is_not_reached_is_printed_as_such() -> None:
    shown = must.markdown({"quiet": {"value": 0.9, "of": 100}})
    assert "90.0% of 100, **not reached**" in shown
    assert "not measured" in shown
    assert "not reached" not in must.markdown({"quiet": {"value": 0.99, "of": 100}})


def test_a_time_counts_as_reached_only_if_it_holds_live_too() -> None:
    found = {"silence": (0.03, 0.46), "live_silence": (0.2, 0.6)}
    assert "30 / 460 ms; live 200 / 600 ms, **not reached**" in must.markdown(found)
    assert "30 / 460 ms |" in must.markdown({"silence": (0.03, 0.46)})
    assert "30 / 460 ms; one thread 100 / 490 ms |" in must.markdown(
        found | {"charged_silence": (0.1, 0.49), "live_silence": None}
    )


def test_each_clock_has_a_bound_of_its_own() -> None:
    assert "not reached" not in must.markdown({"live_silence": (0.145, 0.5)})
    assert "one thread 145 / 500 ms, **not reached**" in must.markdown({"charged_silence": (0.145, 0.5)})
    assert "440 / 760 ms, **not reached**" in must.markdown({"action": (0.44, 0.76)})
    assert "one thread 470 / 820 ms |" in must.markdown({"charged_action": (0.47, 0.82)})


def test_a_pair_of_figures_holds_only_if_both_do() -> None:
    kitchen, hers = {"value": 0.88, "of": 400}, {"before": {}, "after": {"right": 190, "of": 200}}
    assert "88.0% of 400; 95.0% of 200 |" in must.markdown({"kitchen10": kitchen, "learned": hers})
    assert "88.0% of 400; not measured |" in must.markdown({"kitchen10": kitchen})
    too_few = {"kitchen10": kitchen, "learned": {"before": {}, "after": {"right": 180, "of": 200}}}
    assert "90.0% of 200, **not reached**" in must.markdown(too_few)


def test_what_hearing_costs_is_held_to_its_bounds() -> None:
    assert "| 8.5; 0.9 |" in must.markdown({"scores": [8.5, 0.9]})
    assert "9.5; 0.9, **not reached**" in must.markdown({"scores": [9.5, 0.9]})
    assert "5.0%; 250 MB; others talking 4.0% |" in must.markdown(
        {"listening": 0.05, "memory": 250.0, "talk_share": 0.04}
    )
    assert "others talking 6.0%, **not reached**" in must.markdown({"talk_share": 0.06})


def test_few_minutes_of_the_coach_alone_prove_nothing() -> None:
    assert "0 in 0.1 h, **not reached**" in must.markdown({"alone": {"value": 0, "hours": 0.1}})
    assert "0 in 3 h |" in must.markdown({"alone": {"value": 0, "hours": 3.0}})


def test_a_few_minutes_of_talk_prove_nothing() -> None:
    assert "0 (in 0.16 h), **not reached**" in must.markdown({"talk": {"value": 0.0, "hours": 0.16}})
    assert "0.1 (in 10 h) |" in must.markdown({"talk": {"value": 0.1, "hours": 10.0}})


def test_minutes_without_a_mistake_do_not_take_the_place_of_hours() -> None:
    hours = {"alone": {"value": 0, "hours": 3.0}, "quiet": {"value": 0.9, "of": 100}}
    new = {"alone": {"value": 0, "hours": 0.1}, "quiet": {"value": 0.8, "of": 100}, "memory": None}
    assert kept(hours, new) == {**hours, "quiet": {"value": 0.8, "of": 100}}
    found = {"alone": {"value": 1, "hours": 0.1}}
    assert kept(hours, found)["alone"] == found["alone"]


def test_hours_of_talk_are_filled_in_rooms_and_noise_that_change(tmp_path: Path) -> None:
    sentence = BenchUtterance("x", "talk", None, None, np.zeros(3 * HEARING_HZ, np.int16), 3.0)
    material = plan.Material((), (), (), (sentence,) * 25, (), (), Talk(np.zeros(1, np.int16), ()))
    noises = {"kitchen": tmp_path / "k.wav", "music": tmp_path / "m.wav"}
    found = list(plan.talk_for(0.25, material, noises))
    assert 900 < sum(len(each.said) for each in found) * 5.1 < 1_100
    assert {each.scene for each in found} == set(plan.TALKED_IN)
    assert len({each.where for each in found}) == 4


def test_percentiles_of_nothing_are_nothing() -> None:
    assert percentiles([]) is None
    assert percentiles([1.0, 1.0, 1.0]) == (1.0, 1.0)


def test_the_coach_steps_back_while_she_speaks_and_knows_its_words() -> None:
    talk = Talk(np.full(10 * HEARING_HZ, 8_000, np.int16), (("lean forward now", 0.0, 10.0),))
    coach = Coach(talk, 0.0)
    loud = coach.block(0.0, speaking=False)
    for at in range(1, 10):
        soft = coach.block(at * BLOCK / HEARING_HZ, speaking=True)
    assert np.abs(loud).max() > 5 * np.abs(soft).max()
    assert [word for word, _, _ in words(coach.said(0.2))] == ["lean", "forward", "now"]


def test_the_made_noises_are_the_same_in_every_run(tmp_path: Path) -> None:
    for make in (sounds.kitchen, sounds.music):
        first, second = (read_wav(make(tmp_path / name))[0] for name in ("a.wav", "b.wav"))
        assert np.array_equal(first, second)
        assert np.abs(first).max() > 0.1
