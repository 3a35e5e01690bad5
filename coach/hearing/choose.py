"""Which ears: Vosk where its English model is on this machine, else the embedded Moonshine."""

from coach.errors import InputError
from coach.hearing.chain import Chain
from coach.hearing.ears_process import EarsProcess
from coach.hearing.recipe import Recipe, build_chain
from coach.hearing.table import Table, load_table

KINDS = ("auto", "vosk", "moonshine")


def open_ears(
    kind: str = "auto", table: Table | None = None, *, inline: bool = False, headphones: bool = False
) -> Chain | EarsProcess:
    """Open the ears: inline loads them here and now, else a process does while the caller goes on.

    Raises InputError for an unknown kind, MachineError where the wheel or the model is missing.
    """
    recipe = choose(kind, table or load_table(), headphones=headphones)
    return build_chain(recipe) if inline else EarsProcess(recipe)


def choose(kind: str, table: Table, *, headphones: bool = False) -> Recipe:
    """Decide which ears. Raises as `open_ears` does, without loading anything."""
    from coach.hearing.moonshine_model import model_folder
    from coach.hearing.vosk_model import find_model

    if kind not in KINDS:
        raise InputError(f"--ears {kind}: there are {', '.join(KINDS)}")
    model = find_model(table.language) if kind != "moonshine" else None
    if kind == "vosk" or model:
        return Recipe("vosk", table, headphones, model)
    model_folder()  # raises where there is none
    return Recipe("moonshine", table, headphones)
