"""Atom feeds (RFC 4287) of incidents, newest change first. Pure: rows of lists -> XML; words keep their doubt.

An entry's id is made of the record's own name and the incident's number, so that it stays the same wherever the desk is served
from, and another record's DTL-1 is another entry. The standard library writes the XML and escapes what it is given; characters
that XML does not allow are gone before (publish/safe.py).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.desk.views.rows import Row
from dateline.publish.safe import plain

ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)          # an empty record was not changed yet, and Atom asks for a time
REVIEWED = {"approved": "Approved by a person.", "rejected": "Rejected by a person."}
ET.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in a feed. held_at, changed_at: since when it is held, and when it was changed last."""

    row: Row
    held_at: datetime | None
    changed_at: datetime | None
    nature: str
    country: str | None


def feed_of(entries: Sequence[Entry], *, record: str, title: str, feed_id: str, self_url: str, page_url: str, root: str) -> bytes:
    """record: what the record is known by. feed_id: what the feed is of, as "countries/AF". Addresses are absolute; root:
    without a slash at its end."""
    feed = ET.Element(atom("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    updated = max((entry.changed_at for entry in entries if entry.changed_at), default=NEVER)
    put(feed, "id", f"urn:dateline:{record}:{feed_id}")
    put(feed, "title", title)
    put(feed, "subtitle",
         "Figures are as reports give them and may be wrong; each incident says who says so. Names are withheld.")
    put(feed, "updated", atom_time(updated))
    put_link(feed, "self", self_url, "application/atom+xml")
    put_link(feed, "alternate", page_url, "text/html")
    author = ET.SubElement(feed, atom("author"))
    put(author, "name", "dateline")
    for entry in entries:
        _put_entry(feed, entry, record, root)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _put_entry(feed: ET.Element, entry: Entry, record: str, root: str) -> None:
    one, row = ET.SubElement(feed, atom("entry")), entry.row
    put(one, "id", f"urn:dateline:{record}:{row.id}")
    put(one, "title", title_words(row))
    put(one, "updated", atom_time(entry.changed_at or NEVER))
    if entry.held_at:
        put(one, "published", atom_time(entry.held_at))
    put_link(one, "alternate", f"{root}{row.url}", "text/html")
    put(one, "summary", summary_words(row))
    for scheme, term in (("kind", row.kind), ("status", row.status), ("country", entry.country),
                         *(("group", one) for one in row.groups)):
        if term:
            ET.SubElement(one, atom("category"), {"term": plain(term), "scheme": f"urn:dateline:{scheme}"})


def title_words(row: Row) -> str:
    """ "Alleged: shelling, Port Verity (12 Mar 2024): at least 12 killed"."""
    alleged = "Alleged: " if row.status == "alleged" else f"{row.status.capitalize()}: " if row.status != "happened" else ""
    killed = f": {row.killed} killed" if row.killed and row.killed != "not told" else ""
    return f"{alleged}{row.headline} ({row.when}){killed}"


def summary_words(row: Row) -> str:
    """What is held, in sentences that say how sure it is."""
    told = [f"{row.kind}, {row.where}, {row.when}{'' if row.when_sure else ' (day not sure)'}."]
    if row.status == "alleged":
        told.append("Alleged: everything told of it comes from one side.")
    elif row.status != "happened":
        told.append(f"{row.status.capitalize()}.")
    tolls = [f"{words} {effect}" for effect, words in (("killed", row.killed), ("injured", row.injured))
             if words and words != "not told"]
    told.append(f"Reported: {', '.join(tolls)}." if tolls else "No number of dead or injured is told.")
    copies = f", {row.copies} of them copies" if row.copies else ""
    told.append(f"{_several(row.reports, 'report')}{copies}, {_several(row.origins, 'origin')}.")
    if row.disagreements:
        told.append(f"Accounts differ in {_several(row.disagreements, 'field')}.")
    if row.told_as != "news":
        told.append("Known from background only.")
    told.append(REVIEWED.get(row.review, "Not approved by a person."))
    return " ".join(told)


def _several(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def put(parent: ET.Element, name: str, words: str) -> None:
    """An element of Atom that holds `words`, on one line."""
    ET.SubElement(parent, atom(name)).text = plain(words)


def put_link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, atom("link"), {"rel": rel, "type": kind, "href": plain(href)})


def atom(name: str) -> str:
    """The name of an element in Atom's namespace."""
    return f"{{{ATOM}}}{name}"


def atom_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def newest(entries: Iterable[Entry]) -> datetime | None:
    return max((entry.changed_at for entry in entries if entry.changed_at), default=None)
