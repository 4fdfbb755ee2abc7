"""A briefing as plain text, 72 columns wide: the part of a mail that can always be read, and what a terminal prints."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from dateline.publish.brief.frame import NOTE, WEEKS, Remark, Sheet, Table, Told, longest_fitting, sheet_of
from dateline.publish.brief.links import Links
from dateline.records.briefing import Briefing

WIDTH = 72
BULLET, HANG = "- ", "  "


def as_text(briefing: Briefing, links: Links, most_bytes: int | None = None) -> str:
    """`briefing` in lines of at most 72 columns, but for addresses, which are never broken. It ends with a line's end.

    most_bytes: of UTF-8; items that would make it longer are left to the page, and counted.
    """
    def lay_out(most: int) -> str:
        return "\n".join(_lines(sheet_of(briefing, links, most=most))) + "\n"

    items = len(briefing.items)
    return lay_out(items) if most_bytes is None else longest_fitting(lay_out, items, most_bytes)


def wrapped(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> Iterator[str]:
    """`text` in lines of at most `width` columns, `first` before the first, `rest` before the others; long words are cut."""
    rest = first if rest is None else rest
    line, start = "", first
    for word in text.split(" "):
        room = width - cell_len(start)
        if line and cell_len(line) + 1 + cell_len(word) > room:
            yield start + line
            line, start, room = "", rest, width - cell_len(rest)
        *full, word = chop_cells(word, room) if cell_len(word) > room else [word]
        for piece in full:
            yield start + piece
            start = rest
        line = f"{line} {word}" if line else word
    yield start + line


def with_address(text: str, url: str | None, indent: str = "") -> Iterator[str]:
    """`text`, and the address below it, alone on its line, so that mail programs find it."""
    yield from wrapped(text, indent)
    if url:
        yield f"{indent}{HANG}{url}"


def rule() -> str:
    return "-" * WIDTH


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from _title(sheet.title, "=")
    for sentence in sheet.headline:
        yield from wrapped(sentence)
    if sheet.note:
        yield from ("", *wrapped(f"{NOTE} {sheet.note}"))
    if sheet.table:
        yield from ("", "", *_table(sheet.table))
    for part in sheet.parts:
        yield from ("", "", *_title(part.heading.upper(), "-"))
        for place, block in enumerate(part.blocks):
            if block.region:
                yield from [""] * bool(place) + [*wrapped(f"{block.region}:"), ""]
            for number, told in enumerate(block.items):
                yield from [""] * bool(number or (place and not block.region)) + [*_item(told)]
    yield from ("", "", rule(), *_remarks(sheet.remarks), *wrapped(sheet.about), "")
    for label, url in sheet.footer:
        yield from with_address(f"{label}:", url)


def _title(words: str, line: str) -> Iterator[str]:
    lines = [*wrapped(words)]
    yield from (*lines, line * max(map(cell_len, lines)), *[""] * (line == "="))


def _item(told: Told) -> Iterator[str]:
    yield from wrapped(f"[{told.mark}] {told.heading}" if told.mark else told.heading, BULLET, HANG)
    for text, outlets in told.lines:
        yield from wrapped(f"{text} [{outlets}]" if outlets else text, HANG)
    if told.note:
        yield from wrapped(f"{NOTE} {told.note}", HANG)
    yield HANG + told.url


def _remarks(remarks: tuple[Remark, ...]) -> Iterator[str]:
    for remark in remarks:
        yield from (*with_address(remark.text, remark.url), "")


def _table(table: Table) -> Iterator[str]:
    """Columns side by side where they fit, else a line for each number."""
    yield from _title(WEEKS.upper(), "-")
    rows = (table.head, *table.rows)
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(table.head))]
    if sum(widths) + 2 * (len(widths) - 1) <= WIDTH:
        for row in rows:
            yield "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        return
    for week, *cells in table.rows:
        told = "; ".join(f"{name}: {cell}" for name, cell in zip(table.head[1:], cells, strict=True) if cell)
        yield from wrapped(f"{week}: {told}", BULLET, HANG)
