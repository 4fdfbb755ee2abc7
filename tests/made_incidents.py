"""Made-up incidents for the tests of what is printed: real records, merged as a run merges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dateline.extract import Extraction
from dateline.job import run as run_job
from dateline.reconcile.merge import merge
from dateline.records import (
    Account,
    Actor,
    AsOf,
    Evidence,
    Fetched,
    Figure,
    Incident,
    Report,
    Sensitive,
    Span,
    Speaker,
    Toll,
    When,
    Where,
    Written,
)
from dateline.settings import Settings
from dateline.store import open_record

DAY = date(2024, 3, 12)
STORY = (
    "Shelling hit Port Verity on 12 March. At least 12 people were killed, the mayor said. "
    "Among the dead was Selda Oarewyn, a baker; her neighbour Tam Quillip was hurt."
)


def a_toll(low: int | None, best: int | None, high: int | None) -> Toll:
    return Toll(low, best, high, "reliable", (), (), ())


def a_when(**given: Any) -> When:
    """No day at all, unless the case gives some."""
    fields: dict[str, Any] = {
        "start": None,
        "end": None,
        "ongoing": False,
        "earliest": None,
        "latest": None,
        "candidates": (),
        "best": None,
        "precision": "unknown",
        "time_of_day": None,
        "text": None,
        "evidence": (),
    }
    return When(**{**fields, **given})


def a_where(**given: Any) -> Where:
    fields: dict[str, Any] = dict.fromkeys(Where.__dataclass_fields__)
    return Where(**{**fields, "runners_up": (), "evidence": (), **given})


def words_of(text: str, quote: str) -> Evidence:
    """The first place at which `text` says `quote`."""
    start = text.index(quote)
    return (Span(start, start + len(quote), quote),)


def a_person(name: str, text: str = STORY, **given: Any) -> Actor:
    """A named person, a victim unless the case says otherwise."""
    fields: dict[str, Any] = {
        "id": "a1",
        "role": "victim",
        "text": name,
        "person": name,
        "organisation": None,
        "group": None,
        "type": 7,
        "country": None,
        "certainty": "stated",
        "evidence": words_of(text, name),
    }
    return Actor(**{**fields, **given})


def an_attacker(words: str, **given: Any) -> Actor:
    """Attackers who are described and not named."""
    return replace(
        a_person("Tam Quillip"), id=f"a{len(words)}", text=words, **{"person": None, "role": "attacker", "type": 3, **given}
    )


def a_figure(
    words: str,
    low: int | None,
    high: int | None,
    value: int | None,
    modifier: str,
    *,
    text: str = STORY,
    speaker: str | None = "the mayor",
    **given: Any,
) -> Figure:
    who = Speaker(speaker, None, None, None, "official", None) if speaker else None
    fields: dict[str, Any] = {
        "id": f"F-{words}",
        "effect": "killed",
        "who": "people",
        "of": None,
        "side": "unknown",
        "scope": "incident",
        "part_of": None,
        "includes_attackers": None,
        "standing": "stands",
        "supersedes": (),
    }
    return Figure(
        low=low,
        high=high,
        value=value,
        modifier=modifier,
        words=words,
        speaker=speaker,
        speakers=(who,) if who else (),
        as_of=AsOf(DAY.isoformat(), DAY.isoformat()),
        evidence=words_of(text, words),
        **{**fields, **given},
    )


def an_account(text: str = STORY, *, report: str = "R1", **given: Any) -> Account:
    """The shelling of Port Verity, its evidence the whole text."""
    fields: dict[str, Any] = {
        "id": f"A-{report}",
        "kind": "shelling/artillery/missile attack",
        "status": "happened",
        "told_as": "news",
        "nature": "political",
        "headline": "shelling, Port Verity",
        "when": a_when(earliest=DAY, latest=DAY, best=DAY, precision="day", text="12 March"),
        "where": a_where(
            text="Port Verity",
            name="Port Verity",
            kind="city",
            country="XA",
            lat=10.0,
            lon=20.0,
            radius_km=5.0,
            precision=1,
        ),
        "actors": (),
        "targets": (),
        "weapons": (),
        "affected": (),
        "figures": (),
        "responsibility": (),
        "occurrence": (),
        "sensitive": (),
        "evidence": (Span(0, len(text), text),),
    }
    fields.update(given)
    fields.setdefault("acts", (fields["kind"],))
    return Account(report=report, **fields)


def a_sensitive(name: str, text: str = STORY, kind: str = "victim or witness name") -> Sensitive:
    return Sensitive(kind, words_of(text, name))  # type: ignore[arg-type]  # the cases write real kinds


def a_report(text: str = STORY, *, id: str = "R1", **given: Any) -> Report:
    fields: dict[str, Any] = {
        "source": f"reports/{id}.txt",
        "outlet": "Verity Post",
        "agency": None,
        "byline": None,
        "title": "Shells hit port",
        "language": "en",
        "dateline": None,
        "published_at": datetime(2024, 3, 12, 9, tzinfo=UTC),
        "page_date": None,
        "written": Written(DAY, DAY, (), "metadata"),
    }
    return Report(id=id, text=text, fetched=Fetched(datetime(2024, 3, 13, tzinfo=UTC), "0" * 64), **{**fields, **given})


def an_incident(
    accounts: Sequence[Account] | None = None, reports: Sequence[Report] | None = None, **given: Any
) -> Incident:
    """DTL-1 as a run would hold it; `given` replaces any of its fields afterwards."""
    accounts = accounts or [an_account()]
    held = {report.id: report for report in reports or [a_report(id=account.report) for account in accounts]}
    return replace(merge("DTL-1", accounts, held), **given)


def a_record(path: Path, account: Account, report: Report, settings: Settings | None = None) -> Path:
    """A record at `path` as a run leaves it that read `report` and found `account` in it."""

    def read(source: object, **_: Any) -> Iterator[Report]:
        yield report

    def extract_all(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
        for one in reports:
            yield one, Extraction((account,), ())

    with open_record(path) as store:
        run_job(["made"], store, settings or Settings(), on_problem=print, read=read, extract_all=extract_all)
    return path
