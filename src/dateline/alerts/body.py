"""An alert as a webhook is sent it: JSON, version 1. Fields may be added to a version; none changes or goes (docs/alerts.md)."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from dateline.alerts.deciding import News
from dateline.alerts.mails import incident_url
from dateline.alerts.words import outlets_of, sentences, short, title_of
from dateline.publish.brief.coverage import told_of
from dateline.publish.safe import plain
from dateline.publish.withhold import Published
from dateline.publish.words import toll_words, when_words, where_words
from dateline.records import Toll
from dateline.records.mailing import Watch
from dateline.settings import Settings

VERSION = 1
MOST_BYTES = 100_000
MOST_OUTLETS = 100


def body_of(news: News, settings: Settings, at: datetime) -> str:
    """What is sent. Its `delivery` names it: the same however often it is sent."""
    told = {
        **_envelope("update" if news.before else "new", news.watch, at), "number": news.count,
        "incident": _incident(news.published, settings) if news.published else None,
        "incident_id": news.incident, "url": incident_url(news.incident, settings), "state": news.facts.state,
        "merged": [one.incident for one in news.merged], "place_is": news.concern.sure, "changes": list(map(short, news.changes)),
        "sentences": sentences(news.published) if news.published else [],
    }
    line = _line(told)
    return line if len(line.encode()) <= MOST_BYTES else _line(told | {"sentences": [], "changes": told["changes"][:20]})


def trial_body(watch: Watch, at: datetime) -> str:
    """What an editor's button sends: no incident is in it."""
    return _line(_envelope("test", watch, at))


def _envelope(event: str, watch: Watch, at: datetime) -> dict[str, Any]:
    return {"version": VERSION, "event": event, "delivery": secrets.token_hex(16),
            "told_at": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "watch": {"id": watch.id, "name": plain(watch.name)}}


def _incident(published: Published, settings: Settings) -> dict[str, Any]:
    one, told = published.incident, told_of(published.incident)
    outlets, when, where = outlets_of(one), one.when, one.where
    return {
        "id": one.id, "url": incident_url(one.id, settings), "title": title_of(one), "kind": one.kind, "status": one.status,
        "review": one.review.state, "facts_changed_since_review": one.review.changed_at is not None,
        "killed": _toll(one.toll.killed), "injured": _toll(one.toll.injured),
        "when": {"words": when_words(when), "best": _day(when.best), "earliest": _day(when.earliest),
                 "latest": _day(when.latest)},
        "where": {"words": plain(where_words(where)), "name": where.name, "country": where.country, "admin1": where.admin1,
                  "admin2": where.admin2, "lat": where.lat, "lon": where.lon, "radius_km": where.radius_km,
                  "precision": where.precision, "sheltered": published.sheltered},
        "groups": told.groups, "affected": told.affected,
        "responsibility": [{"of": said.of, "name": short(said.name, 200), "stance": said.stance, "counts": said.aside is None,
                            "denied": bool(said.denied_by)}
                           for said in ((*one.attribution.by, *one.attribution.set_aside) if one.attribution else ())][:50],
        "outlets": list(outlets[:MOST_OUTLETS]), "reports": one.sources.reports, "names_withheld": published.withheld,
    }


def _toll(toll: Toll) -> dict[str, Any]:
    return {"low": toll.low, "best": toll.best, "high": toll.high, "words": toll_words(toll)}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))
