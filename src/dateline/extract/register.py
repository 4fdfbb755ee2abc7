"""The register of armed groups: data/armed_groups*.toml, and a file of the user's own over them."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from dateline.errors import SettingsError
from dateline.extract.group_spelling import (
    ARTICLES,
    forms_of,
    is_abbreviation,
    key_of,
    spoken_key,
    spoken_word,
    ways_to_write,
    word_key,
)
from dateline.records import ArmedGroup
from dateline.records.group import Alias, GroupType, Split
from dateline.where.names import fold

__all__ = ["ARTICLES", "Name", "Register", "key_of", "load_register", "register_of", "ways_to_write"]

MOST_REMEMBERED = 16_384  # words of texts; some 2 MB
PACKAGED = "armed_groups*.toml"
BRACKETS = re.compile(r"\s*[(（].*?[)）]\s*")
IN_BRACKETS = re.compile(r"[();]")
SEVERAL_NAMES = re.compile(r"\s+/\s+|/(?=[A-Z])|;\s|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is looked for in running text."""

    text: str
    group: str
    needs: frozenset[str]  # countries of which one must be named in the report; empty: none
    members: bool  # a word for its people
    exact: bool  # an abbreviation: only in these letters, capital and small
    called: bool = False  # a common word or a people's name: read only where the words around it call it a group
    in_text: bool = True  # looked for in reports
    listed: bool = False  # a list gives the name, not an editor: lists mix groups up
    countries: frozenset[str] = frozenset()  # that tell it from another group of that name
    since: str | None = None  # partial dates between which it was called so
    until: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it means the group by itself, with no country or context."""
        return not (self.needs or self.called)


class Begun(NamedTuple):
    """How a name may begin with a word. alone: it may be all of a name; by_sound: one that is written in another way."""

    plain: bool
    alone: bool
    by_sound: bool


class Begins(dict[str, Begun | None]):
    """Word as a text has it -> how a name of the register may begin with it; None: none does. Worked out once a word."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self._names, self._plain, self._spoken = register.names, register.beginnings, register.spoken_beginnings

    def __missing__(self, word: str) -> Begun | None:
        key = word_key(word)
        found = Begun(
            key in self._plain,
            any(form in self._names for form in forms_of(key)),
            key == "al" or (word[0].isupper() and spoken_word(key) in self._spoken),
        )
        begun = found if any(found) else None
        if len(self) < MOST_REMEMBERED:
            self[word] = begun
        return begun


@dataclass(frozen=True)
class Register:
    """Armed groups by id, and the names that lead to them."""

    groups: Mapping[str, ArmedGroup]
    names: Mapping[str, tuple[Name, ...]]  # folded words with one space between -> names, likeliest first
    beginnings: frozenset[str]  # the first word, the first two words ... of every name
    looser: Mapping[str, tuple[str, ...]] = field(repr=False)  # other ways to write a name -> ids that it may mean
    spoken: Mapping[str, tuple[Name, ...]] = field(default_factory=dict, repr=False)  # sounds of a name -> names
    spoken_beginnings: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def begins(self) -> Begins:
        return Begins(self)

    def goes_on(self, first: str, second: str) -> bool:
        """Whether a name may begin with two words as a text has them."""
        key = word_key(first)
        return any(f"{key} {form}" in self.beginnings for form in forms_of(word_key(second)))

    def get(self, group_id: str) -> ArmedGroup | None:
        return self.groups.get(group_id)

    def resolve(self, name: str, country: str | None = None) -> ArmedGroup | None:
        """The group called `name`, however it is spelled; None where no group or more than one may be meant.

        country (alpha-2) chooses among several.
        """
        found = self.candidates(name, country)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str, country: str | None = None) -> tuple[ArmedGroup, ...]:
        """The groups that `name` may mean, those active in `country` alone where there are any."""
        for written in parts_of(name):
            for key in ways_to_write(written):
                if ids := self.looser.get(key):
                    found = [self.groups[one] for one in ids]
                    there = [group for group in found if country in group.active_in] if country else []
                    return tuple(there or found)
        return ()

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


def parts_of(name: str) -> Iterator[str]:
    """A name as it stands, without what is in brackets, what is in them, and its parts on either side of a slash or so."""
    yield name  # "Communist Party of India (Maoist)"
    without = BRACKETS.sub(" ", name).strip()
    if without != name:
        yield without  # "Ansar al-Din (AAD)"
        yield from (part for part in IN_BRACKETS.split(name)[1:] if len(part) > 2)
    for part in SEVERAL_NAMES.split(without):
        if part != name and len(part) > 2:
            yield part


def in_force(kind: GroupType | Name, day: date | None) -> bool:
    """Whether it held on `day`: from its first day on, up to the day before `until`."""
    if day is None:
        return kind.until is None
    written = day.isoformat()
    return (kind.since is None or kind.since <= written) and (kind.until is None or written < kind.until)


def packaged_entries() -> dict[str, dict[str, Any]]:
    """The entries of the packaged files by id, as they stand there."""
    entries: dict[str, dict[str, Any]] = {}
    files = [file for file in resources.files("dateline.data").iterdir() if Path(file.name).match(PACKAGED)]
    for file in sorted(files, key=lambda file: file.name):
        entries.update((entry["id"], entry) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["group"])
    return entries


@cache
def load_register(extra: Path | None = None) -> Register:
    """The packaged register, with the groups of the TOML file `extra` added; one of the same id replaces ours.

    Raises SettingsError when `extra` cannot be read or has another form.
    """
    entries = packaged_entries()
    if extra is not None:
        entries |= entries_of(extra)
    return register_of(entries.values())


def entries_of(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a user's file by id. Raises SettingsError when it cannot be read or has another form."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8")).get("group", [])
        for entry in given:
            group_of(entry)
        return {entry["id"]: entry for entry in given}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError(
            f"groups_file {path}: {problem}; see the head of armed_groups.toml for its form"
        ) from problem
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise SettingsError(f"groups_file {path}: a group without {problem}; it needs id, name and types") from problem


def register_of(entries: Iterable[Mapping[str, Any]]) -> Register:
    """A register from entries of the data file's form."""
    listed = list(entries)
    names = [name for entry in listed for name in _names(entry)]
    in_text = _in_text(names)
    spoken = _spoken(names)
    return Register(
        {entry["id"]: group_of(entry) for entry in listed},
        in_text,
        _beginnings(in_text),
        _looser(names),
        spoken,
        _beginnings(" ".join(map(spoken_word, fold(found[0].text).split(" "))) for found in spoken.values()),
    )


def _in_text(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    """Names by key. Where an editor gives a name to a group plainly, what lists call so too is left out."""
    by_key: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.in_text and (key := key_of(name.text)):
            by_key[key].append(name)
    return {key: tuple(_likeliest(found)) for key, found in by_key.items()}


def _likeliest(names: list[Name]) -> list[Name]:
    """One name a group, plain ones first; a plain one of an editor's leaves only those beside it that need a country."""
    ordered = sorted(names, key=lambda n: (n.listed, not n.plain, n.called))
    each = list({(name.group, name.exact and name.text): name for name in reversed(ordered)}.values())[::-1]
    if any(name.plain and not name.listed for name in each):
        return [name for name in each if not name.listed]
    return each


def _looser(names: Iterable[Name]) -> dict[str, tuple[str, ...]]:
    """Ways to write a name -> ids that it may mean: those whose name it is most nearly, an editor's plain names first."""
    bearers: defaultdict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for name in names:
        if not name.members:
            weak = name.listed or bool(name.needs)
            for rank, way in enumerate(ways_to_write(name.text)):
                known = bearers[way].get(name.group)
                bearers[way][name.group] = min(known, (rank, weak)) if known else (rank, weak)
    loose = {}
    for way, ranks in bearers.items():
        if way[0] in "+~":  # so far from the name as it stands, only one group may have it
            loose[way] = tuple(ranks)
        else:
            nearest = min(ranks.values())
            loose[way] = tuple(group for group, rank in ranks.items() if rank == nearest)
    return {way: ids for way, ids in loose.items() if way[0] != "~" or len(ids) == 1}


def _spoken(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    """Names by their sounds, but for abbreviations and words for people."""
    by_sound: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.in_text and not (name.exact or name.members) and (sound := spoken_key(name.text)):
            by_sound[sound].append(name)
    return {sound: tuple(_likeliest(found)) for sound, found in by_sound.items()}


def _beginnings(keys: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for key in keys:
        words = key.split()
        found.update(" ".join(words[: count + 1]) for count in range(len(words)))
    return frozenset(found)


def _names(entry: Mapping[str, Any]) -> Iterator[Name]:
    """Every name of one entry of the file."""
    active = frozenset(entry.get("active_in", ()))
    for part in ("aliases", "members"):
        given = [entry["name"], *entry.get("aliases", ())] if part == "aliases" else entry.get("members", ())
        for item in given:
            table = {"name": item} if isinstance(item, str) else item
            if item is entry["name"]:
                table = {key: entry[key] for key in ("name", "needs", "called", "in_text") if key in entry}
            text, needs = table["name"], frozenset(table.get("needs", ()))
            yield Name(
                text, entry["id"], needs, part == "members", is_abbreviation(text), bool(table.get("called", False)),
                bool(table.get("in_text", True)), "source" in table, needs or active, table.get("from"), table.get("until"),
            )  # fmt: skip


def group_of(entry: Mapping[str, Any]) -> ArmedGroup:
    """The group that an entry of the file describes. Raises KeyError for one without id, name or types."""
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
        tuple(entry.get("also_listed", ())),
        tuple(Split(s["group"], s.get("from")) for s in entry.get("split_from", ())),
        entry.get("from"),
        entry.get("until"),
    )
