"""A person's own file of sources: one entry changed or added, the rest of the file left as it is. A plan first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import SettingsError
from dateline.reconcile.sources import own_sources, packaged_sources, register_of, source_of
from dateline.reconcile.words import tokens
from dateline.records import Source
from dateline.toml_tables import with_entries, write_whole

HEAD = "# Sources and speakers of my own; docs/sources.md tells what the keys mean.\n\n"
ORDER = ("id", "names", "kind", "country", "language", "scale", "party_to", "reliability")
NO_SIDE = "none"                  # as the side of a source: takes it away

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What setting a source would do. before: None where it is new. text: the file as it would be."""

    before: Source | None
    after: Source
    text: str


def plan_source(name: str, given: Mapping[str, Any], also: Sequence[str], text: str, mine: Mapping[str, Entry],
                packaged: Mapping[str, Entry]) -> SourceChange:
    """The change that gives the source `name` the values `given`, and the further names `also`.

    text, mine: the person's file and its entries by id; packaged: dateline's own entries. A packaged source is copied into the
    file as a whole, since an entry there replaces it. Raises SettingsError for a value that it cannot have.
    """
    entries: dict[str, Entry] = {**{one: entry for one, entry in packaged.items() if one not in mine}, **mine}
    register = register_of(entries.values())
    before = register.get(name)
    entry: Entry = {"id": _id_for(name, entries), "names": [name]} if before is None else dict(entries[before.id])
    for key, value in given.items():
        if value is not None:
            entry[key] = value
    if entry.get("party_to") == NO_SIDE:
        del entry["party_to"]
    entry["names"] = list(dict.fromkeys([*entry["names"], *also]))
    if "kind" not in entry:
        raise SettingsError(f"source {name!r} is new: say what it is with --kind")
    for other in also:
        if (holder := register.get(other)) is not None and holder.id != entry["id"]:
            raise SettingsError(f"--name {other!r}: the source {holder.id} is called so; give that one another name in its entry")
    try:
        after = source_of(entry)
    except ValueError as problem:
        raise SettingsError(str(problem)) from None
    return SourceChange(before, after, with_entries(text, "source", {entry["id"]: entry}, ORDER, HEAD))


def set_source(path: Path, name: str, given: Mapping[str, Any], also: Sequence[str] = ()) -> SourceChange:
    """Carry `plan_source` out on the file at `path`, which may not be there yet.

    Raises SettingsError for what cannot be set, read or written; nothing is changed then.
    """
    there = path.exists()
    mine = own_sources(path) if there else {}
    change = plan_source(name, given, also, path.read_text(encoding="utf-8") if there else "", mine, packaged_sources())
    if change.after != change.before:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise SettingsError(f"{path.parent}: cannot be made ({problem.strerror}); nothing was changed") from problem
        write_whole(path, change.text)
    return change


def _id_for(name: str, taken: Mapping[str, Entry]) -> str:
    """An id that no other source has: "vale-wire", "vale-wire-2"."""
    plain = "-".join(re.sub(r"[^a-z0-9]", "", word.encode("ascii", "ignore").decode()) for word in tokens(name)).strip("-")
    base = plain or "source"
    return next(one for number in range(1, len(taken) + 2)
                if (one := base if number == 1 else f"{base}-{number}") not in taken)
