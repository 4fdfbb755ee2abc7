"""Entries of the register's form -> TOML text that a person can read and edit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

WIDTH = 120
BARE = re.compile(r"[A-Za-z0-9_-]+")
ORDER = ("id", "name", "needs", "called", "in_text", "aliases", "members", "types", "active_in", "parent", "split_from", "from",
         "until", "wikidata",
         "un_reference", "ucdp", "also_listed")


def to_toml(entries: Iterable[Mapping[str, Any]]) -> str:
    """The entries as `[[group]]` tables, with a blank line between: keys in ORDER, then others as they come.

    >>> print(to_toml([{"id": "vale-front", "name": "Vale Front", "types": [{"type": 2}]}]), end="")
    [[group]]
    id = "vale-front"
    name = "Vale Front"
    types = [{type = 2}]
    """
    return "\n".join("".join(f"{line}\n" for line in _entry(entry)) for entry in entries)


def _entry(entry: Mapping[str, Any]) -> Iterator[str]:
    yield "[[group]]"
    for key in [key for key in ORDER if key in entry] + [key for key in entry if key not in ORDER]:
        value = entry[key]
        line = f"{_key(key)} = {_value(value)}"
        if isinstance(value, list) and len(line) > WIDTH:
            yield f"{_key(key)} = ["
            yield from _wrapped([_value(item) + "," for item in value])
            yield "]"
        else:
            yield line


def _wrapped(words: Iterable[str]) -> Iterator[str]:
    """Words on lines of at most WIDTH characters, four spaces in."""
    line = "   "
    for word in words:
        if len(line) > 3 and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = "   "
        line += f" {word}"
    yield line


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key)


def _value(value: Any) -> str:
    """A value in TOML on one line. Raises TypeError for one that an entry cannot hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        # a JSON string is a TOML basic string, but for DEL, which TOML wants escaped
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if hasattr(value, "isoformat"):  # a day that was written without quotes
        return json.dumps(value.isoformat())
    raise TypeError(f"{type(value).__name__} cannot stand in a register")
