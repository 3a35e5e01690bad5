"""A podcast feed over exported files: `coach feed FOLDER --url BASE`."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(feed)


def feed(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the exported files are.")],
    url: Annotated[str, typer.Option(metavar="BASE", help="The folder's address once it is on a server.")],
    title: Annotated[str, typer.Option(help="What the podcast is called.")] = "Training with the coach",
) -> None:
    """Write feed.xml into a folder of exported files, and each file's chapters next to it. Nothing is uploaded.

    Example: coach feed audio --url https://example.org/audio/
    """
    from coach.export.order import ARTIST
    from coach.export.podcast.chapters_json import chapters_json
    from coach.export.podcast.episodes import episodes_of
    from coach.export.podcast.feed import CHAPTERS_ENDING, FILE_NAME, Podcast, checked_base
    from coach.export.podcast.feed import feed as written
    from coach.export.target import written_whole
    from coach.timeline.phrases import phrase

    podcast = Podcast(title, checked_base(url), ARTIST, phrase("welcome.disclaimer"))
    shelf = episodes_of(folder)
    for why in shelf.left_out:
        print(f"coach: left out: {why}", file=sys.stderr)
    for episode in shelf.episodes:
        if episode.marks:
            sound = folder / episode.file
            with written_whole(sound.with_name(sound.name + CHAPTERS_ENDING)) as beside:
                beside.write_text(chapters_json(episode, title), encoding="utf-8")
    target = folder / FILE_NAME
    with written_whole(target) as beside:
        beside.write_bytes(written(podcast, shelf.episodes))
    count = len(shelf.episodes)
    print(f"{target}: {count} {'episode' if count == 1 else 'episodes'}. Now upload the folder to {podcast.base}")
