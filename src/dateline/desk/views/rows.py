"""Rows of a list of incidents, in words that keep their doubt. Pure: a `Listed` of the store -> what the template prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dateline.publish.safe import plain
from dateline.publish.words import between_words, bounds_words, day_words
from dateline.store.listed import Listed


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in a list; templates/macros/incidents.html prints it."""

    url: str
    id: str
    headline: str
    kind: str
    status: str
    told_as: str
    when: str
    when_sure: bool
    date: str | None
    where: str
    precision: int | None
    killed: str | None
    injured: str | None
    reports: int
    copies: int
    origins: int
    review: str
    disagreements: int
    changed: str | None
    groups: tuple[str, ...]


def row_of(listed: Listed, group_name: Callable[[str], str | None], seen_at: datetime | None = None) -> Row:
    """seen_at: the reader's last visit; what is new or changed since then is marked."""
    return Row(
        url=f"/incidents/{listed.id}", id=listed.id, headline=plain(listed.headline), kind=listed.kind, status=listed.status,
        told_as=listed.told_as, when=day_words(listed.best) if listed.best else between_words(listed.earliest, listed.latest),
        when_sure=listed.best is not None and listed.earliest == listed.latest,
        date=listed.best.isoformat() if listed.best else None, where=where_words_of(listed), precision=listed.precision,
        killed=bounds_words(*listed.killed), injured=bounds_words(*listed.injured), reports=listed.reports,
        copies=listed.reports - listed.stories, origins=listed.origins, review=listed.review, disagreements=listed.disagreements,
        changed=_changed(listed, seen_at), groups=tuple(plain(group_name(one) or one) for one in listed.groups))


def where_words_of(listed: Listed) -> str:
    parts = dict.fromkeys(plain(part) for part in (listed.place, listed.admin1, listed.country) if part)
    return ", ".join(parts) or "place unknown"


def _changed(listed: Listed, seen_at: datetime | None) -> str | None:
    if seen_at is None or listed.changed_at is None or listed.changed_at <= seen_at:
        return None
    return "new" if listed.held_at is not None and listed.held_at > seen_at else "changed"
