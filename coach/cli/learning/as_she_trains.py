"""Learn as she trains, where her profile says so (`keep_learning`): samples of words that she had to say twice."""

from collections import Counter

from coach.cli.learning.teaching import keep_further
from coach.errors import MachineError
from coach.training.people.folders import PersonFolders
from coach.training.people.salvage import profile_to_train


def learns_further(person: PersonFolders, *, on_files: bool) -> bool:
    """Tell whether a session may learn of her voice: on real devices, for somebody who is known and wants it."""
    return not on_files and not person.nobody and profile_to_train(person.profile).profile.keep_learning


class FurtherSamples:
    """The samples of one session."""

    def __init__(self, person: PersonFolders) -> None:
        self._person = person
        self._taken: list[tuple[str, bytes]] = []

    def take(self, text: str, sample: bytes) -> None:
        """Remember a phrase and a sample of it."""
        self._taken.append((text, sample))

    def kept(self) -> list[str]:
        """Write them to her file; return what is to be told of it."""
        try:
            keep_further(self._person, self._taken)
        except MachineError as error:
            return [f"not learned: {error}"]
        times = Counter(text for text, _ in self._taken)
        return [f"learned in your voice: {text}" + f", {n} times" * (n > 1) for text, n in times.items()]
