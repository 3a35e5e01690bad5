"""`coach learn`: let the coach get to know five words in her own voice."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import For, Headphones, Microphone, Speaker, Voice
from coach.errors import InputError, MachineError

if TYPE_CHECKING:
    from coach.cli.session.request import SoundRequest
    from coach.training.people.folders import PersonFolders


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("learn")(learn)


def learn(
    word: Annotated[str | None, typer.Argument(help="Learn only this word.", metavar="WORD")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Erase what was learned about your voice.")] = False,
    person: For = None,
    microphone: Microphone = None,
    speaker: Speaker = None,
    headphones: Headphones = False,
    voice: Voice = None,
) -> None:
    """Let the coach learn five words in your own voice: "stop", "pause", "it hurts", "next" and "done".

    It asks for each of them three times; that takes a minute. No recording is kept, only figures to compare.

    A word that you had to say twice can be learned as you train: coach profile --set keep_learning=yes.

    Examples: coach learn · coach learn "it hurts" · coach learn --forget
    """
    from coach.cli.learning import teaching
    from coach.hearing.recognition.moonshine.enrolment import WORDS
    from coach.hearing.vocabulary.normal import normal
    from coach.training.people.names import find_person

    wanted = tuple(WORDS) if word is None else (normal(word),)
    if unknown := [each for each in wanted if each not in WORDS]:
        raise InputError(f"coach learn {unknown[0]}: choose one of {', '.join(WORDS)}")
    who = find_person(person)
    if forget:
        print(
            "What I learned about your voice has been erased."
            if teaching.forget(who)
            else "There was nothing to forget."
        )
        return
    from coach.cli.session.request import SoundRequest

    _teach(who, wanted, SoundRequest(voice=voice, headphones=headphones, microphone=microphone, speaker=speaker))


def _teach(who: "PersonFolders", words: Sequence[str], sound: "SoundRequest") -> None:
    from coach.cli.learning.teaching import ENDED, inventory, known_words, teach
    from coach.cli.session.running import devices_of
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.speech.choose import open_clips

    with contextlib.ExitStack() as stack:
        devices = devices_of(sound)
        stack.callback(devices.close)
        if not devices.has_microphone:
            raise MachineError(
                "there is no microphone, so I can't learn your voice: plug one in; coach devices lists them."
            )
        clips = open_clips(sound.voice)
        stack.callback(clips.close)
        end = teach(
            who, devices, clips, load_table(), words, lambda line: print(line, flush=True), headphones=sound.headphones
        )
    print(ENDED[end])
    print(*inventory(known_words(who, print)), sep="\n")
