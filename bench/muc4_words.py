"""The set fills that a record's words stand for: types of things, people and instruments, by the tables of muc4_words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bench.muc4_fills import head_word

FILE = Path(__file__).with_suffix(".toml")
THING_DEFAULT, PEOPLE_DEFAULT = "OTHER", "CIVILIAN"
FORMER = {"GOVERNMENT OFFICIAL": "FORMER GOVERNMENT OFFICIAL", "ACTIVE MILITARY": "FORMER ACTIVE MILITARY"}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NO_SOLDIER = re.compile(r"\b(SECRETARY|ATTORNEY|DIRECTOR|CONSUL|INSPECTOR)[- ]GENERAL\b")

Table = Literal["things", "people", "instruments"]


@dataclass(frozen=True, slots=True)
class Row:
    """What a phrase is called, when its head is among `heads` and any of its words among `words`; empty: whatever it is."""

    type: str
    heads: frozenset[str]
    words: frozenset[str]


def type_of(phrase: str, table: Table) -> str | None:
    """The type of the first row of a table that fits `phrase` (capitals); None where none does."""
    phrase = _NO_SOLDIER.sub(r"\1", phrase)
    head = head_word(phrase)
    heads = {head, *_singular(head)}
    words = _words(phrase)
    fits = (row.type for row in _tables()[table] if (not row.heads or row.heads & heads) and (not row.words or row.words & words))
    return next(fits, None)


def human_type(description: str) -> str:
    """The category of people described so."""
    found = type_of(description, "people") or PEOPLE_DEFAULT
    return FORMER.get(found, found) if _words(description) & _list("former") else found


def is_title(word: str) -> bool:
    """Whether `word` says what somebody is, as before a name."""
    forms = {word, *_singular(word)}
    return bool(forms & _list("titles")) or any(forms & (row.heads | row.words) for row in _tables()["people"])


def is_plural(noun: str) -> bool:
    return noun in _list("plurals") or noun.endswith("MEN") or (noun.endswith("S") and not noun.endswith(("SS", "US", "IS")))


def _words(phrase: str) -> set[str]:
    """The words of a phrase, with their singulars."""
    words = {word.removesuffix("'S").removesuffix("’S") for word in _WORD.findall(phrase)}
    return words | {single for word in words for single in _singular(word)}


def _singular(word: str) -> tuple[str, ...]:
    """What a plural may be the plural of."""
    if word.endswith("IES"):
        return (word[:-3] + "Y",)
    if word.endswith("MEN"):
        return (word[:-3] + "MAN",)
    if word == "PEOPLE":
        return ("PERSON",)
    return (word.removesuffix("S"), word.removesuffix("ES")) if word.endswith("S") else ()


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    """A list of the file, in capitals."""
    return frozenset(_file()["lists"][name].upper().split())


@cache
def _tables() -> Mapping[Table, Sequence[Row]]:
    names: tuple[Table, ...] = ("things", "people", "instruments")
    return {name: tuple(Row(row["type"], _named(row.get("heads", "")), _named(row.get("words", ""))) for row in _file()[name])
            for name in names}


def _named(listed: str) -> frozenset[str]:
    """The words listed, in capitals, with those of the lists that it names ("@homes")."""
    plain = frozenset(word.upper() for word in listed.split() if not word.startswith("@"))
    return plain.union(*(_list(word[1:]) for word in listed.split() if word.startswith("@")))
