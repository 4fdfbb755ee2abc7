"""Records to and from JSON. Every field is always present; unknown is null."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_json(record: object) -> Any:
    """`record` as plain dicts, lists, strings and numbers; days as YYYY-MM-DD, times in UTC with Z."""
    return msgspec.to_builtins(record)


def to_line(record: object) -> str:
    """`record` as one line of JSON, without the line's end."""
    return msgspec.json.encode(record).decode("utf-8")


def from_json(kind: type[T], value: Any) -> T:
    """The record of type `kind` that `value` (as `to_json` gives it) describes.

    Raises msgspec.ValidationError, which names the field, when `value` has another form.
    """
    return msgspec.convert(value, kind)


def from_line(kind: type[T], line: str | bytes) -> T:
    """As `from_json`, from one line of JSON."""
    return msgspec.json.decode(line, type=kind)
