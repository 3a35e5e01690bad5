"""Measure how well the coach understands who is training: houses of two to four people, in voices it never heard.

Each of them answers by her name, as people do, in a quiet room; first answers alone count. Exit 1 below the bound.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coach.devices.port import HEARING_FRAMES
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.people import LEADS, people_table, refusal
from coach.hearing.vocabulary.phrase_table import Phrase, Table, load_table
from coach.session.machine import open_commands, start_with_who
from coach.sound.pcm import Pcm, in_steps, noise_floor
from scripts.benches.hearing.utterances import RATES, TEST_VOICES, TUNING_VOICES, Utterance, spoken
from scripts.named import options

LEAST = 0.98
LEVEL = 0.3
"""Of a voice at full scale: somebody two metres away."""
BEFORE_S, AFTER_S = 0.5, 1.2
NAMES = (
    "Anna", "Bea", "Carla", "Diana", "Elena", "Fiona", "Grace", "Helen", "Irene", "Julia", "Karen", "Laura", "Maria",
    "Nora", "Olivia", "Paula", "Rosa", "Susan", "Teresa", "Vera", "Adam", "Ben", "Carl", "David", "Erik", "Frank",
    "George", "Henry", "Ivan", "Jack", "Kevin", "Lukas", "Martin", "Nathan", "Oscar", "Peter", "Robert", "Simon",
    "Thomas", "Victor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """Who trains here, and what each of them answers."""

    names: tuple[str, ...]
    answers: tuple[str, ...]
    voice: str
    rate: int


def houses(count: int, voices: Sequence[str], seed: int = 1) -> Iterator[House]:
    """Draw houses whose names `coach people add` takes."""
    chance, table = random.Random(seed), load_table()
    for number in range(count):
        names: list[str] = []
        while len(names) < 2 + number % 3:
            name = chance.choice(NAMES)
            if name not in names and refusal(name, names, table) is None:
                names.append(name)
        leads = chance.choices(LEADS, weights=(10, *[1] * (len(LEADS) - 1)), k=len(names))
        answers = tuple(lead.format(name) for lead, name in zip(leads, names, strict=True))
        yield House(tuple(names), answers, voices[number % len(voices)], chance.choice(RATES))


class Models:
    """Loaded once, for every house."""

    def __init__(self) -> None:
        self._rescorer, self._model = Rescorer(), MoonshineModel()

    def ears(self, table: Table) -> Chain:
        """Return ears that know a house's names."""
        return Chain(MoonshineEngine(table, self._model, self._rescorer), EchoRemover(headphones=True))


def understood(house: House, models: Models) -> list[tuple[str, str, str]]:
    """Return voice, answer and what was understood of each: the name, another's, or nothing."""
    table = people_table(load_table(), house.names)
    ears = models.ears(table)
    policy = Policy(table, ears.thresholds)
    phrases = [
        Phrase(answer, Command.NUMBER, at, name)
        for at, (answer, name) in enumerate(zip(house.answers, house.names, strict=True))
    ]
    found = []
    for said in spoken(phrases, (house.voice,), (house.rate,)):
        value = _heard(said, house, ears, policy)
        found.append((said.name, house.names[said.value or 0], "" if value is None else house.names[value]))
    return found


def _heard(said: Utterance, house: House, ears: Chain, policy: Policy) -> int | None:
    session = start_with_who(house.names)[0]
    context = Context(open=open_commands(session), coach_speaking=False, question=session.question)
    ears.expect(context.open)
    silence = np.zeros(HEARING_FRAMES, np.int16)
    for at, block in enumerate(_blocks(said.samples)):
        for heard in ears.hear(block, silence):
            _, verdict = decide(policy, heard, context, at * HEARING_FRAMES / HEARING_HZ)
            if verdict.accepted and verdict.value is not None:
                return verdict.value
    return None


def _blocks(samples: Pcm) -> Iterator[Pcm]:
    """Yield an answer in a quiet room, 20 ms at a time."""
    before, after = round(BEFORE_S * HEARING_HZ), round(AFTER_S * HEARING_HZ)
    room = noise_floor(before + len(samples) + after, np.random.default_rng(1)).astype(np.float32)
    room[before : before + len(samples)] += LEVEL * samples
    for at in range(0, len(room) - HEARING_FRAMES + 1, HEARING_FRAMES):
        yield in_steps(room[at : at + HEARING_FRAMES])


def main(arguments: Sequence[str]) -> int:
    """Measure and print; exit 1 where the bound is missed."""
    parser = options("bench names", __doc__)
    parser.add_argument("--houses", type=int, default=60, metavar="N", help="how many (60)")
    parser.add_argument("--voices", choices=("test", "tuning"), default="test", help="who answers (test)")
    chosen = parser.parse_args(arguments)
    models, voices = Models(), TEST_VOICES if chosen.voices == "test" else TUNING_VOICES
    found = [one for house in houses(chosen.houses, voices) for one in understood(house, models)]
    missed = [(who, name, heard) for who, name, heard in found if heard != name]
    for who, name, heard in missed:
        print(f"  {who}: {name} was {f'taken for {heard}' if heard else 'not understood'}")
    right = 1 - len(missed) / len(found)
    other = sum(bool(heard) for _, _, heard in missed)
    print(
        f"names understood: {right:.1%} of {len(found)} at the first answer (at least {LEAST:.0%}); {other} for another"
    )
    print(
        "  most missed: "
        + ", ".join(f"{name} {n}" for name, n in Counter(name for _, name, _ in missed).most_common(5))
    )
    return int(right < LEAST)
