"""The system voice's worker process: JSON lines in, WAV files out. The only file that imports pyttsx3.

pyttsx3 2.99 loses clips and settings when used the obvious way. These rules hold, also under load: one process per
voice and rate, both settled before the first clip; the rate as an int; one clip at a time; espeak synchronized before
the file is read. pyttsx3 prints on stdout for every clip, so the protocol has its own copy of it.

Lines in: `{"text": ..., "path": ...}`. First line out: `{"ready": id}`, `{"unknown": name}` or, for a voice that would
read English by the rules of its own language, `{"foreign": language}`; then `{"done": path}` for every clip. With
`--voices` one line: `{"voices": [...]}`. What a driver raises ends the process: the last line of its stderr is the
reason, and the other end starts a fresh one.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from coach.speech.languages import is_foreign


def main(arguments: Sequence[str]) -> None:
    """Speak what stdin asks for until it closes. Arguments: the voice's name and words a minute, or `--voices`.

    A third argument, the language, says that the sentences are in that one instead of English.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the session's to answer; this ends when stdin does
    answers = _take_stdout()
    engine = _open_engine()
    voices = _voices(engine)
    if arguments[0] == "--voices":
        return _tell(answers, voices=voices)
    voice, rate = arguments[0], int(arguments[1])
    chosen = match(voice, [(known["id"], known["language"]) for known in voices])
    if chosen is None:
        return _tell(answers, unknown=voice)
    language = next(known["language"] for known in voices if known["id"] == chosen.partition("+")[0])
    if is_foreign(language) and language not in arguments[2:]:
        return _tell(answers, foreign=language)
    settle(engine, chosen, rate)
    _tell(answers, ready=chosen)
    for line in sys.stdin:
        _speak(engine, **json.loads(line), answers=answers)
    return None


def match(wanted: str, voices: Sequence[tuple[str, str]]) -> str | None:
    """Find the id of the voice that a name means, among (id, language) pairs; None where there is none.

    A name is an id, its last part (`en-us` for `gmw/en-us`), or a language, of which the first voice is taken. What
    stands after a plus is espeak's variant (`en-us+f3`) and kept.
    """
    base, plus, variant = wanted.partition("+")
    base = base.lower()
    for fits in (
        lambda name, _: name.lower() == base,
        lambda name, _: name.lower().rpartition("/")[2] == base,
        lambda _, language: language.lower().replace("_", "-") == base,
    ):
        for name, language in voices:
            if fits(name, language):
                return name + plus + variant
    return None


def settle(engine: Any, voice: str, rate: int) -> None:
    """Give the engine its voice, then its rate (words a minute); return when it has both.

    A new engine counts as busy, and a setting made then waits for the first clip. There espeak's own thread may apply
    the rate too early or too late, and some processes would speak at the engine's default rate.
    """
    engine.proxy.setBusy(False)
    engine.setProperty("voice", voice)
    _wait_for_espeak()
    engine.setProperty("rate", rate)
    _wait_for_espeak()


def _take_stdout() -> IO[str]:
    """Keep stdout for the protocol; whatever the drivers print goes nowhere (an undrained pipe would hang them)."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _tell(answers: IO[str], **answer: object) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _open_engine() -> Any:
    _preload_espeak()
    import pyttsx3

    return pyttsx3.init()


def _preload_espeak() -> None:
    """Load the espeak library that a wheel carries, where there is one; else the system's is found by the driver.

    Its shared name is the one the driver asks for, so the driver finds it loaded. Without the data path espeak ends the
    whole process.
    """
    try:
        import espeakng_loader
    except ImportError:
        return
    with contextlib.suppress(OSError, RuntimeError):
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        ctypes.CDLL(espeakng_loader.get_library_path())


def _voices(engine: Any) -> list[dict[str, str]]:
    return [
        {"id": voice.id, "name": voice.name or "", "language": _language(voice), "gender": _gender(voice)}
        for voice in engine.getProperty("voices")
    ]


def _language(voice: Any) -> str:
    """Return a voice's first language; drivers give text, bytes with a priority in front, or nothing."""
    first = next(iter(getattr(voice, "languages", None) or []), "")
    text = first.decode("utf-8", "ignore") if isinstance(first, bytes) else str(first)
    return "".join(character for character in text if character.isprintable()).strip()


def _gender(voice: Any) -> str:
    """Return `male`, `female` or nothing; the macOS driver says `VoiceGenderFemale`."""
    return str(getattr(voice, "gender", None) or "").lower().replace("voicegender", "")


def _speak(engine: Any, text: str, path: str, answers: IO[str]) -> None:
    engine.save_to_file(text, path)
    engine.runAndWait()
    _wait_for_espeak()
    _as_wav(Path(path))
    _tell(answers, done=path)


def _wait_for_espeak() -> None:
    """Wait until espeak has called back for the last time: `runAndWait` returns before that."""
    driver = sys.modules.get("pyttsx3.drivers._espeak")
    if driver is not None:
        driver.Synchronize()


def _as_wav(path: Path) -> None:
    """Turn the AIFF that the macOS driver writes, whatever the name says, into WAV. Not tried on a Mac by us."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        is_aiff = file.read(4) == b"FORM"
    if is_aiff:
        aiff = path.with_suffix(".aiff")
        path.replace(aiff)
        subprocess.run(["afconvert", "-f", "WAVE", "-d", "LEI16", str(aiff), str(path)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
