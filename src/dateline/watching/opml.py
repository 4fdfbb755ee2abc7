"""OPML: the list of feeds that other readers write. Pure.

Whoever is sent a list opens it, so it is read as a hostile file: by expat, which neither fetches nor recurses; a declaration of
an entity is refused before it is expanded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from dateline.errors import ReadError
from dateline.read.article import one_line, said
from dateline.read.fetch import check_address

MOST_BYTES = 10_000_000
MOST_FEEDS = 10_000
MOST_OUTLINES = 100_000
DEEPEST = 100                     # outlines within each other; readers write two or three
LONGEST_FOLDER = 200              # characters
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed on the list. folder: the names of the outlines that it is in, "Sahel / Mali"."""

    address: str
    title: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, each address once, in its order; and what of it was left out, a line each."""

    feeds: tuple[Listed, ...]
    left_out: tuple[str, ...] = ()


def read_opml(raw: bytes, source: str) -> FeedList:
    """The feeds of an OPML file. Raises ReadError when it is none, or is made to harm whoever reads it."""
    if len(raw) > MOST_BYTES:
        raise ReadError(source, f"longer than {MOST_BYTES:,} bytes; no list of feeds is", todo="give an OPML file")
    reading = _Reading(source)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = reading.entity
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    try:
        for at in range(0, len(raw), _CHUNK):
            parser.Parse(raw[at:at + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ReadError(source, f"not an XML file that can be read ({expat.ErrorString(error.code)})",
                        where=f"line {error.lineno:,}", todo="check that it is an OPML file") from None
    except (ValueError, LookupError) as error:    # of its encoding
        raise ReadError(source, f"not an XML file that can be read ({one_line(error, 100)})",
                        todo="write it in UTF-8") from None
    if not reading.feeds:
        raise ReadError(source, "there is no feed on this list", todo="give an OPML file with outlines that have an xmlUrl")
    return FeedList(tuple(reading.feeds.values()), tuple(reading.left_out))


@dataclass
class _Reading:
    """What was met so far."""

    source: str
    feeds: dict[str, Listed] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    within: list[str | None] = field(default_factory=list)      # elements that are open: the name of an outline, else None
    outlines: int = 0

    def entity(self, name: str, *_: object) -> None:
        raise ReadError(self.source, f"declares the entity {one_line(name, 40)!r}: lists of feeds do not, and such files are "
                        "made to fill memory", todo="do not use this file")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self.within and name.lower() != "opml":
            raise ReadError(self.source, f"begins with <{one_line(name, 40)}>, where <opml> was expected",
                            todo="give an OPML file, or the address of a feed")
        if len(self.within) >= DEEPEST:
            raise ReadError(self.source, f"outlines within outlines, more than {DEEPEST} deep", todo="give a flatter list")
        if name.lower() != "outline":
            self.within.append(None)
            return
        self.outlines += 1
        if self.outlines > MOST_OUTLINES:
            raise ReadError(self.source, f"more than {MOST_OUTLINES:,} outlines", todo="give a shorter list")
        given = {key.lower(): value for key, value in attributes.items()}
        self.within.append(said(given.get("text") or given.get("title"), 100))
        if given.get("type", "").lower() == "include":
            self._leave_out(given.get("url", ""), "another list that it includes; give that list too")
        elif "xmlurl" in given:
            self._feed(given["xmlurl"].strip())

    def end(self, name: str) -> None:
        self.within.pop()

    def _feed(self, address: str) -> None:
        try:
            check_address(address, asked=address)
        except ReadError as problem:
            self._leave_out(address, problem.what)
            return
        if len(self.feeds) >= MOST_FEEDS and address not in self.feeds:
            raise ReadError(self.source, f"more than {MOST_FEEDS:,} feeds", todo="give a shorter list")
        folder = " / ".join(name for name in self.within[:-1] if name)
        self.feeds.setdefault(address, Listed(address, self.within[-1], folder[:LONGEST_FOLDER] or None))

    def _leave_out(self, address: str, why: str) -> None:
        if len(self.left_out) < 100:
            self.left_out.append(f"{one_line(address, 200)}: {why}")
