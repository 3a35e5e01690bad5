"""Measure how well the ears hear, scene by scene; `--scene` names those of a whole run, and some that are on request.

    scripts/bench hearing [--recordings DIR] [--noise FILE] [--ears moonshine|vosk] [--scene NAME]...
                          [--voices test|tuning] [--every-phrase] [--save]
    scripts/bench hearing --coach-alone --hours 3 [--save]
    scripts/bench hearing --talk --hours 2 --recordings DIR --noise FILE [--save]
    scripts/bench hearing --live [--noise FILE] [--save]
    scripts/bench hearing --charged [--noise FILE] [--voices test|tuning]

DIR holds `words/WORD-n.wav` and `talk/*.wav` (sentences, none of them a command); FILE is the noise of a kitchen. The
same input gives the same result, but for the cost and what is heard --live: in real time, with the work that hearing
takes in its times. --charged is the same for one thread without neighbours, Moonshine alone: the processor time of each
block passes before the next one is heard. Figures come from the test voices alone; --save keeps them in
scripts/benches/hearing/figures.json, from which `scripts/make readme` writes the README's table.
"""

import json
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coach.hearing.choose import choose
from coach.hearing.recipe import KINDS, Recipe
from coach.hearing.vocabulary.phrase_table import Table, load_table
from scripts.benches.hearing import alone, must, plan, report, sounds, utterances, work
from scripts.benches.hearing.figures import Figures, figures, kept
from scripts.benches.hearing.scenes import ON_REQUEST, SCENES
from scripts.benches.hearing.stage import Played
from scripts.named import options

FIGURES = Path(__file__).with_name("figures.json")
ALONE_HOURS = 0.1  # in the run of everything; the hours are a run of their own
WHOLE_RUN = ("scene", "voices", "ears", "rates", "every_phrase")
"""Options that figures for the README are measured without."""
RUNS = {"alone": ("alone",), "talk": plan.TALKED_IN, "live": plan.LIVED_IN, "charged": plan.LIVED_IN}
"""What each run of its own plays."""
ONLY = {
    "talk": {"talk": "talk"},
    "live": {"live_silence": "silence", "live_action": "action"},
    "charged": {
        "charged_silence": "silence",
        "charged_action": "action",
        "scores": "scores",
        "talk_share": "talk_share",
    },
}
"""Of the figures of such a run these alone are kept, by the name they then have: nothing else was said in its rooms, or
not enough."""


def chosen_from(arguments: Sequence[str]) -> Namespace:
    parser = options("bench hearing", __doc__)
    parser.add_argument("--recordings", type=Path, metavar="DIR", help="a folder with words/ and talk/")
    parser.add_argument("--noise", type=Path, metavar="FILE", help="a kitchen's noise, WAV")
    parser.add_argument("--ears", default="moonshine", choices=KINDS)
    parser.add_argument("--scene", action="append", choices=[*SCENES, "alone"], help="only this one; may be repeated")
    parser.add_argument("--voices", default="test", choices=["test", "tuning"], help="figures come from test alone")
    parser.add_argument("--rates", type=int, nargs="+", default=utterances.RATES, metavar="WPM", help="words a minute")
    parser.add_argument("--every-phrase", action="store_true", help="all phrases, not the first of seven commands")
    run = parser.add_mutually_exclusive_group()
    for option, const, about in (
        ("--coach-alone", "alone", "only the coach, for --hours"),
        ("--talk", "talk", "only other people's talk, for --hours"),
        ("--live", "live", "in real time, five minutes: how long she waits"),
        ("--charged", "charged", "how long she waits for one thread, and how often Moonshine is asked"),
    ):
        run.add_argument(option, action="store_const", dest="run", const=const, help=about)
    parser.add_argument("--hours", type=float, default=ALONE_HOURS, help="of the coach alone, or of talk")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--missed", action="store_true", help="list what was not right")
    parser.add_argument("--json", action="store_true", help="one object instead of the table")
    parser.add_argument("--save", action="store_true", help="keep the figures for the README")
    chosen = parser.parse_args(arguments)
    if mistake := refused(chosen, lambda name: chosen.__dict__[name] != parser.get_default(name)):
        parser.error(mistake)
    return chosen


def refused(chosen: Namespace, changed: Callable[[str], bool]) -> str | None:
    """Return why these options don't go together; None where they do."""
    if chosen.save and (others := [f"--{name}".replace("_", "-") for name in WHOLE_RUN if changed(name)]):
        return f"--save keeps the figures of whole runs with the defaults: leave {', '.join(others)} out"
    if chosen.run and chosen.scene:
        return "--coach-alone, --talk, --live and --charged have scenes of their own: leave --scene out"
    if chosen.run == "charged" and chosen.ears != "moonshine":
        return "--charged measures Moonshine alone: leave --ears out"
    return None


def main(arguments: Sequence[str]) -> int:
    chosen, table = chosen_from(arguments), load_table()
    recipe = choose(chosen.ears, table)
    every = [name for name in SCENES if name not in ON_REQUEST]
    wanted = RUNS.get(chosen.run, chosen.scene or every)
    played = play_scenes(chosen, wanted, table, recipe)
    scenes = report.by_scene(played)
    runs: dict[str, Any] = {"alone": coach_alone(chosen, recipe) if "alone" in wanted else None}
    found = figures(scenes, runs)
    found = {name: found[measured] for name, measured in ONLY[chosen.run].items()} if chosen.run in ONLY else found
    if chosen.json:
        outcomes = [asdict(each) for each in played]
        print(json.dumps({"ears": recipe.recognizer, "voices": chosen.voices, "scenes": scenes, "runs": runs,
                          "figures": found, "outcomes": outcomes}, indent=1))  # fmt: skip
    else:
        tell(chosen, recipe, played, scenes, runs, found)
    if chosen.save:
        save(found)
    return 0


def play_scenes(chosen: Namespace, wanted: Sequence[str], table: Table, recipe: Recipe) -> list[Played]:
    names = [name for name in SCENES if name in wanted]
    if not names:
        return []
    tuning = chosen.voices == "tuning"
    said = plan.material(table, chosen.recordings, tuning=tuning, rates=chosen.rates, every=chosen.every_phrase)
    with TemporaryDirectory() as folder:
        noises = {"music": sounds.music(Path(folder) / "music.wav")}
        noises["kitchen"] = chosen.noise or sounds.kitchen(Path(folder) / "kitchen.wav")
        if chosen.run == "live":
            return list(work.play_live(list(plan.live(said, noises)), recipe))
        if chosen.run == "charged":
            return list(work.play_charged(list(plan.charged(said, noises, tuning=tuning)), recipe))
        if chosen.run == "talk":
            stretches = list(plan.talk_for(chosen.hours, said, noises))
        else:
            stretches = [each for name in names for each in plan.stretches(SCENES[name], said, noises, tuning)]
        return list(work.play_all(stretches, recipe, chosen.processes))


def coach_alone(chosen: Namespace, recipe: Recipe) -> Figures:
    each = list(work.listen_all(list(alone.turns(chosen.hours)), recipe, chosen.processes))
    stream_s = sum(one.stream_s for one in each)
    return {
        "hours": round(stream_s / 3_600, 2),
        "taken": sum(len(one.taken) for one in each),
        "what": [(one.turn.routine, one.turn.voice, *taken) for one in each for taken in one.taken],
        "speech_heard": sum(one.speech_heard for one in each),
        "voices": sorted({one.turn.voice for one in each}),
        "share_of_a_core": round(sum(one.cost_s for one in each) / max(stream_s, 1e-9), 3),
    }


def tell(
    chosen: Namespace, recipe: Recipe, played: list[Played], scenes: Figures, runs: Figures, found: Figures
) -> None:
    voices = utterances.TUNING_VOICES if chosen.voices == "tuning" else utterances.TEST_VOICES
    print(f"ears: {recipe.recognizer}; {chosen.voices} voices: {', '.join(voices)}\n")
    if scenes:
        print("\n".join([*report.table(scenes), "", *report.commands_table(scenes), ""]))
    if runs["alone"]:
        heard = runs["alone"]
        print(f"the coach alone: {heard['taken']} commands in {heard['hours']} h, {heard['speech_heard']} times speech")
        print("\n".join(f"  {' '.join(map(str, each))}" for each in heard["what"]))
    if chosen.run == "charged":
        print("Moonshine's scores: {} a safety word, {} a sentence of other talk".format(*found["scores"]))
        print(f"while others talk: {found['talk_share']:.1%} of a core")
        words = len([t for each in scenes.values() for t in each["silence_s"]])
        print(f"safety words timed: {words}")
    if chosen.missed:
        print("\n".join(report.missed(played)))
    print(must.markdown(found))
    if not chosen.recordings:
        print("RUN WITHOUT RECORDED SPEECH: synthetic voices only (--recordings DIR adds human words and talk)")
    if not chosen.noise:
        print("RUN WITH A SYNTHETIC KITCHEN: --noise FILE takes a recorded one")


def save(found: Figures) -> None:
    """Keep what this run measured."""
    old = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    FIGURES.write_text(json.dumps(kept(old, found), indent=1) + "\n", "utf-8")
