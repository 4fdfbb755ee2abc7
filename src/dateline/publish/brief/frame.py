"""What every shape of a briefing shows, in one order: its words made safe, sections, remarks and links. The fixed words are here.

What is told of an incident is worded elsewhere (sentences*.py); this is what stands around it. A `Sheet` holds words that are one
line each, without control characters and marks of direction; each shape escapes them for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from dateline.publish.brief.links import Links
from dateline.publish.safe import plain
from dateline.publish.words import bounds_words, span_words
from dateline.records.briefing import Briefing, Item, Line, Section, WeekRow, Window

SECTIONS: dict[Section, str] = {
    "new": "New incidents",
    "changed": "What changed in earlier incidents",
    "claims": "Claims of responsibility and denials",
    "groups": "Said of armed groups",
    "uncertain": "What stays uncertain",
}
NOTHING_NEW = "Nothing new: no report of these days tells of anything that this briefing covers."
ABOUT = "Made from news reports; in brackets the outlets that each sentence was read in. What no report tells is not here."
ABOUT_NOTHING = "Made from news reports. What no report tells is not here."
ALLEGED = "Alleged: everything told of it comes from one side. What is alleged is in none of the numbers at the top."
NOTE = "Editor\u2019s note:"
WEEKS = "This week and the four before"
THIS_WEEK = "this week"
ON_THE_WEB, PREFERENCES, UNSUBSCRIBE = "This briefing on the web", "Change what you get", "Unsubscribe"

_NO_XML = re.compile("[\ufffe\uffff]")     # what `plain` lets stand and no XML may hold: MJML would not be read
LONGEST_NOTE = 2_000              # of an editor's
LONGEST = 1_200                   # characters of a sentence, far beyond any that we word; a report's own words may be endless
LONGEST_NAME = 300                # of a title or heading
LONGEST_OUTLETS = 400             # of all outlets of a sentence together


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence below everything, and where it leads."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An item. mark: "alleged", "attempted", "foiled" or "" where it happened; lines: with their outlets as one text or ""."""

    heading: str
    mark: str
    lines: tuple[tuple[str, str], ...]
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """Items that follow each other. region: to be shown above them, "" where that would not part anything."""

    region: str
    items: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Of weeks, this one first: a row each. head: of its columns, the first of which is the week."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A briefing as all shapes show it, from top to bottom. footer: (label, address)."""

    title: str
    headline: tuple[str, ...]
    note: str
    table: Table | None
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...]
    about: str
    footer: tuple[tuple[str, str], ...]


def sheet_of(briefing: Briefing, links: Links, *, most: int | None = None) -> Sheet:
    """`briefing` as it is shown. most: items, where a shape has no room for more; the rest is counted among those left out."""
    items = briefing.items[:most]
    left_out = briefing.left_out + len(briefing.items) - len(items)
    headline = tuple(words for words in (shown(line) for line in briefing.headline) if words)
    return Sheet(
        title=shown(briefing.title, LONGEST_NAME), headline=headline or ((NOTHING_NEW,) if briefing.is_empty else ()),
        note=shown(briefing.note, LONGEST_NOTE), table=_table(briefing.weeks, briefing.window), parts=tuple(_parts(items, links)),
        remarks=tuple(_remarks(briefing, items, left_out, links)), about=ABOUT if items else ABOUT_NOTHING, footer=_footer(links))


def longest_fitting(lay_out: Callable[[int], str], items: int, most_bytes: int) -> str:
    """What `lay_out` makes of as many of `items` as fit into `most_bytes` of UTF-8; of none of them where nothing fits."""
    whole = lay_out(items)
    if len(whole.encode()) <= most_bytes:
        return whole
    fit, too_many, best = 0, items, lay_out(0)
    while too_many - fit > 1:
        most = (fit + too_many) // 2
        made = lay_out(most)
        if len(made.encode()) <= most_bytes:
            fit, best = most, made
        else:
            too_many = most
    return best


def shown(text: str | None, longest: int = LONGEST) -> str:
    """`text` on one line and no longer than that; "" for None."""
    words = _NO_XML.sub("\ufffd", plain(text))
    return words if len(words) <= longest else words[:longest - 1].rstrip() + "\u2026"


def mark_of(item: Item) -> str:
    """What is put beside the heading of an incident that did not simply happen."""
    return shown(item.status, LONGEST_NAME) if item.status not in {None, "happened"} else ""


def outlets_of(line: Line) -> str:
    """ "Hawk Wire, Arden Post"; those that there is no room for are counted."""
    names = [name for name in (shown(outlet, LONGEST_NAME) for outlet in line.outlets) if name]
    room, told = LONGEST_OUTLETS, 0
    while told < len(names) and (room := room - len(names[told]) - 2) >= 0:
        told += 1
    rest = len(names) - told
    return ", ".join(names[:told] + [f"{rest} more" if told else counted(rest, "outlet")] * bool(rest))


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 outlet", "1,204 outlets"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _parts(items: Iterable[Item], links: Links) -> Iterator[Part]:
    for section, told in groupby(items, key=lambda item: item.section):
        yield Part(SECTIONS[section], tuple(_blocks(tuple(told), links)))


def _blocks(items: tuple[Item, ...], links: Links) -> Iterator[Block]:
    """By region, where each region stands together: an editor's own order is not torn apart for it."""
    runs = [(region, tuple(told)) for region, told in groupby(items, key=lambda item: item.region)]
    names = [region for region, _ in runs]
    if len(runs) == 1 or None in names or len(set(names)) < len(names):
        runs = [(None, items)]
    for region, told in runs:
        yield Block(shown(region, LONGEST_NAME), tuple(_told(item, links) for item in told))


def _told(item: Item, links: Links) -> Told:
    lines = tuple((shown(line.text), outlets_of(line)) for line in item.lines)
    return Told(shown(item.heading, LONGEST_NAME), mark_of(item), tuple(line for line in lines if line[0]),
                shown(item.note, LONGEST_NOTE),
                links.to(item.path))


def _table(weeks: tuple[WeekRow, ...], window: Window) -> Table | None:
    if not weeks:
        return None
    last = [window.last - timedelta(weeks=back) for back in range(max(len(row.weeks) for row in weeks))]
    names = [span_words(day - timedelta(days=6), day) if back else THIS_WEEK for back, day in enumerate(last)]
    return Table(("week", *(shown(row.name, LONGEST_NAME) for row in weeks)), tuple(
        (name, *(_bounds(row, back) for row in weeks)) for back, name in enumerate(names)))


def _bounds(row: WeekRow, back: int) -> str:
    if back >= len(row.weeks):
        return ""
    toll = row.weeks[back]
    return bounds_words(toll.low, toll.best, toll.high)


def _remarks(briefing: Briefing, items: tuple[Item, ...], left_out: int, links: Links) -> Iterator[Remark]:
    if left_out:
        where = " on the web" if links.page else ", for which there was no room"
        yield Remark(f"{counted(left_out, 'more item')}{where}{':' if links.page else '.'}", links.page)
    if any(item.status == "alleged" for item in items):
        yield Remark(ALLEGED)
    incidents = {item.incident: item.review for item in items if item.incident and item.review}
    if waiting := sum(state != "approved" for state in incidents.values()):
        those = "the incident" if len(incidents) == 1 else f"the {len(incidents):,} incidents"
        yield Remark(f"No editor has approved {f'{waiting:,} of ' if waiting < len(incidents) else ''}{those} told here.")
    if briefing.late:
        one = briefing.late == 1
        yield Remark(f"{counted(briefing.late, 'incident')} {'is' if one else 'are'} not told here: "
                     f"{'its' if one else 'their'} reports were written long before these days.")
    if withheld := shown(briefing.withheld):
        yield Remark(f"To protect people: {withheld}.")


def _footer(links: Links) -> tuple[tuple[str, str], ...]:
    given = ((ON_THE_WEB, links.page), (PREFERENCES, links.preferences), (UNSUBSCRIBE, links.unsubscribe))
    return tuple((label, url) for label, url in given if url)
