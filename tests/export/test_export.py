"""An export is whole or not at all: what is in the file, and every way it can go wrong."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import mutagen
import mutagen.mp3
import numpy as np
import pytest

from coach.cli.main import main
from coach.errors import InputError, MachineError
from coach.export.audio_files import write_clip
from coach.export.encoder import mp3_encoder
from coach.export.export import export
from coach.export.id3 import id3
from coach.export.render import blocks
from coach.export.tags import Tags
from coach.sound import ffmpeg
from coach.sound.clip import RATE_HZ
from coach.sound.earcons import earcon
from coach.sound.pcm import as_pcm
from coach.sound.wav import read_wav
from coach.speech.clips import Clips
from tests.support.fakes import ToneVoice
from tests.support.placement import find_all
from tests.support.silence import longest_silence_s
from tests.support.timelines import short

TAGS = Tags("Spine strength", "Coach", "Information, not medical advice.")
ROUTINE = (
    'name = "Tiny"\nwarm_up = false\nbalance = false\nwind_down = false\n'
    '[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 1\n'
)

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def clips() -> Clips:
    return Clips(ToneVoice())


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Path:
    path = tmp_path_factory.mktemp("out") / "short.mp3"
    export(short(), clips.clip, path, TAGS)
    return path


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(ROUTINE)
    return path


def decoded(path: Path, folder: Path) -> np.ndarray:
    whole = folder / "decoded.wav"
    subprocess.run([ffmpeg.ffmpeg_path(), "-loglevel", "error", "-y", "-i", str(path), str(whole)], check=True)
    samples, rate_hz = read_wav(whole)
    assert rate_hz == RATE_HZ
    return samples


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def test_the_mp3_is_what_every_player_reads(exported: Path) -> None:
    info = mutagen.File(exported).info
    assert (info.version, info.layer, info.sample_rate, info.channels, info.bitrate) == (1, 3, 44_100, 1, 96_000)
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR


def test_the_mp3_says_what_it_is(exported: Path) -> None:
    tags = mutagen.File(exported).tags
    assert tags.version == (2, 3, 0)
    assert tags["TIT2"].text == ["Spine strength"]
    assert tags["TPE1"].text == ["Coach"]
    assert tags["COMM::eng"].text == ["Information, not medical advice."]


@pytest.mark.parametrize("title", ["Dos à dos", "허리 운동 💪", 'A "quoted"\nline = two', "x" * 500])
def test_any_title_is_kept(title: str, clips: Clips, tmp_path: Path) -> None:
    export(short(1), clips.clip, tmp_path / "a.mp3", Tags(title, "", "ümlaut"))
    tags = mutagen.File(tmp_path / "a.mp3").tags
    assert tags["TIT2"].text == [title]
    assert tags["COMM::eng"].text == ["ümlaut"]


def test_the_decoded_mp3_is_the_mix_in_its_place(exported: Path, clips: Clips, tmp_path: Path) -> None:
    sound = decoded(exported, tmp_path)
    assert len(sound) == pytest.approx(short().length_s * RATE_HZ, abs=60)
    mix = np.concatenate(list(blocks(short(), clips.clip))).astype(np.float32) / 32768
    same = min(len(sound), len(mix))
    assert np.corrcoef(sound[:same], mix[:same])[0, 1] > 0.94  # MP3 drops some of the tests' noise
    errors = [abs(one.error_frames) for one in find_all(short(), clips.clip, sound)]
    assert max(errors) <= RATE_HZ // 1_000


def test_no_file_falls_silent(exported: Path, tmp_path: Path) -> None:
    assert longest_silence_s(as_pcm(decoded(exported, tmp_path))) < 0.02


def test_the_wav_is_the_mix_bit_for_bit(clips: Clips, tmp_path: Path) -> None:
    export(short(), clips.clip, tmp_path / "a.wav", TAGS)
    samples, rate_hz = read_wav(tmp_path / "a.wav")
    mix = np.concatenate(list(blocks(short(), clips.clip))).astype(np.float32) / 32768
    assert rate_hz == RATE_HZ
    assert np.array_equal(samples, mix)


@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_a_single_clip_becomes_a_file(name: str, tmp_path: Path) -> None:
    write_clip(earcon("chime"), tmp_path / name, TAGS)
    sound = decoded(tmp_path / name, tmp_path)
    assert len(sound) == pytest.approx(earcon("chime").frames, abs=60)
    assert np.corrcoef(sound[:40_000], earcon("chime").samples[:40_000])[0, 1] > 0.99


def test_progress_ends_with_the_whole(clips: Clips, tmp_path: Path) -> None:
    done: list[float] = []
    export(short(), clips.clip, tmp_path / "a.mp3", TAGS, done.append)
    assert done == sorted(done)
    assert done[-1] == pytest.approx(short().length_s, abs=1e-3)


def test_an_export_takes_the_place_of_an_older_one_and_of_what_a_link_points_to(clips: Clips, tmp_path: Path) -> None:
    (tmp_path / "old.mp3").write_bytes(b"old")
    (tmp_path / "link.mp3").symlink_to(tmp_path / "old.mp3")
    export(short(1), clips.clip, tmp_path / "link.mp3", TAGS)
    assert (tmp_path / "link.mp3").is_symlink()
    assert (tmp_path / "old.mp3").read_bytes().startswith(b"ID3")
    assert left_behind(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/sys")
def test_a_folder_that_takes_no_files_is_refused(clips: Clips) -> None:
    with pytest.raises(InputError, match=r"can't be written|is read-only"):
        export(short(), clips.clip, Path("/sys/a.mp3"), TAGS)


def test_nothing_is_left_when_the_work_fails(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"the old one")
    for failure in (KeyboardInterrupt, RuntimeError):

        def broken(_text: str, failure: type[BaseException] = failure):  # type: ignore[no-untyped-def]
            raise failure

        with pytest.raises(failure):
            export(short(), broken, tmp_path / "a.mp3", TAGS)
    assert (tmp_path / "a.mp3").read_bytes() == b"the old one"
    assert left_behind(tmp_path) == []


def test_a_missing_ffmpeg_is_one_clear_line(clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ffmpeg.SETTING, str(tmp_path / "none"))
    ffmpeg.ffmpeg_path.cache_clear()
    try:
        with pytest.raises(MachineError, match="no such program; name an ffmpeg, or unset it"):
            export(short(), clips.clip, tmp_path / "a.mp3", TAGS)
    finally:
        ffmpeg.ffmpeg_path.cache_clear()
    assert left_behind(tmp_path) == []


@posix
@pytest.mark.parametrize(
    ("complaint", "says"),
    [
        ("Unknown encoder 'libmp3lame'", r"this ffmpeg has no encoder for it \(Unknown encoder 'libmp3lame'\)"),
        ("it is Monday", r"ffmpeg gave up \(it is Monday\)"),
    ],
)
def test_an_ffmpeg_that_gives_up_is_quoted(
    complaint: str, says: str, clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text(f'#!/bin/sh\necho "{complaint}" >&2\nexit 1\n')
    broken.chmod(0o755)
    monkeypatch.setenv(ffmpeg.SETTING, str(broken))
    ffmpeg.ffmpeg_path.cache_clear()
    try:
        with pytest.raises(MachineError, match=r"a\.mp3: " + says):
            export(short(), clips.clip, tmp_path / "a.mp3", TAGS)
    finally:
        ffmpeg.ffmpeg_path.cache_clear()
    assert left_behind(tmp_path) == []


@posix
@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.m4b"])
def test_a_disk_that_fills_up_leaves_nothing(name: str, clips: Clips, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))  # of our process and of ffmpeg
    try:
        with pytest.raises(MachineError, match="the disk is full; nothing was written") as caught:
            export(short(8), clips.clip, tmp_path / name, TAGS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert caught.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_encoder_needs_little_memory_whatever_the_length(tmp_path: Path) -> None:
    tag = id3(TAGS)
    with mp3_encoder(tmp_path / "a.mp3", len(tag)) as encoder:
        for _ in range(120):
            encoder.write(np.zeros(RATE_HZ, np.int16))
    assert (tmp_path / "a.mp3").stat().st_size == pytest.approx(120 * 12_000, rel=0.01)


def test_the_command_writes_the_file_and_says_so(
    routine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(routine), "-o", str(tmp_path / "a.mp3")])
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert said.err == ""
    assert said.out.startswith(f"{tmp_path / 'a.mp3'}: Tiny, ")
    assert mutagen.File(tmp_path / "a.mp3").tags["COMM::eng"].text[0].find("medical advice") > 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing-like-it", "-o", "a.mp3"], "nothing-like-it"),
        (["bands", "-o", "a.ogg"], ".ogg isn't a format"),
        (["bands", "-o", "a.mp3", "--reps", "0"], "--reps 0: must be 1 to 30"),
        (["bands", "-o", "a.mp3", "--sets", "6"], "--sets 6: must be 1 to 5"),
        (["bands", "-o", "a.mp3", "--pace", "3"], "--pace 3"),
        (["bands", "-o", "a.mp3", "--voice", "nobody-at-all"], "no voice named nobody-at-all"),
    ],
)
def test_wrong_input_is_one_line_and_code_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_importing_pydub_says_nothing(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from coach.export.audio_files import write_clip; "
        f"from coach.sound.earcons import earcon; write_clip(earcon('tick'), Path({str(tmp_path / 'a.mp3')!r}))"
    )
    command = [sys.executable, "-W", "always", "-c", code]
    ended = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": ""}, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
