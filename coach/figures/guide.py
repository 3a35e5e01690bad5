"""Write a routine as one printable HTML page: moving figures, and every step in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from coach.figures.svg import moving, still
from coach.figures.tempo import rep
from coach.library.exercise import Breath, Exercise, Instruction, Phase, Side, Sides
from coach.library.facts import load_facts
from coach.library.routine import Block, Routine

BREATHS = {Breath.OUT: "breathe out", Breath.IN: "breathe in", Breath.FREE: "keep breathing"}
HURT = (
    "If anything hurts, stop. If a back pain is new, sharp or lasting, leave the training for today "
    "and call your doctor before you train again."
)
# In the spoken movement only; a test holds the exercises to these words.
WHILE_LISTENING, NOW = "while you listen", "Here's the movement: "
_STYLE = Path(__file__).with_name("guide.css")

Said = tuple[str, str]
"""What can be said, and what it does."""


def guide(routine: Routine, commands: Sequence[Said], disclaimer: str) -> str:
    """Write the whole page. It needs no other file and no script."""
    exercises = [_exercise(number, block) for number, block in enumerate(routine.blocks, 1)]
    links = _items(f'<a href="#part-{n}">{escape(b.exercise.name)}</a>' for n, b in enumerate(routine.blocks, 1))
    return f"""{_head(routine.name)}
<body>
<header>
<h1>{escape(routine.name)}</h1>
<p class="quiet">{_count(len(routine.blocks), "exercise")}, each slowly and with your breath.</p>
</header>
<main>
<p class="note">{escape(disclaimer)} {HURT}</p>
<nav aria-label="Exercises"><ol>{links}</ol></nav>
<input type="checkbox" id="still"> <label class="choice" for="still">Hold the pictures still</label>
{_avoided()}
{"".join(exercises)}
{_commands(commands)}
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


def _exercise(number: int, block: Block) -> str:
    exercise = block.exercise
    each = ", first with the right side, then with the left" if exercise.sides is Sides.EACH else ""
    things = escape(", ".join(exercise.equipment))
    dose = f"{_count(block.sets, 'set')} of {_count(block.reps, 'rep')}{each}."
    return f"""
<section id="part-{number}" aria-labelledby="name-{number}">
<h2 id="name-{number}">{number}. {escape(exercise.name)}</h2>
<p>For {escape(exercise.target)}. <span class="quiet">{dose} You need: {things}.</span></p>
{_pictures(exercise)}
<div class="words">
{_steps("Set-up", exercise.setup)}
{_steps("Movement", _told(exercise))}
<div>{_tempo(exercise)}</div>
<div><h3>Watch for</h3>
<ul>{_items(escape(avoid.say) for avoid in exercise.avoid)}</ul></div>
{_steps("Change sides", exercise.switch, Side.LEFT)}
{_steps("When it hurts, or is enough", exercise.way_out)}
<p><strong>Easier:</strong> {_sided(exercise.easier)}</p>
</div>
{_harder(block.harder)}</section>"""


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
    both = f"{name}, moving. Start: {figure.start_text} Then: {figure.end_text}"
    pair = "".join(
        f"<figure>{still(figure, part, f'{name}, {word.lower()}. {text}')}"
        f"<figcaption><strong>{word}.</strong> {escape(text)}</figcaption></figure>"
        for part, word, text in ((0.0, "Start", figure.start_text), (1.0, "End", figure.end_text))
    )
    seconds = sum(length for _, length in rep(exercise))
    caption = f"One rep at its tempo, {seconds:g} seconds: {escape(_sided(exercise.key.say))}"
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


def _harder(harder: Exercise | None) -> str:
    if harder is None:
        return ""
    return f"<h3>Harder, once this is easy: {escape(harder.name)}</h3>\n{_pictures(harder)}\n"


def _avoided() -> str:
    facts = [text for name, text in load_facts().items() if name.startswith("avoid.")]
    return f"""
<section class="short" aria-labelledby="avoid">
<h2 id="avoid">Movements to leave out, also between the exercises</h2>
<ul>{_items(escape(text) for text in facts)}</ul>
</section>"""


def _commands(commands: Sequence[Said]) -> str:
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
