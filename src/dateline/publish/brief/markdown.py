"""A briefing as Markdown, for pasting elsewhere. Words of others stay words: no mark-up, link, picture or table of theirs.

Source: the CommonMark specification 0.31 (any ASCII punctuation may be escaped with a backslash), and GitHub's additions to it
(tables, and addresses that become links by themselves).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.publish.brief.frame import NOTE, ON_THE_WEB, WEEKS, Sheet, Table, Told, sheet_of
from dateline.publish.brief.links import Links
from dateline.records.briefing import Briefing

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~#&!@$^])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_AT_BEGIN = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def as_markdown(briefing: Briefing, links: Links) -> str:
    """`briefing` with headings, a list of sentences for each item, and links in full. No link is a reader's own."""
    return "\n".join(_lines(sheet_of(briefing, Links(links.root, links.page)))) + "\n"


def escaped(words: str) -> str:
    """`words`, of one line, so that Markdown shows just them, wherever they stand."""
    words = _MARKS.sub(r"\\\1", words)
    words = _ADDRESS.sub(lambda found: found.group(1) + "\\:" if found.group(1) else found.group(3) + "\\.", words)
    return _AT_BEGIN.sub(lambda found: f"{found.group()}\\" if found.group().isdigit() else f"\\{found.group()}", words)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield f"# {escaped(sheet.title)}"
    if sheet.headline:
        yield from ("", *(f"- {escaped(sentence)}" for sentence in sheet.headline))
    if sheet.note:
        yield from ("", f"> **{NOTE}** {escaped(sheet.note)}")
    if sheet.table:
        yield from ("", f"## {WEEKS}", "", *_table(sheet.table))
    for part in sheet.parts:
        yield from ("", f"## {part.heading}")
        for block in part.blocks:
            if block.region:
                yield from ("", f"**{escaped(block.region)}**")
            for told in block.items:
                yield from ("", *_item(told))
    yield from ("", "---", "")
    for remark in sheet.remarks:
        yield from (f"{escaped(remark.text)} {f'<{remark.url}>' if remark.url else ''}".rstrip(), "")
    yield sheet.about
    yield from (line for label, url in sheet.footer if label == ON_THE_WEB for line in ("", link(label, url)))


def link(label: str, url: str) -> str:
    """`url` between angle brackets: no bracket or blank of it can end the link early."""
    kept = re.sub(r"[<>\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url)
    return f"[{escaped(label)}](<{kept}>)"


def _item(told: Told) -> Iterator[str]:
    mark = f" \\[{escaped(told.mark)}\\]" if told.mark else ""
    yield from (f"### {link(told.heading, told.url)}{mark}", "")
    for text, outlets in told.lines:
        yield f"- {escaped(text)}" + (f" \\[{escaped(outlets)}\\]" if outlets else "")
    if told.note:
        yield from ("", f"> **{NOTE}** {escaped(told.note)}")


def _table(table: Table) -> Iterator[str]:
    head, *rows = ([escaped(cell) for cell in row] for row in (table.head, *table.rows))
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
