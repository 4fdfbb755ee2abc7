"""Real records with what a case does not care about filled in."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from dateline.records import (
    Account,
    Actor,
    AsOf,
    Fetched,
    Figure,
    Report,
    Responsibility,
    Span,
    Speaker,
    Target,
    When,
    Where,
    Written,
)

KABUL = {"name": "Kabul", "country": "AF", "lat": 34.528, "lon": 69.172, "gazetteer_id": "t:kabul"}
PORT_VERITY = {"name": "Port Verity", "country": "XA", "lat": 10.0, "lon": 20.0, "gazetteer_id": "t:verity"}
ARDEN = {"name": "Arden", "country": "XA", "lat": 13.0, "lon": 20.0, "gazetteer_id": "t:arden"}

_BOUNDS = {
    "exact": lambda n: (n, n), "at_least": lambda n: (n, None), "more_than": lambda n: (n + 1, None),
    "nearly": lambda n: (None, n), "up_to": lambda n: (None, n), "about": lambda n: (n, n),
    "word": lambda n: (None, None),
}


def a_span(quote: str = "words", start: int = 0) -> tuple[Span, ...]:
    return (Span(start, start + len(quote), quote),)


def a_day(day: str | None = "2018-01-27", latest: str | None = None, *, candidates: tuple[str, ...] = (),
          told: bool = True) -> When:
    """One day, a span of days (day, latest), some candidate days, or no day at all (None)."""
    first = date.fromisoformat(day) if day else None
    last = date.fromisoformat(latest) if latest else first
    listed = tuple(date.fromisoformat(one) for one in candidates)
    if listed:
        first, last = min(listed), max(listed)
    best = first if first == last else None
    precision = "day" if best else "days" if first else "unknown"
    return When(None, None, False, first, last, listed, best, precision, None, "a day" if told else None,
                a_span() if told else ())


def a_place(**given: Any) -> Where:
    fields: dict[str, Any] = {
        "text": given.get("name"), "name": None, "kind": "city", "country": None, "admin1": None, "admin2": None,
        "lat": None, "lon": None, "radius_km": 5.0, "gazetteer_id": None, "precision": 1, "runners_up": (),
        "evidence": (),
    }
    return Where(**{**fields, **given})


def an_actor(role: str = "attacker", text: str = "gunmen", *, id: str = "a1", **given: Any) -> Actor:
    fields: dict[str, Any] = {"person": None, "organisation": None, "group": None, "type": 3, "country": None,
                              "certainty": "stated", "evidence": a_span(text)}
    return Actor(id=id, role=role, text=text, **{**fields, **given})  # type: ignore[arg-type]


def a_speaker(text: str, kind: str = "official", party: str | None = None, person: str | None = None) -> Speaker:
    return Speaker(text, person, None, None if person else text, kind, party)  # type: ignore[arg-type]


def a_figure(value: int | None = 10, modifier: str = "exact", *, effect: str = "killed", speaker: Speaker | None = None,
             as_of: str | None = None, id: str | None = None, **given: Any) -> Figure:
    """A count of people. The bounds follow from value and modifier unless low and high are given."""
    low, high = _BOUNDS[modifier](value) if modifier in _BOUNDS else (None, None)
    fields: dict[str, Any] = {
        "who": "people", "of": None, "side": "unknown", "low": low, "high": high, "scope": "incident", "part_of": None,
        "includes_attackers": None, "standing": "stands", "supersedes": (),
        "words": f"{modifier} {value}",
    }
    fields.update(given)
    said = (effect, value, modifier, speaker and speaker.text, as_of, sorted(given.items(), key=str))
    told = "|".join(map(str, said))
    name = id or "F" + hashlib.sha256(told.encode()).hexdigest()[:8]
    return Figure(id=name, effect=effect, value=value, modifier=modifier,  # type: ignore[arg-type]
                  speaker=speaker.text if speaker else None, speakers=(speaker,) if speaker else (),
                  as_of=AsOf(as_of, as_of), evidence=a_span(fields["words"]), **fields)


def a_target(text: str) -> Target:
    return Target(text, None, None, None, a_span(text))


def a_claim(group: str, speaker: str | None = None, stance: str = "claimed") -> Responsibility:
    return Responsibility(stance, group, group, speaker, AsOf(None, None), a_span(group))  # type: ignore[arg-type]


def an_account(*figures: Figure, report: str = "R1", id: str | None = None, **given: Any) -> Account:
    """A suicide bombing in Kabul on 27 January 2018, unless the case says otherwise."""
    fields: dict[str, Any] = {
        "kind": "suicide bomb", "status": "happened", "told_as": "news", "nature": "political",
        "headline": "suicide bombing, Kabul", "when": a_day(), "where": a_place(**KABUL), "actors": (), "targets": (),
        "weapons": (), "affected": (), "responsibility": (), "occurrence": (), "sensitive": (), "evidence": a_span(),
    }
    fields.update(given)
    fields.setdefault("acts", (fields["kind"],))
    if "headline" not in given:
        fields["headline"] = f"{fields['kind']}, {fields['where'].name}"
    name = id or "A" + hashlib.sha256(f"{report}{fields}".encode()).hexdigest()[:16]
    return Account(id=name, report=report, figures=figures, **fields)


def a_report(text: str = "Something happened.", *, id: str | None = None, published: str | None = None,
             written: str | None = None, candidates: tuple[str, ...] = (), **given: Any) -> Report:
    """published: "2018-01-27T15:00"; written: a day; candidates: days, where the dateline has no year."""
    at = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    day = date.fromisoformat(written) if written else at.date() if at else None
    days = tuple(date.fromisoformat(one) for one in candidates)
    fields: dict[str, Any] = {
        "source": "file.txt", "fetched": Fetched(datetime(2020, 1, 1, tzinfo=UTC), "0" * 64), "outlet": "Verity Post",
        "agency": None, "byline": None, "title": None, "language": "en", "dateline": None, "page_date": None,
        "written": Written(day or min(days, default=None), day or max(days, default=None), days, "metadata"),
    }
    fields.update(given)
    name = id or "R" + hashlib.sha256((text + str(published) + str(fields["outlet"])).encode()).hexdigest()[:16]
    return Report(id=name, text=text, published_at=at, **fields)
