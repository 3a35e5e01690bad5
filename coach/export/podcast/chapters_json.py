"""An episode's chapters in the JSON format of Podcasting 2.0, version 1.2: from the marks that its tags hold."""

import json

from coach.export.podcast.episodes import Episode
from coach.timeline.phrases import one_line

VERSION = "1.2.0"
TYPE = "application/json+chapters"


def chapters_json(episode: Episode, podcast: str) -> str:
    """Return the file's text. Times are seconds."""
    chapters = [
        {"startTime": _seconds(mark.start_s), "endTime": _seconds(mark.end_s), "title": one_line(mark.title)}
        for mark in episode.marks
    ]
    found = {
        "version": VERSION,
        "title": episode.title,
        "podcastName": podcast,
        "fileName": episode.file.name,
        "chapters": chapters,
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _seconds(time_s: float) -> float:
    return round(time_s, 3)
