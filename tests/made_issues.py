"""Editions, briefings and issues for tests: real types, invented news."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateline.records.briefing import EVERYTHING, Bounds, Briefing, Item, Line, Window
from dateline.records.mailing import Edition, Edits, Issue

DAY = date(2024, 3, 12)
COMPOSED = datetime(2024, 3, 13, 6, 0, 5, tzinfo=UTC)


def a_window(day: date = DAY, **given: Any) -> Window:
    """By the record's clock: the 24 hours up to `kept_until`."""
    until = given.pop("kept_until", COMPOSED)
    since = given.pop("kept_since", until - timedelta(days=1) if until else None)
    return Window(**({"first": day, "last": day, "kept_since": since, "kept_until": until} | given))


def an_item(number: int = 1, **given: Any) -> Item:
    heading = given.pop("heading", f"Shelling, Port Verity, Arden, 12 Mar 2024 ({number})")
    fields: dict[str, Any] = {
        "id": f"DTL-{number}", "section": "new", "path": f"/incidents/DTL-{number}", "heading": heading,
        "lines": (Line("At least 12 people were killed, the mayor said.", ("Hawk Wire",)),), "importance": 12.0 / number,
        "incident": f"DTL-{number}", "country": "ML", "killed": Bounds(12, 12, None), "counts": True, "day": DAY,
    }
    return Item(**(fields | given))


def a_briefing(*items: Item, **given: Any) -> Briefing:
    fields: dict[str, Any] = {
        "title": "Daily briefing, 12 March 2024", "frequency": "daily", "window": a_window(), "coverage": EVERYTHING,
        "length": "everything", "headline": ("At least 12 people were killed in 1 incident.",) if items else (), "items": items,
        "left_out": 0, "late": 0, "weeks": (), "days": (), "withheld": "",
    }
    return Briefing(**(fields | given))


def an_edition(slug: str = "arden", **given: Any) -> Edition:
    return Edition(**({"slug": slug, "title": "Arden briefing"} | given))


def an_issue(briefing: Briefing | None = None, **given: Any) -> Issue:
    briefing = briefing if briefing is not None else a_briefing(an_item())
    fields: dict[str, Any] = {
        "id": 0, "edition": "arden", "frequency": briefing.frequency, "day": briefing.window.last, "state": "draft",
        "briefing": briefing, "edits": Edits(), "composed_at": COMPOSED,
    }
    return Issue(**(fields | given))
