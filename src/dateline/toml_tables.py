"""Lists of tables in TOML that a person reads and edits: written in a plain form, and changed without touching the rest."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.errors import SettingsError

WIDTH = 120
BARE = re.compile(r"[A-Za-z0-9_-]+")

Entry = Mapping[str, Any]


def tables_text(name: str, entries: Iterable[Entry], order: Sequence[str]) -> str:
    """The entries as `[[name]]` tables, with a blank line between: keys in `order`, then others as they come.

    >>> print(tables_text("group", [{"id": "vale-front", "types": [{"type": 2}]}], ("id",)), end="")
    [[group]]
    id = "vale-front"
    types = [{type = 2}]
    """
    return "\n".join("".join(f"{line}\n" for line in _table(name, entry, order)) for entry in entries)


def with_entries(text: str, name: str, changed: Mapping[str, Entry], order: Sequence[str], head: str) -> str:
    """The file `text` with the entries `changed` (by id) in their places, and new ones at its end; comments stay, but in those.

    head: what a new file begins with. Raises SettingsError where one `[[name]]` table cannot be told from the next.
    """
    starts = [match.start() for match in re.finditer(rf"^\[\[\s*{name}\s*\]\][ \t]*(?:#.*)?$", text, re.MULTILINE)]
    blocks = [text[at:end] for at, end in pairwise([*starts, len(text)])]
    ids = [_only_id(block, name) for block in blocks]
    out = [text[: starts[0]] if starts else text or head]
    for block, entry_id in zip(blocks, ids, strict=True):
        out.append(tables_text(name, [changed[entry_id]], order) + "\n" if entry_id in changed else block)
    new = [entry for entry_id, entry in changed.items() if entry_id not in ids]
    if new and not "".join(out).endswith("\n\n"):
        out.append("\n" if "".join(out).endswith("\n") else "\n\n")
    return "".join([*out, tables_text(name, new, order)]).rstrip("\n") + "\n"


def write_whole(path: Path, text: str) -> None:
    """Put `text` at `path` as a whole or not at all. Raises SettingsError."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be written ({problem.strerror}); nothing was changed") from problem


def _only_id(block: str, name: str) -> str:
    """The id of the one entry of a piece of the file."""
    try:
        [entry] = tomllib.loads(block)[name]
        return str(entry["id"])
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as problem:
        raise SettingsError(f"{name}s_file: a table cannot be told from the next ({problem}); write each [[{name}]] on a line "
                            "of its own, and none inside a text") from problem


def _table(name: str, entry: Entry, order: Sequence[str]) -> Iterator[str]:
    yield f"[[{name}]]"
    for key in [key for key in order if key in entry] + [key for key in entry if key not in order]:
        value = entry[key]
        line = toml_pair(key, value)
        if isinstance(value, list) and len(line) > WIDTH:
            yield f"{_key(key)} = ["
            yield from _wrapped([_value(item) + "," for item in value])
            yield "]"
        else:
            yield line


def toml_pair(key: str, value: Any) -> str:
    """A line of TOML: `key = value`. Raises TypeError for a value that a table here cannot hold."""
    return f"{_key(key)} = {_value(value)}"


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
