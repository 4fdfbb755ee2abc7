"""The register of armed groups: data/armed_groups.toml, and a file of the user's own over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.errors import SettingsError
from dateline.records import ArmedGroup
from dateline.records.group import Alias, GroupType
from dateline.where.names import fold

ARTICLES = frozenset({"el", "ash", "ul", "ud", "ad", "es", "al"})  # all written "al" here, so that spellings meet
DROPPED_WORDS = frozenset(
    ["the", "a", "al", "as", "an", "at", "ar", "az", "of", "de", "e", "i", "wa", "wal", "and", "in"]
)
SOUNDS = (
    (re.compile(r"[aeiouyw]"), ""),
    (re.compile("kh|q|c"), "k"),
    (re.compile("gh"), "g"),
    (re.compile("dh"), "d"),
    (re.compile("th"), "t"),
    (re.compile("ph"), "f"),
    (re.compile("z"), "s"),
    (re.compile("h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
MIN_SKELETON = 5  # consonants: with fewer, different groups meet ("Fatah", "Fetih")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is looked for in running text."""

    text: str
    group: str
    needs: frozenset[str]  # countries of which one must be named in the report; empty: none
    members: bool  # a word for its people
    exact: bool  # an abbreviation: only in these letters, capital and small


@dataclass(frozen=True)
class Register:
    """Armed groups by id, and the names that lead to them."""

    groups: Mapping[str, ArmedGroup]
    names: Mapping[str, tuple[Name, ...]]  # folded words with one space between -> names, likeliest first
    beginnings: frozenset[str]  # the first word, the first two words ... of every name
    looser: Mapping[str, str] = field(repr=False)  # other ways to write a name -> id, where only one group has it

    def get(self, group_id: str) -> ArmedGroup | None:
        return self.groups.get(group_id)

    def resolve(self, name: str) -> ArmedGroup | None:
        """The group called `name`, however it is spelled; None where no group or more than one may be meant."""
        without, _, inside = name.partition("(")  # "Ansar al-Din (AAD)", "Communist Party of India (Maoist)"
        for written in (name, without, inside.partition(")")[0]):
            for key in ways_to_write(written):
                if key in self.looser:
                    return self.groups[self.looser[key]]
        return None

    def only_country(self, group_id: str) -> str | None:
        """The country (alpha-2) in which alone the group is active; None: in several, or not known."""
        group = self.groups.get(group_id)
        return group.active_in[0] if group is not None and len(group.active_in) == 1 else None

    def type_in(self, group_id: str, country: str | None, day: date | None) -> int | None:
        """ACLED's actor type 1-8 of the group in `country` (alpha-2) on `day`; day None: now. None: no such group."""
        group = self.groups.get(group_id)
        if group is None:
            return None
        there = [t for t in group.types if t.country is not None and t.country == country and in_force(t, day)]
        elsewhere = [t for t in group.types if t.country is None and in_force(t, day)]
        chosen = next(iter(there or elsewhere), None)
        return chosen.type if chosen else None


def in_force(kind: GroupType, day: date | None) -> bool:
    """Whether the type held on `day`: from its first day on, up to the day before `until`."""
    if day is None:
        return kind.until is None
    written = day.isoformat()
    return (kind.since is None or kind.since <= written) and (kind.until is None or written < kind.until)


@cache
def load_register(extra: Path | None = None) -> Register:
    """The packaged register, with the groups of the TOML file `extra` added; one of the same id replaces ours.

    Raises SettingsError when `extra` cannot be read or has another form.
    """
    packaged = tomllib.loads(resources.files("dateline.data").joinpath("armed_groups.toml").read_text(encoding="utf-8"))
    entries = {entry["id"]: entry for entry in packaged["group"]}
    if extra is not None:
        try:
            given = tomllib.loads(extra.read_text(encoding="utf-8"))
            for entry in given.get("group", []):
                _group(entry)
                entries[entry["id"]] = entry
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise SettingsError(
                f"groups_file {extra}: {problem}; see the head of armed_groups.toml for its form"
            ) from problem
        except (KeyError, TypeError, AttributeError) as problem:
            raise SettingsError(
                f"groups_file {extra}: a group without {problem}; it needs id, name and types"
            ) from problem
    return register_of(entries.values())


def register_of(entries: Iterable[Mapping[str, Any]]) -> Register:
    """A register from entries of the data file's form."""
    listed = list(entries)
    groups = {entry["id"]: _group(entry) for entry in listed}
    names: dict[str, list[Name]] = {}
    loose: dict[str, list[str]] = {}
    ranked = sorted(
        ((name, sourced, in_text) for entry in listed for name, sourced, in_text in _names(entry)),
        key=lambda n: (n[1], bool(n[0].needs)),
    )
    # names of our own go before those that a list gives, that may confuse two groups, plain ones before doubtful ones
    for name, _, in_text in ranked:
        key = key_of(name.text)
        if in_text and key and all(other.group != name.group for other in names.get(key, ())):
            others = names.setdefault(key, [])
            if not others or name.needs:
                others.append(name)
        if not name.members:
            for rank, way in enumerate(ways_to_write(name.text)):
                ids = loose.setdefault(way, [])
                if name.group not in ids and (rank == 0 or not ids or way.startswith("~")):
                    ids.append(name.group)
    beginnings: set[str] = set()
    for key in names:
        words = key.split(" ")
        beginnings.update(" ".join(words[: count + 1]) for count in range(len(words)))
    single = {way: ids[0] for way, ids in loose.items() if len(ids) == 1 or not way.startswith("~")}
    return Register(
        groups,
        {key: tuple(sorted(found, key=lambda n: not n.needs)) for key, found in names.items()},
        frozenset(beginnings),
        single,
    )


def key_of(name: str) -> str:
    """The folded words of a name, its Arabic articles alike."""
    return " ".join("al" if word in ARTICLES else word for word in fold(name).split(" "))


def ways_to_write(name: str) -> Iterator[str]:
    """Keys for a name, from the plain one to its consonants ("~..."), that must be one group's alone."""
    key = key_of(name)
    if not key:
        return
    yield key
    words = [w for w in key.split(" ") if w not in DROPPED_WORDS]
    yield " ".join(words) or key
    compact = "".join(w[2:] if len(w) > 5 and w.startswith("al") else w for w in words)  # "alsham"
    if len(compact) > 3:
        yield "=" + compact
    skeleton = compact
    for pattern, into in SOUNDS:
        skeleton = skeleton[:1] + pattern.sub(into, skeleton[1:])
    if len(skeleton) >= MIN_SKELETON:
        yield "~" + skeleton


def _names(entry: Mapping[str, Any]) -> Iterator[tuple[Name, bool, bool]]:
    """(name, whether a list gives it, whether it is read in running text) of one entry of the file."""
    for part in ("aliases", "members"):
        given = [entry["name"], *entry.get("aliases", ())] if part == "aliases" else entry.get("members", ())
        for item in given:
            table = {"name": item} if isinstance(item, str) else item
            text = table["name"]
            yield (
                Name(text, entry["id"], frozenset(table.get("needs", ())), part == "members", is_abbreviation(text)),
                "source" in table,
                bool(table.get("in_text", True)),
            )


def is_abbreviation(name: str) -> bool:
    """ "ISIS-K", "LeT", "M23": few letters, and capitals where a name has small ones."""
    letters = re.sub(r"[^A-Za-z0-9]", "", name)
    return " " not in name and len(letters) <= 8 and sum(c.isupper() or c.isdigit() for c in letters) * 2 > len(letters)


def _group(entry: Mapping[str, Any]) -> ArmedGroup:
    tables = [{"name": a} if isinstance(a, str) else a for a in entry.get("aliases", ())]
    aliases = tuple(Alias(a["name"], a.get("language"), a.get("source"), a.get("from"), a.get("until")) for a in tables)
    types = tuple(GroupType(int(t["type"]), t.get("country"), t.get("from"), t.get("until")) for t in entry["types"])
    return ArmedGroup(
        entry["id"],
        entry["name"],
        aliases,
        types,
        tuple(entry.get("active_in", ())),
        entry.get("parent"),
        entry.get("wikidata"),
        entry.get("ucdp"),
        entry.get("un_reference"),
    )
