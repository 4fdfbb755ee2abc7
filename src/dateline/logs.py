"""The log: one place where it is set up, for every command that logs. On standard error, as lines for people or as JSON.

    log.warning("the feed falls silent", extra=told(feed="https://arden-post.example/rss", problem="silent"))

    2026-11-27T22:10:03Z warning dateline.watch: the feed falls silent feed=https://arden-post.example/rss problem=silent
    {"at": "2026-11-27T22:10:03.120Z", "level": "warning", "of": "dateline.watch", "what": "the feed falls silent", "feed": ...}
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO, get_args

from dateline.publish.safe import plain

LogForm = Literal["plain", "json"]
FORMS: tuple[LogForm, ...] = get_args(LogForm)
LONGEST = 2_000                   # characters of one value
LONGEST_TRACE = 20_000
_FIELD = "told"


def told(**fields: object) -> dict[str, Mapping[str, object]]:
    """What a line tells beside its words, for `extra`; a field that is None is left out."""
    return {_FIELD: {name: value for name, value in fields.items() if value is not None}}


def set_up(form: LogForm = "plain", *, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Log dateline's own lines of `level` and above, and other libraries' warnings. Called again, it replaces what was set up."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one.formatter, JsonLines | PlainLines)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("dateline").setLevel(level)


class JsonLines(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "of": record.name,
                                   "what": _short(record.getMessage())}
        line |= {name: _value(value) for name, value in _told(record).items() if name not in line}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)[-LONGEST_TRACE:]
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """A line for people; a trace stands below it."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        fields = "".join(f" {name}={_word(value)}" for name, value in _told(record).items())
        line = f"{at} {record.levelname.lower()} {record.name}: {_short(record.getMessage())}{fields}"
        return f"{line}\n{self.formatException(record.exc_info)[-LONGEST_TRACE:]}" if record.exc_info else line


def _told(record: logging.LogRecord) -> Mapping[str, object]:
    fields = getattr(record, _FIELD, None)
    return fields if isinstance(fields, Mapping) else {}


def _value(value: object) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else _short(str(value))


def _word(value: object) -> str:
    words = str(_value(value))
    return words if words and words.isprintable() and not set(words) & set(' "=') else json.dumps(words, ensure_ascii=False)


def _short(words: str) -> str:
    """On one line and fit for a terminal: it may quote a hostile page."""
    return plain(words)[:LONGEST]
