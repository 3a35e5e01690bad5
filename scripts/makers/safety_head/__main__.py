"""Make coach/hearing/recognition/spotting/safety_head.npz: which sounds may be stop, pause or it hurts.

espeak's voices and flite's, which are nearer to people's, say the three and many other things, in rooms and in noise; a
small network learns them from the speech embedding. None of the voices is one of the bench's. The recipe and its seed
are in the file. On one machine two runs with the same voices make the same: one process lets them speak in the same
order. With other voices, those that follow sound different too, since espeak's sounds depend on every earlier call.
It needs the command flite.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from coach.hearing.recognition.models.speech_embedding import SpeechEmbedding
from coach.hearing.recognition.spotting.head import FILE, save_head
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.makers.safety_head.features import Lesson, joined, lessons
from scripts.makers.safety_head.recipe import HeadRecipe, voices
from scripts.makers.safety_head.training import trained
from scripts.makers.voices.speakers import speakers
from scripts.named import options


def main(arguments: Sequence[str]) -> int:
    parser = options("make safety-head", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE, help="where to (beside the program)")
    parser.add_argument("--voices", type=int, default=HeadRecipe().voices, help="at most so many of espeak's")
    chosen = parser.parse_args(arguments)
    recipe = HeadRecipe(voices=chosen.voices)
    lesson = taught(recipe)
    save_head(trained(lesson, recipe), asdict(recipe) | {"spoken by": voices(recipe)}, chosen.file)
    print(f"{chosen.file.name}: {len(lesson.kinds):,} inputs, {chosen.file.stat().st_size:,} bytes")
    return 0


def taught(recipe: HeadRecipe) -> Lesson:
    """Return everything that a head is taught."""
    embedding, found = SpeechEmbedding(), list[Lesson]()
    with speakers(voices(recipe)) as teaching:
        for number, each in enumerate(lessons(recipe, load_table(), teaching, embedding)):
            found.append(each)
            print(f"  {number + 1}: {len(each.kinds)} inputs", flush=True)
    return joined(found)
