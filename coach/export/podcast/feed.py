"""An RSS 2.0 feed over episodes, with what podcast players ask for beside it: lengths, chapters, a place of its own."""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import PurePath
from urllib.parse import quote, urlsplit, urlunsplit

from coach.errors import InputError
from coach.export.podcast.chapters_json import TYPE
from coach.export.podcast.episodes import Episode

FILE_NAME = "feed.xml"
CHAPTERS_ENDING = ".chapters.json"

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that Podcasting 2.0 gives for the ids of feeds."""


@dataclass(frozen=True, slots=True)
class Podcast:
    title: str
    base: str
    """The address of the folder, with its last slash."""
    author: str
    about: str


def checked_base(url: str) -> str:
    """Return an address with a slash at its end. InputError: it is no address of a folder."""
    wrong = f"--url {url!r}: isn't the address of a folder; write it as https://example.org/audio/"
    try:
        parts = urlsplit(url.strip())
        named = parts.hostname and (parts.port is None or parts.port)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        raise InputError(wrong) from None
    if parts.scheme not in ("http", "https") or not named or parts.query or parts.fragment or not url.isprintable():
        raise InputError(wrong)
    path = quote(parts.path, safe="/%~!$&'()*+,;=:@").rstrip("/")
    return urlunsplit((parts.scheme, host, f"{path}/", "", ""))


def address(base: str, file: PurePath) -> str:
    """Return the address of a file below the folder."""
    return base + quote(file.as_posix())


def feed(podcast: Podcast, episodes: Sequence[Episode]) -> bytes:
    """Write the feed, the latest episode first."""
    for prefix, uri in (("itunes", _ITUNES), ("podcast", _PODCAST), ("atom", _ATOM)):
        ET.register_namespace(prefix, uri)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    own = podcast.base + FILE_NAME
    _text(channel, "title", podcast.title)
    _text(channel, "link", podcast.base)
    _text(channel, "description", podcast.about)
    _text(channel, "language", "en")
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=own, rel="self", type="application/rss+xml")
    _text(channel, "lastBuildDate", format_datetime(max(episode.published for episode in episodes)))
    _text(channel, f"{{{_ITUNES}}}author", podcast.author)
    _text(channel, f"{{{_ITUNES}}}explicit", "false")
    ET.SubElement(channel, f"{{{_ITUNES}}}category", text="Health & Fitness")
    _text(channel, f"{{{_PODCAST}}}guid", str(uuid.uuid5(_GUIDS, own.partition("://")[2].rstrip("/"))))
    for episode in reversed(episodes):
        channel.append(_item(podcast.base, episode))
    ET.indent(rss)
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _item(base: str, episode: Episode) -> ET.Element:
    item = ET.Element("item")
    where = address(base, episode.file)
    _text(item, "title", episode.title)
    _text(item, "description", ", ".join(mark.title for mark in episode.marks) or episode.title)
    ET.SubElement(item, "enclosure", url=where, length=str(episode.size_bytes), type=episode.kind)
    _text(item, "guid", episode.identity).set("isPermaLink", "false")
    _text(item, "pubDate", format_datetime(episode.published))
    _text(item, f"{{{_ITUNES}}}duration", str(round(episode.length_s)))
    if episode.marks:
        ET.SubElement(item, f"{{{_PODCAST}}}chapters", url=where + CHAPTERS_ENDING, type=TYPE)
    return item


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = "".join(letter for letter in text if letter.isprintable())  # XML has no control characters
    return element
