"""The words of data/speakers.toml: verbs of speech, offices, organisations, kinds of speaker."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import cast

from dateline.records.account import SpeakerKind


@dataclass(frozen=True)
class SpeakerLists:
    """Lemmas and lower-case words, as their tables in the file are named."""

    clause: frozenset[str]
    thing: frozenset[str]
    of_thing: frozenset[str]
    toll_verbs: frozenset[str]
    tolls: frozenset[str]
    clause_only: frozenset[str]
    closing: frozenset[str]
    not_said: frozenset[str]
    not_speakers: frozenset[str]
    nobody: frozenset[str]
    again: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    organisations: frozenset[str]
    qualifiers: frozenset[str]
    kinds: tuple[tuple[SpeakerKind, re.Pattern[str]], ...]

    @cached_property
    def speech(self) -> frozenset[str]:
        """Verbs of every kind of speech."""
        return self.clause | self.thing | self.of_thing | self.toll_verbs

    def kind_of(self, words: str) -> SpeakerKind:
        """The kind of speaker that `words` tell; "other" where none of the tables knows them."""
        lowered = words.lower()
        return next((kind for kind, pattern in self.kinds if pattern.search(lowered)), "other")


@cache
def speaker_lists() -> SpeakerLists:
    """The lists, read once a process."""
    read = tomllib.loads(resources.files("dateline").joinpath("data/speakers.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(listed) for table in ("cues", "names") for name, listed in read[table].items()}
    kinds = tuple((cast(SpeakerKind, entry["kind"]), _whole_words(entry["words"])) for entry in read["kind"])
    return SpeakerLists(**words, kinds=kinds)


def _whole_words(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])(?:" + "|".join(patterns) + r")(?!\w)")
