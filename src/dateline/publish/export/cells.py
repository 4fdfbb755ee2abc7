"""Values as cells of a sheet: one line, no control or bidirectional character, nothing that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from dateline.publish.names import BLANK
from dateline.publish.safe import plain

SEPARATOR = "; "                  # between the values of one cell
WITHHELD = "[withheld]"
_BLANKS = re.compile(rf"{BLANK}[{BLANK}\s]*{BLANK}|{BLANK}")
# full-width ones too: some spreadsheets read them alike; before a tab other programs guard as well
_FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")


def text(words: str | None) -> str | None:
    """`words` on one line, "[withheld]" for what is blanked; None for none, and for white space alone."""
    if words is None:
        return None
    return _BLANKS.sub(WITHHELD, plain(words)) or None


def joined(values: Iterable[str | None]) -> str | None:
    """The values with "; " between; a semicolon within one becomes a comma. None where there is none."""
    told = [value.replace(";", ",") for value in map(text, values) if value]
    return SEPARATOR.join(dict.fromkeys(told)) or None


def guarded(words: str) -> str:
    """`words` as a CSV cell of text: an apostrophe goes before what a spreadsheet would take for a formula; see `unguarded`."""
    return f"'{words}" if _FORMULA.match(words) else words


def unguarded(cell: str) -> str:
    """What `guarded` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_cell(value: Any) -> str:
    """Any value of a table as a CSV cell: days and times in ISO 8601, yes and no as true and false, "" for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return guarded(joined(value) or "")
    return str(value)


def instant(moment: datetime) -> str:
    """A time in UTC, with Z."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
