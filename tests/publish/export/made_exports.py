"""Incidents to export, and exports read back as bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import IO, Any

from dateline.publish.export import About, Known, Written, write
from dateline.records import Account, Incident, Responsibility, Source, Weapon
from dateline.records.account import AsOf
from dateline.records.incident import Change
from made_incidents import (
    DAY,
    STORY,
    a_figure,
    a_person,
    a_report,
    a_when,
    a_where,
    an_account,
    an_attacker,
    an_incident,
    words_of,
)

MADE_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
ABOUT = About(MADE_AT, {"since": "2024-03-01", "countries": ["ML"]}, licence="CC BY 4.0", handling="TLP:GREEN")
PLACE = a_where(text="Port Verity", name="Port Verity", kind="city", country="ML", admin1="Arden", admin2="Verity", lat=16.27167,
                lon=-0.04472, radius_km=5.0, precision=1, gazetteer_id="geonames:77")
# Words that would run in a sheet, turn letters around, end a row, or begin a tag.
HOSTILE = "=HYPERLINK(\"https://x.example\",\"\u202egnp.exe\")\r\n@SUM(1);<script>alert('x')</script>\x07\x00\u2066"


class Kept:
    """Parts in memory."""

    def __init__(self) -> None:
        self.parts: dict[str, io.BytesIO] = {}

    def open(self, part: str) -> IO[bytes]:
        self.parts[part] = io.BytesIO()
        self.parts[part].close = lambda: None  # type: ignore[method-assign]  # shapes may close what they wrote
        return self.parts[part]

    def bytes(self, part: str = "") -> bytes:
        return self.parts[part].getvalue()

    def text(self, part: str = "") -> str:
        return self.bytes(part).decode("utf-8")

    def rows(self, part: str = "") -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text(part), newline="")))

    def lines(self, part: str = "") -> list[Any]:
        return [json.loads(line) for line in self.text(part).splitlines()]

    def about(self) -> dict[str, Any]:
        [told] = self.lines("about.json")
        return dict(told)

    def left_out(self) -> list[dict[str, Any]]:
        return self.lines("left-out.jsonl")


def exported(shape: str, *incidents: Incident, known: Known | None = None, about: About = ABOUT) -> Kept:
    return exported_with(shape, incidents, known=known, about=about)[0]


def exported_with(shape: str, incidents: Iterable[Incident], known: Known | None = None, about: About = ABOUT
                  ) -> tuple[Kept, Written]:
    kept = Kept()
    return kept, write(incidents, shape, kept, about, known=known or Known())


def an_event(accounts: Sequence[Account] | None = None, **given: Any) -> Incident:
    """The shelling of Port Verity in Mali, as a run would hold it, with a history of one line."""
    history = (Change(datetime(2024, 3, 13, 8, tzinfo=UTC), "made", "dateline", ""),)
    return an_incident(accounts or [told()], **{"history": history, **given})


def told(text: str = STORY, *, report: str = "R1", **given: Any) -> Account:
    """The mayor's 12 dead civilians of the shelling, by a known group."""
    fields: dict[str, Any] = {
        "where": PLACE,
        "actors": (an_attacker("the Vale Front", group="vale-front", organisation="Vale Front", type=2),),
        "figures": (a_figure("At least 12 people", 12, None, 12, "at_least", side="civilians", id="f1"),),
    }
    return an_account(text, report=report, **{**fields, **given})


def lasting(first: date, last: date) -> Any:
    return a_when(start=first, end=last, earliest=first, latest=first, best=first, precision="days", text="for three days")


def full_event(number: int = 1) -> Incident:
    """An incident with something in every column."""
    text = STORY + " The Vale Front claimed it with mortars."
    claimed = words_of(text, "claimed")
    claim = Responsibility("claimed", "The Vale Front claimed it", "vale-front", None, AsOf(None, None), claimed)
    mortars = (Weapon("mortars", "explosives", words_of(text, "mortars"), likely=0.04),)
    figures = (
        a_figure("At least 12 people", 12, None, 12, "at_least", text=text, side="civilians", id="f1"),
        a_figure("12", 30, 40, None, "range", text=text, effect="injured", speaker="a hospital", id="f2"),
    )
    account = told(text, figures=figures, responsibility=(claim,), weapons=mortars,
                   actors=(an_attacker("the Vale Front", group="vale-front", organisation="Vale Front", type=2),
                           replace(a_person("Selda Oarewyn", text), id="a2")))
    report = a_report(text, source="https://verity-post.example/1", title="Selda Oarewyn among the dead")
    return replace(an_event([account], id=f"DTL-{number}"), accounts=an_incident([account], [report]).accounts)


def many(count: int) -> Iterator[Incident]:
    event = full_event()
    for number in range(1, count + 1):
        yield replace(event, id=f"DTL-{number}")


class Outlets:
    """A register of one outlet."""

    def get(self, name: str | None) -> Source | None:
        known = Source("post", ("Verity Post",), "outlet", "ML", "en", "National", None, None)
        return known if name == "Verity Post" else None


__all__ = [
    "ABOUT", "DAY", "HOSTILE", "MADE_AT", "PLACE", "Kept", "Outlets", "an_event", "exported", "exported_with", "full_event",
    "lasting", "many", "told",
]
