"""Words of reports made safe to print: they can neither move a cursor, nor colour a terminal, nor turn letters around."""

from __future__ import annotations

import json
import re
import unicodedata

JOINERS = "\u200c\u200d"          # format characters that Persian and Indic words are spelled with
# What JSON lets stand as it is and a terminal obeys: DEL and C1 controls, line separators, marks of direction and others.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                             "\U000e0000-\U000e007f]")


def clean(text: str) -> str:
    """`text` with a space for each control character and line separator, and without format characters."""
    return text if text.isprintable() else "".join(map(_clean, text))


def plain(text: str | None) -> str:
    """As `clean`, on one line, with one space where there is white space; "" for None."""
    return " ".join(clean(text or "").split())


def json_line(record: object) -> str:
    """`record` as one line of JSON; what a terminal would obey is written as \\u escapes, which read back the same."""
    from dateline.records import to_line  # not for --help, and for the log

    return _UNSAFE_IN_JSON.sub(lambda found: json.dumps(found.group())[1:-1], to_line(record))


def _clean(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    if kind == "Cs":                      # half a pair, from a file's name that is no UTF-8
        return "\ufffd"
    return "" if kind == "Cf" and char not in JOINERS else char
