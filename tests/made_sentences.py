"""Made-up accounts for the sentences of a briefing, as short as a desk editor would put them: Port Verity, the Vale Front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from dateline.publish.withhold import withhold
from dateline.reconcile.merge import merge
from dateline.records import (
    Account,
    Actor,
    AsOf,
    Figure,
    GroupStatement,
    Incident,
    Report,
    Responsibility,
    Sensitive,
    Span,
    Speaker,
    Where,
    Written,
)
from made_incidents import a_person, a_report, a_where, an_account

DAY, NEXT = date(2024, 3, 12), date(2024, 3, 13)
GROUPS = {"vale-front": "Vale Front", "coast-army": "Coast Army", "taliban": "Taliban"}
VICTIM, HURT = "Selda Oarewyn", "Tam Quillip"
VERITY = a_where(text="Port Verity", name="Port Verity", kind="city", lat=10.0, lon=20.0, radius_km=5.0, precision=1)
SHELL = "shelling/artillery/missile attack"


def name_of(group: str) -> str | None:
    return GROUPS.get(group)


# Counts

def exactly(number: int) -> dict[str, Any]:
    return {"words": str(number), "low": number, "high": number, "value": number, "modifier": "exact"}


def at_least(number: int) -> dict[str, Any]:
    return {"words": f"at least {number}", "low": number, "high": None, "value": number, "modifier": "at_least"}


def more_than(number: int) -> dict[str, Any]:
    return {"words": f"more than {number}", "low": number + 1, "high": None, "value": number, "modifier": "more_than"}


def nearly(number: int) -> dict[str, Any]:
    return {"words": f"nearly {number}", "low": None, "high": number, "value": number, "modifier": "nearly"}


def up_to(number: int) -> dict[str, Any]:
    return {"words": f"up to {number}", "low": None, "high": number, "value": number, "modifier": "up_to"}


def about(number: int) -> dict[str, Any]:
    return {"words": f"about {number}", "low": number, "high": number, "value": number, "modifier": "about"}


def between(low: int, high: int) -> dict[str, Any]:
    return {"words": f"{low} to {high}", "low": low, "high": high, "value": None, "modifier": "range"}


def word(words: str) -> dict[str, Any]:
    return {"words": words, "low": None, "high": None, "value": None, "modifier": "word"}


# Speakers

def body(name: str, party: str | None = None) -> Speaker:
    return Speaker(name, None, None, name, "official", party)


def spokesman(of: str, person: str) -> Speaker:
    return Speaker(f"{of} spokesman {person}", person, "spokesman", of, "official", None)


def minister(office: str, person: str) -> Speaker:
    return Speaker(f"{office} {person}", person, office, None, "official", None)


def group(group_id: str) -> Speaker:
    return Speaker(GROUPS[group_id], None, None, GROUPS[group_id], "armed group", group_id)


def witness(person: str | None, words: str) -> Speaker:
    return Speaker(words, person, None, None, "witness", None)


MINISTRY, HEALTH, POLICE = body("Public Health Ministry"), body("Health Ministry"), body("police")
MAYOR = Speaker("the mayor", None, "mayor", None, "official", None)


def count(number: dict[str, Any], *by: Speaker, effect: str = "killed", hours: tuple[str, str] | None = None, day: date = DAY,
          **given: Any) -> Figure:
    """One count; without a speaker the report gives it in its own voice. hours: ("17:00", "20:59") of the day."""
    first, last = (f"{day}T{hours[0]}", f"{day}T{hours[1]}") if hours else (day.isoformat(), day.isoformat())
    fields: dict[str, Any] = {
        "id": f"F-{effect}-{number['words']}-{'-'.join(one.text for one in by)}", "effect": effect, "who": "people", "of": None,
        "side": "unknown", "scope": "incident", "part_of": None, "includes_attackers": None, "standing": "stands",
        "supersedes": (), "speaker": " and ".join(one.text for one in by) or None, "speakers": by, "as_of": AsOf(first, last),
        "evidence": (), **number}
    return Figure(**{**fields, **given})


EVENING, LATE = ("17:00", "20:59"), ("21:00", "23:59")


# Who did it

def said(stance: str, of: str | None, by: str | None = None, text: str | None = None, day: date = DAY) -> Responsibility:
    named = GROUPS.get(of or "", of or "somebody")
    return Responsibility(stance, text or f"{named} {stance} it", of, by, AsOf(day.isoformat(), day.isoformat()), ())  # type: ignore[arg-type]


def attacker(text: str, **given: Any) -> Actor:
    return replace(a_person(HURT), **{"id": f"a-{text}", "role": "attacker", "text": text, "person": None, "type": 3,
                                      "organisation": None, **given})


# Reports and incidents

@dataclass(frozen=True)
class Told:
    account: Account
    report: Report


def told(*figures: Figure, outlet: str | None = "Verity Post", day: date = DAY, id: str | None = None, **given: Any) -> Told:
    """What one report tells: shelling in Port Verity on 12 March 2024, and what the case gives of it."""
    name = id or f"R-{outlet}-{day}"
    of_report = {key: given.pop(key) for key in ("copy_of", "version_of", "update_kind", "agency") if key in given}
    report = a_report(id=name, outlet=outlet, published_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
                      written=Written(day, day, (), "metadata"), **of_report)
    return Told(an_account(report=name, **{"where": VERITY, "figures": figures, **given}), report)


def an_incident_of(*reports: Told, **given: Any) -> Incident:
    """DTL-1 as a run makes it of these reports, without what may not be shown; `given` replaces fields."""
    held = merge("DTL-1", [one.account for one in reports], {one.report.id: one.report for one in reports})
    return withhold(replace(held, **given)).incident


def somewhere(**given: Any) -> Where:
    return replace(VERITY, **given)


def a_statement(attribute: str, value: dict[str, Any], by: str | None = None, as_of: str | None = DAY.isoformat(),
                of: str | None = "vale-front") -> GroupStatement:
    return GroupStatement("S1", "R1", of, GROUPS.get(of or "", "Vale Front"), attribute, value, AsOf(as_of, as_of), by, ())  # type: ignore[arg-type]


def private(name: str) -> Sensitive:
    """A mark that says: this name is a victim's or a witness's."""
    return Sensitive("victim or witness name", (Span(0, len(name), name),))


def texts(lines: Sequence[Any]) -> list[str]:
    return [line.text for line in lines]
