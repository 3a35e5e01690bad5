"""The podcast feed: what another project's parser reads in it, and what the chapters beside it say."""

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import feedparser
import pytest

from coach.errors import InputError
from coach.export.export import export
from coach.export.id3 import read_tag
from coach.export.podcast.chapters_json import chapters_json
from coach.export.podcast.episodes import episodes_of
from coach.export.podcast.feed import Podcast, checked_base, feed
from coach.export.tags import Tags
from coach.export.target import Format
from coach.export.tracks import export_tracks
from coach.speech.clips import Clips
from tests.support.fakes import ToneVoice
from tests.support.timelines import short

BASE = "https://example.org/audio/"
ODD = 'Ada\'s "Löwe", früh & spät.mp3'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files at the top, one with an awkward name, and a folder of tracks below."""
    folder = tmp_path_factory.mktemp("audio")
    clips = Clips(ToneVoice())
    for number, (name, sets) in enumerate((("b.mp3", 1), (ODD, 2), ("a.m4b", 3))):
        export(short(sets), clips.clip, folder / name, Tags("Short", "Coach", album="Short"))
        os.utime(folder / name, (1_800_000_000 + 3600 * number,) * 2)
    for path, _ in export_tracks(
        short(1), clips.clip, folder / "Short", Format.MP3, Tags("Short", "Coach", album="Short")
    ):
        os.utime(path, (1_800_100_000,) * 2)
    (folder / "holiday.mp3").write_bytes(b"ID3 not ours")
    (folder / ".hidden.mp3").write_bytes(b"x")
    (folder / "notes.txt").write_text("x")
    return folder


def podcast(base: str = BASE, title: str = "Training") -> Podcast:
    return Podcast(title, checked_base(base), "Coach", "No advice.")


def read(folder: Path, base: str = BASE, title: str = "Training") -> feedparser.FeedParserDict:
    return feedparser.parse(feed(podcast(base, title), episodes_of(folder).episodes))


def test_another_projects_parser_reads_every_episode_without_a_complaint(folder: Path) -> None:
    found = read(folder)
    assert not found.bozo
    assert (found.version, found.feed.title, found.feed.link, found.feed.language) == ("rss20", "Training", BASE, "en")
    assert len(found.entries) == 6
    for entry in found.entries:
        (enclosure,) = entry.enclosures
        assert enclosure.href.startswith(BASE)
        assert int(enclosure.length) > 1000
        assert enclosure.type in {"audio/mpeg", "audio/mp4"}
        assert int(entry.itunes_duration) > 1


def test_the_latest_comes_first_and_no_two_have_the_same_date(folder: Path) -> None:
    dates = [entry.published_parsed for entry in read(folder).entries]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == len(dates)


def test_tracks_keep_the_order_of_their_numbers(folder: Path) -> None:
    names = [episode.file.name for episode in episodes_of(folder).episodes]
    assert names == ["b.mp3", ODD, "a.m4b", "01 welcome.mp3", "02 set.mp3", "03 finish.mp3"]


def test_every_id_is_one_of_a_kind_and_stays_when_a_file_gets_another_name(folder: Path, tmp_path: Path) -> None:
    ids = [entry.id for entry in read(folder).entries]
    assert len(set(ids)) == len(ids)
    (tmp_path / "renamed.mp3").write_bytes((folder / "b.mp3").read_bytes())
    assert read(tmp_path).entries[0].id == ids[-1]
    (tmp_path / "twice.mp3").write_bytes((folder / "b.mp3").read_bytes())
    assert len(read(tmp_path).entries) == 1


@pytest.mark.parametrize("base", ["https://example.org/audio", "https://example.org/audio/"])
def test_a_base_with_or_without_a_slash_gives_the_same_addresses(folder: Path, base: str) -> None:
    addresses = {entry.enclosures[0].href for entry in read(folder, base).entries}
    assert "https://example.org/audio/b.mp3" in addresses
    assert "https://example.org/audio/Short/01%20welcome.mp3" in addresses
    assert "https://example.org/audio/Ada%27s%20%22L%C3%B6we%22%2C%20fr%C3%BCh%20%26%20sp%C3%A4t.mp3" in addresses


@pytest.mark.parametrize(
    ("base", "kept"),
    [
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://example.org/my files/ä/", "https://example.org/my%20files/%C3%A4/"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x/"),
    ],
)
def test_an_address_is_kept_in_letters_that_every_player_takes(base: str, kept: str) -> None:
    assert checked_base(base) == kept


@pytest.mark.parametrize(
    "base", ["", "example.org/audio", "ftp://example.org", "https://", "https://x/?a=1", "https://x/#a", "http://x:y/",
             "https://x/\n", "http://[::1", "mailto:a@b"],
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="write it as https://"):
        checked_base(base)


def test_a_title_with_markup_quotes_and_control_characters_is_read_back(folder: Path) -> None:
    assert read(folder, title='<b>Löwe</b> & "Łoś", früh\x07').feed.title_detail.value == '<b>Löwe</b> & "Łoś", früh'


def test_what_the_coach_did_not_export_is_left_out_and_said(folder: Path) -> None:
    (reason,) = episodes_of(folder).left_out
    assert "holiday.mp3" in reason


def test_a_folder_without_files_and_no_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no exported file"):
        episodes_of(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        episodes_of(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file"):
        episodes_of(tmp_path / "file")


def test_the_chapters_follow_the_published_format(folder: Path) -> None:
    """By the text of version 1.2: what must be there, of which kind, in which order, and nothing it does not know."""
    for episode in episodes_of(folder).episodes:
        found = json.loads(chapters_json(episode, "Training"))
        assert set(found) <= {
            "version", "chapters", "author", "title", "podcastName", "description", "fileName", "waypoints",
        }  # fmt: skip
        assert found["version"] == "1.2.0"
        assert all(isinstance(found[key], str) for key in ("title", "podcastName", "fileName"))
        assert isinstance(found["chapters"], list)
        for chapter in found["chapters"]:
            assert set(chapter) <= {"startTime", "title", "img", "url", "toc", "endTime", "location"}
            assert isinstance(chapter["startTime"], float)
            assert isinstance(chapter["endTime"], float)
            assert isinstance(chapter["title"], str)
            assert 0 <= chapter["startTime"] < chapter["endTime"]
        starts = [chapter["startTime"] for chapter in found["chapters"]]
        assert starts == sorted(set(starts))


def test_the_chapters_are_those_of_the_tags(folder: Path) -> None:
    episode = next(one for one in episodes_of(folder).episodes if one.file.name == ODD)
    _, marks = read_tag(folder / ODD)
    chapters = json.loads(chapters_json(episode, "Training"))["chapters"]
    assert [(one["title"], one["startTime"], one["endTime"]) for one in chapters] == [
        (mark.title, mark.start_s, mark.end_s) for mark in marks
    ]
    assert [one["title"] for one in chapters] == ["welcome", "set", "set", "finish"]


def test_the_feed_points_to_the_chapters_beside_each_file(folder: Path) -> None:
    root = ET.fromstring(feed(podcast(), episodes_of(folder).episodes))
    for item in root.iter("item"):
        enclosure, chapters = item.find("enclosure"), item.find("{https://podcastindex.org/namespace/1.0}chapters")
        assert enclosure is not None
        assert chapters is not None
        assert chapters.get("url") == f"{enclosure.get('url')}.chapters.json"
        assert chapters.get("type") == "application/json+chapters"
