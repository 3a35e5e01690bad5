"""What the tests of hearing share: the models, which take longer to load than a word takes to recognize."""

import pytest

from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.scoring.rescoring import Rescorer


@pytest.fixture(scope="session")
def model() -> MoonshineModel:
    return MoonshineModel()


@pytest.fixture(scope="session")
def rescorer() -> Rescorer:
    return Rescorer()
