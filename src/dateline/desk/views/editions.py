"""An edition in words: what it covers, when it comes, and for whom it is. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.desk.views.choices import country_name
from dateline.records.briefing import Coverage, Frequency
from dateline.records.mailing import Edition

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GroupName = Callable[[str | None], str | None]


def frequency_words(edition: Edition, frequency: Frequency) -> str:
    """ "daily at 06:00" or "weekly, Mondays at 06:00"."""
    at = f"at {edition.hour:02}:00"
    return f"daily {at}" if frequency == "daily" else f"weekly, {WEEKDAYS[edition.weekday]}s {at}"


def when_words(edition: Edition) -> str:
    """ "Daily at 06:00 and weekly, Mondays at 06:00 (Africa/Bamako)"."""
    told = " and ".join(frequency_words(edition, one) for one in edition.frequencies)
    return f"{told[:1].upper()}{told[1:]} ({edition.zone})"


def coverage_parts(coverage: Coverage, group_name: GroupName) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(what is asked of, the values that fit) of each field of `coverage` that asks something."""
    fields = (
        ("Regions", coverage.regions),
        ("Countries", tuple(country_name(code) for code in coverage.countries)),
        ("Armed groups", tuple(group_name(one) or one for one in coverage.groups)),
        ("Kinds", coverage.kinds),
        ("Affected", coverage.affected),
        ("Killed", (f"{coverage.killed:,} or more",) if coverage.killed else ()),
    )
    yield from ((label, values) for label, values in fields if values)


def coverage_words(coverage: Coverage, group_name: GroupName) -> str:
    """ "countries: Mali or Niger; killed: 5 or more"; "everything in the record" where nothing is asked."""
    told = [f"{label.lower()}: {' or '.join(values)}" for label, values in coverage_parts(coverage, group_name)]
    return "; ".join(told) or "everything in the record"
