"""Columns and code lists as shared/conventions.md tells them; tests that need it are skipped where it is not there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOTS = [Path(os.environ.get("DATELINE_SHARED", "")), *(up / "shared" for up in Path(__file__).resolve().parents)]
FOUND = next((root / "conventions.md" for root in ROOTS if str(root) != "." and (root / "conventions.md").is_file()), None)
needs_conventions = pytest.mark.skipif(FOUND is None, reason="shared/conventions.md is not beside this checkout")


def section(number: int) -> str:
    assert FOUND is not None
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", FOUND.read_text(encoding="utf-8"), re.M | re.S)
    assert found
    return found[0]


def acled_columns() -> list[str]:
    """The 31 columns in their order; rows of the table may tell of several."""
    table = re.search(r"\| # \| column .*?\n\n", section(1), re.S)
    assert table
    cells = [line.split("|")[2] for line in table[0].splitlines()[2:] if line.startswith("|")]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def acled_kinds() -> dict[str, tuple[str, str]]:
    """sub_event_type -> (event_type, disorder_type)"""
    found: dict[str, tuple[str, str]] = {}
    event = ""
    for first, second, third in re.findall(r"^\| *(`[^|]*`|) *\| (`[^|]*`) \| ([A-Z][^|]*) \|$", section(1), re.M):
        event = first.strip("`") or event
        found |= {name: (event, third.strip()) for name in re.findall(r"`([^`]+)`", second)}
    return found


def actor_types() -> list[str]:
    told = re.search(r"\*\*Actor types\*\* \(`inter`\): (.*?)\. ", section(1), re.S)
    assert told
    return re.findall(r"\d `([^`]+)`", told[1])


def scales() -> list[str]:
    told = re.search(r"\*\*`source_scale`\*\* values: (.*?), joined", section(1), re.S)
    assert told
    return re.findall(r"`([^`]+)`", told[1])


def ucdp_columns() -> list[str]:
    table = re.search(r"\| column \| type .*?\n\n", section(2), re.S)
    assert table
    return [name for line in table[0].splitlines()[2:] if line.startswith("|")
            for name in re.findall(r"`(\w+)`", line.split("|")[1])]


def plover_fields() -> dict[str, set[str]]:
    """object -> its fields"""
    told = re.findall(r"^\| (event|entity|text_info|size|cite_info|event_loc) \| (.*) \|$", section(4), re.M)
    return {name: set(re.findall(r"`(\w+)`", fields)) for name, fields in told}


def plover_modes() -> dict[str, set[str]]:
    rows = re.findall(r"^\| `([A-Z]+)`[^|]*\|[^|]*\| ([^|]*) \|$", section(4), re.M)
    return {name: set(re.findall(r"`([a-z-]+)`", modes)) for name, modes in rows}


def hxl_tags() -> set[str]:
    return set(re.findall(r"`(#[a-z0-9+_]+)`", section(6)))
