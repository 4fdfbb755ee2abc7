"""Records for tests of the store and of the run: real types, invented news.

One line of a made-up report's text is one account: "2024-03-12 | shelling/artillery/missile attack | Port Verity | 12".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from dateline.records import (
    Account,
    Actor,
    Affected,
    AsOf,
    Fetched,
    Figure,
    GroupStatement,
    Report,
    Sensitive,
    Span,
    When,
    Where,
    Written,
)
from dateline.store import open_record

POINTS = {"Port Verity": (12.5, 41.25), "Arden": (13.0, 42.0), "Lower Quill": (-2.125, 30.0)}
SHELLING = "shelling/artillery/missile attack"


@dataclass(frozen=True)
class Told:
    """What a fake extraction gives; the shape of dateline.extract.Extraction."""

    accounts: tuple[Account, ...] = ()
    group_statements: tuple[GroupStatement, ...] = ()


def a_report(text: str = "2024-03-12 | attack | Arden | 3", **given: Any) -> Report:
    source = given.pop("source", "reports/a.txt")
    fields: dict[str, Any] = {
        "id": "R" + hashlib.sha256(f"{source}\0{text}".encode()).hexdigest()[:16], "source": source,
        "fetched": Fetched(datetime(2024, 3, 15, 9, tzinfo=UTC), "0" * 64), "outlet": "Arden Post", "agency": None,
        "byline": None, "title": "What happened", "language": "en", "dateline": None, "published_at": None,
        "page_date": None, "written": Written(date(2024, 3, 13), date(2024, 3, 13), (), "metadata"), "text": text,
    }
    return Report(**{**fields, **given})


def a_when(first: date | None, last: date | None = None, candidates: tuple[date, ...] = (), **given: Any) -> When:
    fields: dict[str, Any] = {
        "start": None, "end": None, "ongoing": False, "earliest": first, "latest": last or first,
        "candidates": candidates, "best": first if first and not candidates and last in (None, first) else None,
        "precision": "day" if first else "unknown", "time_of_day": None, "text": "that day" if first else None,
        "evidence": (Span(0, 4, "that"),),
    }
    return When(**{**fields, **given})


def a_where(name: str | None, country: str | None = "XA", **given: Any) -> Where:
    lat, lon = POINTS.get(name or "", (None, None))
    fields: dict[str, Any] = {
        "text": name, "name": name, "kind": "city", "country": country, "admin1": None, "admin2": None, "lat": lat,
        "lon": lon, "radius_km": 5.0, "gazetteer_id": f"made:{name}", "precision": 1, "runners_up": (),
        "evidence": (Span(0, 4, "that"),),
    }
    return Where(**{**fields, **given})


def a_figure(killed: int, **given: Any) -> Figure:
    fields: dict[str, Any] = {
        "id": "f1", "effect": "killed", "who": "people", "of": None, "side": "unknown", "low": killed, "high": killed,
        "value": killed, "modifier": "exact", "words": str(killed), "scope": "incident", "part_of": None,
        "includes_attackers": None, "standing": "stands", "supersedes": (), "speaker": "the mayor", "speakers": (),
        "as_of": AsOf(None, None), "evidence": (Span(0, 4, "that"),),
    }
    return Figure(**{**fields, **given})


def an_account(report: Report, position: int = 0, *, kind: str = "attack", when: When | None = None,
               where: Where | None = None, killed: int = 3, group: str | None = None, **given: Any) -> Account:
    actor = Actor("a1", "attacker", "fighters", None, None, group, 3, None, "stated", (Span(0, 4, "that"),))
    fields: dict[str, Any] = {
        "id": "A" + hashlib.sha256(f"{report.id} {position}".encode()).hexdigest()[:16], "report": report.id,
        "kind": kind, "acts": (kind,), "status": "happened", "told_as": "news", "nature": "political",
        "headline": f"{kind}, {where.name if where else 'Arden'}", "when": when or a_when(date(2024, 3, 12)),
        "where": where or a_where("Arden"), "actors": (actor,), "targets": (), "weapons": (), "affected": (),
        "figures": (a_figure(killed),), "responsibility": (), "occurrence": (), "sensitive": (),
        "evidence": (Span(0, 4, "that"),),
    }
    return Account(**{**fields, **given})


def a_statement(report: Report, group: str, since: str | None = None, position: int = 0) -> GroupStatement:
    return GroupStatement(f"G{report.id}{position}", report.id, group, "the fighters", "leader",
                          {"name": "M. Quill", "since": None, "until": None, "fate": None}, AsOf(since, since), None,
                          (Span(0, 4, "that"),))


def told_in(report: Report) -> Told:
    """A fake extraction: one account a line of the text."""
    accounts = []
    for position, line in enumerate(line for line in report.text.splitlines() if line.count("|") == 3):
        day, kind, place, killed = (part.strip() for part in line.split("|"))
        accounts.append(an_account(report, position, kind=kind, when=a_when(date.fromisoformat(day)),
                                   where=a_where(place), killed=int(killed)))
    return Told(tuple(accounts))


def extract_all(reports: Iterable[Report]) -> Iterator[tuple[Report, Told]]:
    for report in reports:
        yield report, told_in(report)


def some_incidents(path):
    """Make the record `path`, of incidents with several days possible, without a place, at a shelter, told twice, removed."""
    few = (date(2021, 8, 30), date(2022, 8, 30))
    shelter = Sensitive("shelter", (Span(0, 4, "that"),))
    told = [
        {"killed": 12, "group": "vale-front", "affected": (Affected("school", "school", ()),)},
        {"when": a_when(few[0], few[1], few), "where": a_where("Port Verity")},
        {"when": a_when(None), "where": a_where(None, None), "figures": ()},
        {"when": a_when(date(2024, 5, 1)), "where": a_where("Lower Quill", "XB", admin1="Quill"), "sensitive": (shelter,)},
        {"when": a_when(date(2024, 6, 1)), "figures": (a_figure(0), a_figure(3, id="f2", side="civilians"))},
        {"when": a_when(date(2019, 1, 1))},
    ]
    with open_record(path) as store:
        for number, given in enumerate([*told, told[0] | {"killed": 14}]):
            report = a_report(source=f"{number}", outlet=f"Outlet {number}")
            store.keep(report, Told((an_account(report, **given),)), extracted="done")
            with store.reconciling() as reconciling:
                reconciling.reconcile(reconciling.unreconciled(), "reliable", datetime(2024, 7, number + 1, tzinfo=UTC))
        store.keep(a_report(source="5", outlet="Outlet 5"), Told(), extracted="done")
