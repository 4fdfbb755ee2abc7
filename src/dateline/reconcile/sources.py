"""The register of sources and speakers: data/sources.toml, and a file of the user's own over it (docs/sources.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast, get_args

import msgspec

from dateline.errors import SettingsError
from dateline.reconcile.words import fold, tokens
from dateline.records import Speaker
from dateline.records.codec import from_json
from dateline.records.source import Source, SourceKind

PACKAGED = "sources.toml"
KINDS: tuple[str, ...] = get_args(SourceKind)
LONGEST = 12                      # words of a name
_WORD = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+")    # as `words.tokens` has them


@dataclass(frozen=True)
class SourceRegister:
    """Sources by id, and the names that lead to them."""

    sources: Mapping[str, Source]
    names: Mapping[str, str]      # folded words with one space between -> id
    alone: frozenset[str]         # names of one word as they are written: in running text only in these letters

    def get(self, name: str | None) -> Source | None:
        """The source of that id or name, however it is written."""
        if not name:
            return None
        return self.sources.get(name) or self.sources.get(self.names.get(_key(name), ""))

    def within(self, words: str | None) -> Source | None:
        """The source named in running words: "the head of the Coast Observatory"; the longest name, then the first."""
        return self.sources.get(self._id_within(words) or "") if words else None

    def speaking(self, speaker: Speaker) -> Source | None:
        """The source that `speaker` is or speaks for: by organisation, person, then by the words."""
        for name in (speaker.organisation, speaker.person, speaker.text):
            if (found := self.get(name)) is not None:
                return found
        return self.within(speaker.organisation) or self.within(speaker.text)

    def _id_within(self, words: str) -> str | None:
        raw = _WORD.findall(words)
        folded = [fold(word) for word in raw]
        for size in range(min(len(raw), LONGEST), 0, -1):
            for at in range(len(raw) - size + 1):
                if size == 1 and raw[at] not in self.alone:
                    continue
                if (found := self.names.get(" ".join(folded[at:at + size]))) is not None:
                    return found
        return None


def register_of(entries: Iterable[Mapping[str, Any]]) -> SourceRegister:
    """The register of these entries of the file. Of two that have one name the later has it.

    Raises KeyError, ValueError or msgspec.ValidationError for an entry of another form.
    """
    sources = {source.id: source for source in map(source_of, entries)}
    names = {_key(name): source.id for source in sources.values() for name in source.names}
    alone = frozenset(name for source in sources.values() for name in source.names if _WORD.fullmatch(name))
    return SourceRegister(sources, {key: one for key, one in names.items() if key}, alone)


def source_of(entry: Mapping[str, Any]) -> Source:
    """The source that an entry of the file describes. Raises ValueError, which says what is wrong with it."""
    known = {"id", "names", "kind", "country", "language", "scale", "party_to", "reliability"}
    if odd := sorted(set(entry) - known):
        raise ValueError(f"source {entry.get('id')!r}: no such key: {', '.join(odd)}")
    if not entry.get("names"):
        raise ValueError(f"source {entry.get('id')!r}: it has no names")
    told = entry.get("reliability")
    if told is not None:
        at = told.get("at")
        told = {"value": told.get("value"), "why": told.get("why"), "at": at.isoformat() if hasattr(at, "isoformat") else at}
    try:
        return from_json(Source, {**dict.fromkeys(known), **entry, "reliability": told})
    except msgspec.ValidationError as problem:
        raise ValueError(f"source {entry.get('id')!r}: {problem}") from None


def packaged_sources() -> dict[str, dict[str, Any]]:
    """The entries of the packaged file by id, as they stand there."""
    text = resources.files("dateline.data").joinpath(PACKAGED).read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(text)["source"]}


def load_sources(extra: Path | None = None) -> SourceRegister:
    """The packaged register, with the sources of the TOML file `extra` added; one of the same id replaces ours.

    Raises SettingsError when `extra` cannot be read or has another form.
    """
    if extra is None:
        return _packaged_register()
    own = own_sources(extra)
    packaged = {one: entry for one, entry in packaged_sources().items() if one not in own}
    return register_of((packaged | own).values())            # own last: its names win


@cache
def _packaged_register() -> SourceRegister:
    return register_of(packaged_sources().values())


def own_sources(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a user's file by id. Raises SettingsError when it cannot be read or has another form."""
    try:
        given = cast("list[dict[str, Any]]", tomllib.loads(path.read_text(encoding="utf-8")).get("source", []))
        for entry in given:
            source_of(entry)
        return {entry["id"]: entry for entry in given}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, AttributeError) as problem:
        raise SettingsError(f"sources_file {path}: {problem}; docs/sources.md tells its form") from problem



def _key(name: str) -> str:
    words = tokens(name)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
