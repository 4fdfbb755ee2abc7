"""A number of dead where a publisher's column demands one and reports have only words, and a number of days to divide it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dateline.publish.export.item import Item
from dateline.reconcile.words import words_of
from dateline.records.incident import TollRule

# After ACLED (conventions, section 1). "Several", "many", "a few", and plural deaths without a number, are SEVERAL.
WORD_NUMBERS = {"dozens": 12, "tens": 10, "scores": 20, "hundreds": 100, "thousands": 1000}
SEVERAL = 3
MOST_DAYS = 366                   # of one incident that are written a row each
LIVE_SCOPES = ("incident", "part", "increment", "one_site")


def deaths(item: Item, rule: TollRule) -> int | None:
    """The number of dead by `rule`; where only words tell of dead the least that they mean; None where nobody tells of any."""
    toll = item.toll(rule)
    if toll.best is not None:
        return toll.best
    if toll.low:
        return toll.low
    words = [number_of(figure.words) for joined in item.incident.accounts for figure in joined.account.figures
             if figure.effect == "killed" and figure.standing == "stands" and figure.scope in LIVE_SCOPES
             and figure.low is None and figure.high is None]
    return min(words, default=None)


def number_of(words: str) -> int:
    """ "dozens of people": 12; "several": 3."""
    return max((WORD_NUMBERS[word] for word in words_of(words.lower()) if word in WORD_NUMBERS), default=SEVERAL)


def shares(total: int, days: int) -> list[int]:
    """`total` divided over `days`, evenly, the remainder on the first."""
    each, rest = divmod(total, days)
    return [each + rest, *[each] * (days - 1)]


def days_of(item: Item) -> Sequence[date]:
    """The days of an incident that lasted, where all of them are known; else the one day that its code gives; none: no day."""
    when, codes = item.incident.when, item.incident.codes
    if when.start and when.end and when.start < when.end and when.earliest == when.latest:
        count = (when.end - when.start).days + 1
        return [when.start + timedelta(days=at) for at in range(count)] if count <= MOST_DAYS else []
    return [codes.event_date] if codes.event_date is not None else []
