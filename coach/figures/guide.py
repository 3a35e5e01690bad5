"""Write a routine as one printable HTML page: moving figures, and every step in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from coach.figures.qr_code import qr_figure
from coach.figures.svg import moving, still
from coach.figures.tempo import rep
from coach.library.exercise import Breath, Exercise, Instruction, Phase, Position, Side, Sides
from coach.library.facts import load_facts
from coach.library.routine import REST_BETWEEN_EXERCISES_S, REST_BETWEEN_SETS_S, Block, Routine

BREATHS = {Breath.OUT: "breathe out", Breath.IN: "breathe in", Breath.FREE: "keep breathing"}
HURT = (
    "If anything hurts, stop. If you have new, sharp or lasting back pain, don't train today, "
    "and call your doctor before you train again."
)
HOW_OFTEN = "Train {times} times a week, with at least one day off in between. On the other days, take a brisk walk."
WARM_UP = (
    "Warm up for three minutes first: march on the spot, roll your shoulders, hinge at your hips with empty hands, "
    "and open your arms."
)
WEIGHT = "Choose a dumbbell you could lift fifteen times: one or two kilos to start with."
RECORD_ROWS = 12
# In the spoken movement only; a test holds the exercises to these words.
WHILE_LISTENING, NOW = "while you listen", "Here's the movement: "
_STYLE = Path(__file__).with_name("guide.css")

Said = tuple[str, str]
"""What can be said, and what it does."""


@dataclass(frozen=True, slots=True)
class FloorMove:
    """The way from one position to another."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuideTexts:
    """What the guide tells beside the exercises."""

    disclaimer: str
    times_a_week: str
    moves: tuple[FloorMove, ...] = ()
    """Down to the floor and up again."""
    commands: tuple[Said, ...] = ()
    """Empty: they are left out."""
    address: str | None = None
    """Where the sound of it is on the web: shown as a QR code."""


def guide(routine: Routine, words: GuideTexts) -> str:
    """Write the whole page. It needs no other file and no script."""
    exercises = [_exercise(number, block, _cares(routine, block)) for number, block in enumerate(routine.blocks, 1)]
    links = _items(f'<a href="#part-{n}">{escape(b.exercise.name)}</a>' for n, b in enumerate(routine.blocks, 1))
    return f"""{_head(routine.name)}
<body>
<header>
<h1>{escape(routine.name)}</h1>
<p class="quiet">{_count(len(routine.blocks), "exercise")}, done slowly, in time with your breath.</p>
<p class="fill"><span>Name</span> <span>Date</span></p>
{qr_figure(words.address) if words.address else ""}</header>
<main>
<p class="note">{escape(words.disclaimer)} {HURT}</p>
<nav aria-label="Exercises"><ol>{links}</ol></nav>
<input type="checkbox" id="still"> <label class="choice" for="still">Stop the pictures moving</label>
{_before(routine, words)}
{_avoided()}
{_ways(routine, words.moves)}
{"".join(exercises)}
{_record()}
{_commands(words.commands)}
</main>
</body>
</html>
"""


def _head(name: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)}: the exercises</title>
<style>
{_STYLE.read_text("utf-8")}</style>
</head>"""


def _exercise(number: int, block: Block, cares: Sequence[str]) -> str:
    exercise = block.exercise
    each = ", first with the right side, then with the left" if exercise.sides is Sides.EACH else ""
    things = escape(", ".join(exercise.equipment))
    dose = f"{_count(block.sets, 'set')} of {_count(block.reps, 'rep')}{each}."
    return f"""
<section id="part-{number}" aria-labelledby="name-{number}">
<div class="together">
<h2 id="name-{number}">{number}. {escape(exercise.name)}</h2>
<p>For {escape(exercise.target)}. <span class="quiet">{dose} You'll need: {things}.</span></p>
{_careful(cares)}
{_pictures(exercise)}
</div>
<div class="words">
{_steps("Set-up", exercise.setup)}
{_steps("Movement", _told(exercise))}
<div>{_tempo(exercise)}</div>
<div><h3>Watch for</h3>
<ul>{_items(escape(avoid.say) for avoid in exercise.avoid)}</ul></div>
{_steps("Change sides", exercise.switch, Side.LEFT)}
{_steps("When you've finished", exercise.ending)}
{_steps("If it hurts, or you've had enough", exercise.way_out)}
<p><strong>Easier:</strong> {_sided(exercise.easier)}</p>
</div>
{_harder(block)}</section>"""


def _before(routine: Routine, words: GuideTexts) -> str:
    """Say how often, how long to rest, and what to look to first."""
    sets = [f"Rest {REST_BETWEEN_SETS_S:.0f} seconds between sets."] if any(b.sets > 1 for b in routine.blocks) else []
    pauses = sorted({block.rest_s or REST_BETWEEN_EXERCISES_S for block in routine.blocks[:-1]})
    between = [f"Rest {' to '.join(f'{pause:.0f}' for pause in {pauses[0], pauses[-1]})} seconds"] if pauses else []
    things = {thing for block in routine.blocks for thing in block.exercise.equipment}
    lines = [
        HOW_OFTEN.format(times=words.times_a_week),
        *([WARM_UP] if routine.warm_up else []),
        *sets,
        *(f"{line} between exercises." for line in between),
        *([WEIGHT] if "dumbbell" in things else []),
        "Wear sturdy shoes or go barefoot, because socks can slip. Make sure the floor around you is clear.",
    ]
    return _section("before", "Before you begin", f"<ul>{_items(escape(line) for line in lines)}</ul>")


def _ways(routine: Routine, moves: Sequence[FloorMove]) -> str:
    """Say how to get down to the floor and up again, where an exercise is done there."""
    if all(block.exercise.position is Position.STANDING for block in routine.blocks):
        return ""
    told = "".join(
        f"<div><h3>{escape(move.title)}</h3>\n<ol>{_items(escape(step) for step in move.steps)}</ol></div>"
        for move in moves
    )
    lay = (
        "Put the long side of the mat next to a sturdy chair, and the towel where your head will be. "
        "Keep the seat empty, and your phone within reach."
    )
    cares = dict.fromkeys(care.say for care in routine.cares if care.at_the_move)
    careful = _careful(cares)
    return _section("floor", "Down to the floor and up again", f'<p>{lay}</p>{careful}<div class="words">{told}</div>')


def _section(name: str, title: str, inner: str) -> str:
    return f"""
<section aria-labelledby="{name}">
<h2 id="{name}">{title}</h2>
{inner}
</section>"""


def _cares(routine: Routine, block: Block) -> tuple[str, ...]:
    """Return what is said with care of an exercise."""
    own = (care for care in routine.cares if care.exercise == block.exercise.id and not care.at_the_move)
    return tuple(dict.fromkeys(care.say for care in own))


def _careful(cares: Iterable[str]) -> str:
    return "".join(f'<p class="care">{escape(care)}</p>' for care in cares)


def _record() -> str:
    """Leave room to note what was done."""
    heads = ("Date", "Sets and reps", "How hard, 1 to 10", "How it felt")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = f"<tr>{'<td></td>' * len(heads)}</tr>" * RECORD_ROWS
    table = f'<table class="record"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return _section("record", "What you did", table)


def _told(exercise: Exercise) -> tuple[Instruction, ...]:
    """Return the movement for a reader: without what is for somebody who listens."""
    read = (line for line in exercise.movement if WHILE_LISTENING not in line.say)
    return tuple(replace(line, say=_upper(line.say.removeprefix(NOW))) for line in read)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(title: str, lines: Sequence[Instruction], side: Side = Side.RIGHT) -> str:
    if not lines:
        return ""
    return f"<div><h3>{title}</h3>\n<ol>{_items(_sided(line.say, side) for line in lines)}</ol></div>"


def _pictures(exercise: Exercise) -> str:
    figure, name = exercise.figure, exercise.name
    if figure is None:
        return '<p class="quiet">There is no picture of this one: follow the words.</p>'
    both = f"{name}, moving. Start: {figure.start_text} Then: {figure.end_text}"
    pair = "".join(
        f"<figure>{still(figure, part, f'{name}, {word.lower()}. {text}')}"
        f"<figcaption><strong>{word}.</strong> {escape(text)}</figcaption></figure>"
        for part, word, text in ((0.0, "Start", figure.start_text), (1.0, "End", figure.end_text))
    )
    seconds = sum(length for _, length in rep(exercise))
    caption = f"One rep at the right tempo, {seconds:g} seconds: {escape(_sided(exercise.key.say))}"
    return (
        f'<figure class="moving">{moving(figure, rep(exercise), both)}<figcaption>{caption}</figcaption></figure>\n'
        f'<div class="pair">{pair}</div>'
    )


def _tempo(exercise: Exercise) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(phase.name.capitalize())}</th><td>{_seconds(phase)}</td>'
        f"<td>{BREATHS[phase.breath]}</td></tr>"
        for phase in exercise.phases
    )
    head = '<tr><th scope="col">Part</th><th scope="col">Time</th><th scope="col">Breath</th></tr>'
    return f"<table><caption>Tempo and breath</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _seconds(phase: Phase) -> str:
    only = ", in the first rep of each side only" if phase.first_only else ""
    return f"{phase.seconds:g} {'second' if phase.seconds == 1 else 'seconds'}{only}"


def _harder(block: Block) -> str:
    """Show the harder variant, and what is different in it."""
    harder = block.harder
    if harder is None:
        return ""
    known = {line.say for line in block.exercise.setup}
    setup = [line for line in harder.setup if line.say not in known]
    words = f'<div class="words">{_steps("Set-up", setup)}{_steps("Movement", _told(harder))}</div>'
    head = f"<h3>Harder, once this is easy: {escape(harder.name)}</h3>\n{_pictures(harder)}"
    return f'<div class="together">{head}</div>\n{words}\n'


def _avoided() -> str:
    facts = [text for name, text in load_facts().items() if name.startswith("avoid.")]
    return _section("avoid", "Four movements to avoid in everyday life", f"<ul>{_items(map(escape, facts))}</ul>")


def _commands(commands: Sequence[Said]) -> str:
    if not commands:
        return ""
    rows = "".join(f'<tr><th scope="row">{escape(said)}</th><td>{escape(does)}</td></tr>' for said, does in commands)
    return f"""
<section aria-labelledby="commands">
<h2 id="commands">What you can say to the coach</h2>
<p>Say the whole phrase, on its own.</p>
<table><thead><tr><th scope="col">Say</th><th scope="col">What it does</th></tr></thead><tbody>{rows}</tbody></table>
</section>"""


def _items(lines: Iterable[str]) -> str:
    return "".join(f"\n<li>{line}</li>" for line in lines) + "\n"


def _sided(text: str, side: Side = Side.RIGHT) -> str:
    """Fill in right and left, for the side that works."""
    other = side.other
    return escape(text.format(side=side, other=other, Side=side.capitalize(), Other=other.capitalize()), quote=False)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
