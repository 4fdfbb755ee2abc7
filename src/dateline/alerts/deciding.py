"""What each watch is to be told of incidents that changed, and what has to wait. Pure.

There is one alert a watch and incident: the first time it is told, then again when what was told is no longer so, and not sooner
than some time after. Where incidents were merged the alert of the one that went goes on as that of the one that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dateline.alerts.facts import GONE, Facts, differences, facts_of, shown_places
from dateline.alerts.match import Concern, concerned, is_news
from dateline.alerts.words import merged_line
from dateline.publish.withhold import Published
from dateline.records import to_line
from dateline.records.codec import from_line
from dateline.records.mailing import Notice, Watch


@dataclass(frozen=True, slots=True)
class Changed:
    """What is known of some incidents that changed.

    shown: those held, as they may be shown. heirs: of those held no more, the incident that has most of their accounts.
    notices: incident -> watch -> what it was told of it last; of incidents held no more too.
    """

    shown: Mapping[str, Published]
    gone: frozenset[str]
    heirs: Mapping[str, str]
    notices: Mapping[str, Mapping[int, Notice]]


@dataclass(frozen=True, slots=True)
class News:
    """What a watch is to be told of an incident. before: None the first time. published: None where it is held no more.

    changes: sentences, of an update alone. merged: notices of incidents that are this one now.
    """

    concern: Concern
    incident: str
    published: Published | None
    facts: Facts
    before: Notice | None = None
    changes: tuple[str, ...] = ()
    merged: tuple[Notice, ...] = ()

    @property
    def watch(self) -> Watch:
        return self.concern.watch

    @property
    def count(self) -> int:
        """Of notices, this one included."""
        return self.before.count + 1 if self.before else 1


@dataclass
class Decided:
    """later: incidents of which an update is due at that time."""

    news: list[News] = field(default_factory=list)
    later: dict[str, datetime] = field(default_factory=dict)


def decide(changed: Changed, watches: Iterable[Watch], at: datetime, *, update_minutes: float, late_days: int) -> Decided:
    """The news, by incident and watch. watches: those that tell somebody."""
    decided, active = Decided(), {watch.id: watch for watch in watches if not watch.paused}
    pause = timedelta(minutes=update_minutes)

    def tell(news: News) -> None:
        due = news.before.at + pause if news.before else at
        if due <= at:
            decided.news.append(news)
        else:
            decided.later[news.incident] = min(due, decided.later.get(news.incident, due))

    for name, published in changed.shown.items():
        facts, places = facts_of(published), shown_places(published)
        was = [old for old, heir in changed.heirs.items() if heir == name]
        concerns = concerned(active.values(), published) if is_news(published.incident, at.date(), late_days) else ()
        by_watch = {one.watch.id: one for one in concerns}
        told = {number for one in (name, *was) for number in changed.notices.get(one, {}) if number in active}
        for number in sorted({*by_watch, *told}):
            concern = by_watch.get(number) or Concern(active[number])
            news = _of_held(News(concern, name, published, facts), changed, was, places)
            if news.before is None or news.changes:
                tell(news)
    for name in sorted(changed.gone - set(changed.heirs)):
        for number, notice in changed.notices.get(name, {}).items():
            if number in active and (lines := differences(from_line(Facts, notice.facts), GONE, frozenset())):
                tell(News(Concern(active[number]), name, None, GONE, notice, lines))
    return decided


def _of_held(news: News, changed: Changed, was: Sequence[str], places: frozenset[str]) -> News:
    """`news`, as of an incident never told, with what was told before; without changes where nothing is to be told.

    was: the incidents that are this one now. places: words of places that may be repeated.
    """
    number, name, facts = news.watch.id, news.incident, news.facts
    own = changed.notices.get(name, {}).get(number)
    merged = tuple(notice for old in was if (notice := changed.notices.get(old, {}).get(number))
                   and from_line(Facts, notice.facts).into != name)
    before = own or max(merged, key=lambda notice: notice.at, default=None)
    if before is None:
        return news
    told = from_line(Facts, before.facts)
    if own is None:
        told = replace(told, corrected=facts.corrected)     # corrections of another incident
    lines = (*(merged_line(notice.incident, name) for notice in merged), *differences(told, facts, places))
    return replace(news, before=before, changes=lines, merged=merged)


def notices_of(news: News, at: datetime, message_id: str | None) -> list[Notice]:
    """What is kept of `news` that was told. message_id: of the mail that it is in."""
    first = news.before.message_id if news.before else message_id
    kept = [Notice(news.watch.id, news.incident, at, to_line(news.facts), news.count, first or message_id)]
    for one in news.merged:
        into = replace(from_line(Facts, one.facts), state="merged", into=news.incident)
        kept.append(replace(one, facts=to_line(into)))
    return kept
