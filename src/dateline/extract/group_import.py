"""Merge a public list of armed groups into a user's register file: a plan first, which can be printed and refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.extract.group_files import ORDER
from dateline.extract.group_lists import COMMUNAL, TYPES, GroupList, ListedGroup, table_of
from dateline.extract.group_spelling import is_abbreviation, key_of
from dateline.extract.register import entries_of, packaged_entries
from dateline.toml_tables import with_entries, write_whole

Entry = dict[str, Any]
HEAD = "# Armed groups of my own; docs/groups.md tells what the keys mean.\n\n"
SHORT = 4  # letters up to which an abbreviation is read only beside its country
UNSURE_TYPE = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One group that the file would gain, or that would gain names. new: no register had it; added: its new names."""

    id: str
    ref: str
    new: bool
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. text: the file as it would be."""

    changes: tuple[Change, ...]
    known: int                    # groups of the list that have all their names already
    text: str


def import_list(listed: GroupList, path: Path, *, dry_run: bool = False) -> Plan:
    """Merge `listed` into the register file at `path`, which may not be there yet, and return what was done.

    A group is known by its id in that list, else by its names where they all mean one group of the register without such
    an id. A packaged group that gains something is copied into the file, since an entry of the file replaces a packaged one.
    Raises SettingsError when the file cannot be read or written, or has another form. Again with the same list: no change.
    """
    text, mine = "", {}
    if path.exists():
        mine = entries_of(path)
        text = path.read_text(encoding="utf-8")
    plan = plan_import(listed.groups, text, mine, packaged_entries())
    if plan.changes and not dry_run:
        write_whole(path, plan.text)
    return plan


def plan_import(listed: Sequence[ListedGroup], text: str, mine: Mapping[str, Entry], packaged: Mapping[str, Entry]) -> Plan:
    """The plan for `listed`. text, mine: the user's file and its entries by id; packaged: dateline's own entries by id."""
    entries: dict[str, Entry] = {**packaged, **mine}
    # the entry whose own id it is goes before one that is part of what the list means
    by_ref = {ref: entry["id"] for entry in entries.values() for ref in entry.get("also_listed", ())}
    by_ref |= {ref: entry["id"] for entry in entries.values() for ref in own_references(entry)}
    told: dict[str, set[str]] = {}  # keys of the names that entries with a list's id have
    for entry in entries.values():
        for ref in references(entry):
            told.setdefault(ref, set()).update(map(key_of, _names(entry)))
    by_name: dict[str, set[str]] = {}
    for entry in entries.values():
        for name in _names(entry):
            by_name.setdefault(key_of(name), set()).add(entry["id"])
    changes, known, changed = [], 0, dict[str, Entry]()
    for group in listed:
        found = by_ref.get(group.ref) or _by_names(group, by_name, entries)
        entry = merged(entries[found], group, told.get(group.ref, ())) if found else new_entry(group, entries)
        if found and entry == entries[found]:
            known += 1
            continue
        before = {key_of(name) for name in _names(entries[found])} if found else set()
        added = tuple(name for name in _names(entry) if key_of(name) not in before)
        changes.append(Change(entry["id"], group.ref, not found, added))
        entries[entry["id"]] = changed[entry["id"]] = entry
        by_ref[group.ref] = entry["id"]
        for name in added:
            by_name.setdefault(key_of(name), set()).add(entry["id"])
    for group in listed:  # when all are known, also those that come later in the list
        if (at := changed.get(by_ref[group.ref])) is not None:
            _note_splits(at, group, by_ref)
    return Plan(tuple(changes), known, with_entries(text, "group", changed, ORDER, HEAD))


def merged(entry: Entry, group: ListedGroup, told: Collection[str] = ()) -> Entry:
    """The entry with the list's id and the names that it lacks; the same entry where it lacks nothing.

    told: keys of names that other entries with that id of the list have.
    """
    out = dict(entry)
    if group.ref not in references(entry):
        key, _, value = group.ref.partition(":")
        field = "un_reference" if key == "un" else "ucdp"
        if entry.get(field):
            out["also_listed"] = [*entry.get("also_listed", ()), group.ref]
        else:
            out[field] = value
    have = {key_of(name) for name in _names(entry)}.union(told)
    active = entry.get("active_in") or list(group.countries)
    lacking = {key_of(name): name for name in reversed(group.names) if key_of(name) not in have}
    if lacking:
        aliases = [_alias(name, group, active) for name in reversed(lacking.values())]
        out["aliases"] = [*entry.get("aliases", ()), *aliases]
    if not entry.get("active_in") and group.countries:
        out["active_in"] = list(group.countries)
    return out


def new_entry(group: ListedGroup, taken: Iterable[str]) -> Entry:
    """An entry for a group that no register has. A type that the list does not tell is UNSURE_TYPE."""
    name = max(group.names[:1] + tuple(n for n in group.names if not is_abbreviation(n))[:1], key=len)
    plain = re.sub(r"[^a-z0-9]+", "-", key_of(name).encode("ascii", "ignore").decode()).strip("-")
    own = group.ref.replace(":", "-").replace(".", "-").lower()
    slug = plain if plain and plain not in set(taken) else f"{plain}-{own}".strip("-")
    entry: Entry = {"id": slug, "name": name}
    if group.type == TYPES[COMMUNAL]:  # a people's name: only some of them, and only where the words say so
        entry |= {"called": True, "needs": list(group.countries)}
    others = {key_of(other): other for other in reversed(group.names) if key_of(other) != key_of(name)}
    entry["aliases"] = [_alias(other, group, group.countries) for other in reversed(others.values())]
    entry["types"] = [{"type": group.type or UNSURE_TYPE}]
    entry["active_in"] = list(group.countries)
    key, _, value = group.ref.partition(":")
    entry["un_reference" if key == "un" else "ucdp"] = value
    return entry


def references(entry: Mapping[str, Any]) -> list[str]:
    """Its entries in the two lists: "un:QDe.115", "ucdp:234"."""
    return [*own_references(entry), *entry.get("also_listed", ())]


def own_references(entry: Mapping[str, Any]) -> list[str]:
    return [f"{key}:{entry[field]}" for key, field in (("un", "un_reference"), ("ucdp", "ucdp")) if entry.get(field)]


def _names(entry: Mapping[str, Any]) -> list[str]:
    return [entry["name"], *(table_of(alias)["name"] for alias in entry.get("aliases", ()))]


def _alias(name: str, group: ListedGroup, countries: Iterable[str]) -> Entry:
    """A list's name as an alias: a short or common one with what keeps it from being read everywhere."""
    alias: Entry = {"name": name, "source": group.ref}
    if is_abbreviation(name):
        if len(re.sub(r"\W", "", name)) <= SHORT and countries:
            alias["needs"] = list(countries)
    elif len([word for word in key_of(name).split(" ") if word not in ("the", "al")]) == 1 or group.type == TYPES[COMMUNAL]:
        alias["called"] = True
    return alias


def _by_names(group: ListedGroup, by_name: Mapping[str, set[str]], entries: Mapping[str, Entry]) -> str | None:
    """The id of the one group that its long names mean, active in one of its countries and without an id in that list."""
    long = [name for name in group.names if not is_abbreviation(name) and " " in name]
    meant = [by_name[key] for name in long if (key := key_of(name)) in by_name]
    ids = set.union(*meant) if meant else set()
    if len(ids) != 1:
        return None
    [found] = ids
    prefix = group.ref.partition(":")[0] + ":"
    active = set(entries[found].get("active_in", ()))
    if any(ref.startswith(prefix) for ref in references(entries[found])):
        return None
    return found if not group.countries or not active or active & set(group.countries) else None


def _note_splits(entry: Entry, group: ListedGroup, by_ref: Mapping[str, str]) -> None:
    have = {split["group"] for split in entry.get("split_from", ())} | {entry["id"], entry.get("parent")}
    new = [by_ref[ref] for ref in group.split_from if ref in by_ref and by_ref[ref] not in have]
    if new:
        entry["split_from"] = [*entry.get("split_from", ()), *({"group": one} for one in dict.fromkeys(new))]

