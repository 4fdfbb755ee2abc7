"""The readers that are fuzzed, each with what its inputs are made of and how long one may take."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fuzz import readers

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"


@dataclass(frozen=True, slots=True)
class Target:
    """One reader. told: kinds of words in tokens.toml. base_s, kb_s: of processor time, what an input may take, and for each kB
    of it besides; twice or more of what honest ones take where coverage is counted. most: bytes of one. followed: packages
    whose code is to be reached.
    """

    name: str
    read: Callable[[bytes], None]
    told: tuple[str, ...] = ()
    base_s: float = 0.5
    kb_s: float = 0.1
    most: int = 16_384
    followed: tuple[str, ...] = ("dateline",)
    memory_mb: int = 2_000

    def limit_s(self, size: int) -> float:
        return self.base_s + self.kb_s * size / 1024

    def seeds(self) -> list[Path]:
        """What it is begun with, and what once broke it."""
        return sorted(path for path in (CORPUS / self.name).glob("*") if path.is_file())

    def tokens(self) -> list[bytes]:
        return [word.encode() for kind in self.told for word in _tokens()[kind]]


@cache
def _tokens() -> dict[str, list[str]]:
    return tomllib.loads((HERE / "tokens.toml").read_text(encoding="utf-8"))


TARGETS = {target.name: target for target in (
    Target("feed", readers.feed, ("feeds", "tags"), followed=("dateline", "feedparser")),
    Target("page", readers.page, ("tags",), followed=("dateline", "htmldate", "trafilatura")),
    Target("warc", readers.warc, ("records", "tags")),
    Target("json", readers.json, ("json",)),
    Target("parquet", readers.parquet),
    Target("source", readers.source, ("records", "json", "tags", "feeds")),
    Target("report", readers.report, ("heads", "dates")),
    Target("dateline", readers.dateline, ("heads", "dates"), kb_s=0.02),
    Target("dates", readers.dates, ("dates",), kb_s=0.05),
    Target("counts", readers.counts, ("numbers",), kb_s=0.05),
    Target("figures", readers.figures, ("news", "numbers", "dates"), base_s=3.0, kb_s=1.0, most=8_192, memory_mb=4_000),
    Target("sheet", readers.sheet, ("cells",), base_s=2.0, kb_s=0.2, memory_mb=3_000),
    Target("workbook", readers.workbook, ("workbooks", "cells"), base_s=2.0, kb_s=0.2, followed=("dateline", "openpyxl"),
           memory_mb=3_000),
    Target("opml", readers.opml, ("lists",), kb_s=0.02),
    Target("robots", readers.robots, ("robots",), kb_s=0.02),
)}
