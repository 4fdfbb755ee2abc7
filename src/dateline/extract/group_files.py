"""Entries of the register of armed groups -> TOML text that a person can read and edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.toml_tables import tables_text

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
    return tables_text("group", entries, ORDER)
