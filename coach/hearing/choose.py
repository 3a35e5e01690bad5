"""Choose the recognizer: Vosk where its English model is on this machine, else the embedded Moonshine."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import InputError, MachineError
from coach.hearing.ports.ears import Ears
from coach.hearing.process import EarsProcess
from coach.hearing.recipe import KINDS, Recipe, Recognizer, build_chain
from coach.hearing.recognition.models.bundled import bundled_models
from coach.hearing.recognition.vosk.model import find_model
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.threads import Report, nobody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.hearing.recognition.learned import LearnedWord
    from coach.hearing.recognition.moonshine.examples import Examples


def open_ears(
    kind: str = "auto",
    table: Table | None = None,
    *,
    inline: bool = False,
    headphones: bool = False,
    model: Path | None = None,
    echo_delay_s: float | None = None,
    report: Report = nobody,
    examples: "Examples" = (),
    learned: "Sequence[LearnedWord]" = (),
    keep_learning: bool = False,
) -> Ears:
    """Open the ears: inline loads them here and now, else a process does while the caller goes on.

    Args: model: a Vosk model's folder, instead of the English one where it usually is. echo_delay_s: as the sound check
    measured it. examples: sounds of words that no template of Moonshine's has. learned: words in her own voice.
    keep_learning: more samples of them come with what is heard.
    Raises InputError for an unknown kind, MachineError where the wheel or the model is missing.
    """
    recipe = choose(kind, table or load_table(), headphones=headphones, model=model)
    recipe = replace(recipe, echo_delay_s=echo_delay_s, examples=examples, learned=learned, keep_learning=keep_learning)
    return build_chain(recipe) if inline else EarsProcess(recipe, report=report)


def choose(kind: str, table: Table, *, headphones: bool = False, model: Path | None = None) -> Recipe:
    """Decide which ears. Raises as `open_ears` does, without loading anything."""
    if kind not in KINDS:
        raise InputError(f"--ears {kind}: choose one of {', '.join(KINDS)}")
    found = find_model(table.language, model) if kind != Recognizer.MOONSHINE else None
    if found:
        return Recipe(Recognizer.VOSK, table, headphones, found)
    if kind == Recognizer.VOSK:
        raise MachineError(f"Vosk's model for {table.language!r} is missing here; coach setup fetches the English one")
    if table.language != "en":
        raise MachineError(f"Moonshine understands only English; for {table.language!r} use a Vosk model")
    bundled_models()  # raises where one is missing
    return Recipe(Recognizer.MOONSHINE, table, headphones)
