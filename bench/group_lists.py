"""The armed groups of two public lists as the bench asks for them: an id, and the names as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycountry

from bench.core import BenchError, load_lines

LEFT_OUT_REGIMES = frozenset({"DPRK", "Iraq"})
REBELS = "1"                      # UCDP's Org: a formally organised group
NO_NAME = frozenset({"", "n/a"})
SEVERAL = ("NewName", "NewNameFullEng", "NewNameFullMotherTongue")     # later names, with commas between
ONE = ("NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng")
SHORT_NAMES = ("Syria", "Iran", "Russia", "Tanzania", "Yemen", "Palestine", "Bolivia", "Venezuela")
COUNTRIES = re.compile(r"\b(?:" + "|".join(
    re.escape(name) for name in (*SHORT_NAMES, *(c.name for c in pycountry.countries if "," not in c.name))) + r")\b")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of a list. ref: "un:QDe.003", "ucdp:234". country: as the list writes it, None where it gives none."""

    ref: str
    names: tuple[str, ...]        # as they stand but for white space; each once
    country: str | None


def load_entities(path: Path, active: Path) -> list[Entity]:
    """The entities of a folder with un_sanctions and ucdp_actors, or of a file of lines {list, id, name, aliases, location}.

    Of the folder: UN entities but those of the DPRK and Iraq regimes, and the formally organised actors of UCDP that
    `active` (such a file) names: the actors of UCDP's event records there are at hand.
    Raises BenchError for data that are not there or have another form.
    """
    try:
        if not path.is_dir():
            return [_listed(row) for row in load_lines(path)]
        ids = {row["id"] for row in load_lines(active) if row["list"] == "ucdp"}
        return [*un_entities(load_lines(path / "un_sanctions/list.jsonl.gz")),
                *ucdp_rebels(load_lines(path / "ucdp_actors/actors.jsonl.gz"), ids)]
    except KeyError as missing:
        raise BenchError(f"{path}: a line without {missing}") from missing


def un_entities(rows: Iterable[Mapping[str, Any]]) -> Iterator[Entity]:
    for row in rows:
        if row["kind"] == "entity" and row["regime"] not in LEFT_OUT_REGIMES:
            names = names_of([row["name"], *(alias["name"] for alias in row["aliases"])])
            yield Entity(f"un:{row['ref']}", names, country_told([*names, row.get("comments") or ""]))


def ucdp_rebels(rows: Iterable[Mapping[str, Any]], active: set[str]) -> Iterator[Entity]:
    for row in rows:
        if row["Org"] == REBELS and row["ActorId"] in active:
            later = [name for key in SEVERAL for name in row.get(key, "").split(",")]
            yield Entity(f"ucdp:{row['ActorId']}", names_of([*(row.get(key, "") for key in ONE), *later]),
                         country_of(row.get("Location")))


def names_of(written: Iterable[str]) -> tuple[str, ...]:
    """Names with single spaces, each once, and none where the list says that it has none."""
    names = (" ".join(name.split()) for name in written)
    return tuple(dict.fromkeys(name for name in names if name not in NO_NAME))


def country_of(location: str | None) -> str | None:
    """The first country of UCDP's Location, without a former name in brackets: "Yemen (North Yemen), Iran" -> "Yemen"."""
    return re.sub(r"\s*\(.*?\)", "", location.split(",")[0]).strip() or None if location else None


def country_told(words: Iterable[str]) -> str | None:
    """The first country named, by the names of a UN entry before its comments; None where none is."""
    found = COUNTRIES.search(" | ".join(" ".join(part.split()) for part in words))
    return found[0] if found else None


def _listed(row: Mapping[str, Any]) -> Entity:
    return Entity(f"{row['list']}:{row['id']}", names_of([row["name"], *row["aliases"]]), country_of(row.get("location")))
