"""What every export says of itself: filter, rows, version, licence, handling mark, and what was left out or withheld."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from dateline.publish.export.cells import instant
from dateline.publish.safe import plain
from dateline.reconcile.views import View

SCHEMA = "dateline export 1"      # of columns and side files; docs/exports.md
CREDITS = (
    "Contains data of GeoNames, https://www.geonames.org, licensed under CC BY 4.0",
    "Made with Natural Earth, https://www.naturalearthdata.com",
    "Names and ids of armed groups: UN Security Council Consolidated List; UCDP Actor Dataset (CC BY 4.0)",
)
NO_LICENCE = "none stated; the words of reports are their outlets'"


@dataclass(frozen=True, slots=True)
class About:
    """What is known before an export is written."""

    made_at: datetime             # aware
    filter: Mapping[str, Any] = field(default_factory=dict)      # as `filter_told` gives it
    view: View = field(default_factory=View)
    licence: str | None = None
    handling: str | None = None   # "TLP:GREEN"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. rows: by table ("incidents", "figures"); left_out: what a shape cannot hold, by what it is."""

    shape: str
    incidents: int                # that were asked for
    rows: Mapping[str, int]
    left_out: Mapping[str, int]
    names: int                    # withheld, to protect people
    passages: int
    places: int


def filter_told(wanted: object) -> dict[str, Any]:
    """The fields of a filter (any dataclass) that ask something, as JSON has them."""
    assert dataclasses.is_dataclass(wanted)
    asked = ((one.name, getattr(wanted, one.name), one.default) for one in dataclasses.fields(wanted))
    return {name: _plain(value) for name, value, default in asked if value != default}


def filter_words(told: Mapping[str, Any]) -> str:
    """ "since 2024-03-12; countries AF, PK; surely"; "everything" where nothing was asked."""
    return "; ".join(_asked(name.replace("_", " "), value) for name, value in told.items()) or "everything"


def about_object(about: About, written: Written) -> dict[str, Any]:
    """The export's account of itself, for NAME.about.json and for shapes that have a place for it."""
    return {
        "schema": SCHEMA, "shape": written.shape, "version": f"dateline {code_version()}", "made_at": instant(about.made_at),
        "filter": dict(about.filter), "filter_words": filter_words(about.filter), "toll_rule": about.view.toll,
        "attribution_rule": about.view.attribution, "incidents": written.incidents, "rows": dict(written.rows),
        "left_out": dict(written.left_out),
        "withheld": {"names": written.names, "passages": written.passages, "places": written.places},
        "licence": about.licence or NO_LICENCE, "handling": about.handling, "credits": list(CREDITS)}


def about_lines(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The same as pairs of words, for a sheet or for metadata."""
    for name, value in told.items():
        if name != "filter":
            yield name, plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def code_version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:          # run from a checkout that is not installed
        return "unknown"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple | list | frozenset) else value


def _asked(name: str, value: Any) -> str:
    if value is True:
        return name
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
