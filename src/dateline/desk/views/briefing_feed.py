"""The Atom feed (RFC 4287) of an edition: an entry an issue. Pure.

Ids are made of the record's own name, the edition and the issue's name, so that they stay the same wherever the desk is served
from.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.desk.views.feeds import NEVER, atom, atom_time, put, put_link
from dateline.publish.safe import clean


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue in a feed. url: absolute; said: its headline; html: the whole of it."""

    name: str
    title: str
    issued_at: datetime
    url: str
    said: str
    html: str


def issues_feed(entries: Sequence[IssueEntry], *, record: str, slug: str, title: str, about: str, self_url: str, page_url: str
                ) -> bytes:
    """record: what the record is known by. Addresses are absolute."""
    feed = ET.Element(atom("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    put(feed, "id", f"urn:dateline:{record}:briefing/{slug}")
    put(feed, "title", title)
    if about:
        put(feed, "subtitle", about)
    put(feed, "updated", atom_time(max((one.issued_at for one in entries), default=NEVER)))
    put_link(feed, "self", self_url, "application/atom+xml")
    put_link(feed, "alternate", page_url, "text/html")
    put(ET.SubElement(feed, atom("author")), "name", "dateline")
    for entry in entries:
        one = ET.SubElement(feed, atom("entry"))
        put(one, "id", f"urn:dateline:{record}:briefing/{slug}/{entry.name}")
        put(one, "title", entry.title)
        put(one, "updated", atom_time(entry.issued_at))
        put(one, "published", atom_time(entry.issued_at))
        put_link(one, "alternate", entry.url, "text/html")
        put(one, "summary", entry.said)
        ET.SubElement(one, atom("content"), {"type": "html"}).text = clean(entry.html)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written
