"""Made-up reports and accounts with known truth, as a stream in the order of publication: any number of them, from a seed.

Places are real towns; incidents, groups, people and figures are invented. What makes it hard is what makes real reports hard:
rising tolls, wrong and vague days and places, kinds that are mistaken, copies by other outlets, corrections, reports months
after, earlier incidents told as background, two attacks in one town on one day, briefs with hardly a word of their own. An
account stands for what extraction gives, with its errors: the text itself is never extracted here.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import random
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bench.synthetic_accounts import an_account
from bench.synthetic_incidents import FIRST_DAY, Telling, Truth, incidents_of_day, tellings_of
from bench.synthetic_texts import Written, a_copy, a_text
from bench.synthetic_world import World, a_world, words
from dateline.records import Account, Fetched, GroupStatement, Report
from dateline.records.report import Written as WrittenDay

SEED = 20180127
COPY, CORRECTION, BACKGROUND, SECOND = 0.12, 0.015, 0.15, 0.04
REMEMBERED = 400                  # incidents of the last weeks, of which one may be told again


@dataclass(frozen=True, slots=True)
class Told:
    """One report with its accounts: an Extraction in shape. truth: account's id -> number of the incident that it tells."""

    report: Report
    accounts: tuple[Account, ...]
    truth: Mapping[str, int]
    group_statements: tuple[GroupStatement, ...] = ()


@dataclass(slots=True)
class _Outlets:
    """What was printed of each incident, to be copied and corrected."""

    printed: dict[int, tuple[Written, Report]] = field(default_factory=dict)     # incident -> the last that was printed of it
    recent: deque[Truth] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


def told(seed: int = SEED) -> Iterator[Told]:
    """Reports without end, by the time of publication. The same seed gives the same reports."""
    world = a_world(seed)
    waiting: list[tuple[float, int, int, Telling]] = []
    outlets = _Outlets()
    number = 0
    for day in itertools.count():
        for one in incidents_of_day(world, day, number, seed):
            number = one.number + 1
            for telling in tellings_of(one, seed):
                heapq.heappush(waiting, (telling.at.timestamp(), one.number, telling.turn, telling))
        tomorrow = FIRST_DAY.timestamp() + (day + 1) * 86_400
        while waiting and waiting[0][0] < tomorrow:
            yield _told(heapq.heappop(waiting)[-1], world, outlets, seed)


def accounts_told(count: int, seed: int = SEED) -> Iterator[Told]:
    """The first reports that have `count` accounts or just more."""
    left = count
    for one in told(seed):
        yield one
        left -= len(one.accounts)
        if left <= 0:
            return


def _told(telling: Telling, world: World, outlets: _Outlets, seed: int) -> Told:
    rng = random.Random(f"{seed}-report-{telling.of.number}-{telling.turn}")
    one = telling.of
    outlet, boilerplate = rng.choice(words()["outlets"])
    before = outlets.printed.get(one.number)
    if before is not None and not telling.late and (drawn := rng.random()) < COPY + CORRECTION:
        corrects = drawn >= COPY
        written = a_copy(before[0], corrects=corrects, boilerplate=boilerplate)
        outlet = (before[1].outlet or outlet) if corrects else outlet
    else:
        written = a_text(telling, _told_beside(telling, outlets, rng), boilerplate, rng)
    report = _a_report(telling, written, outlet, before[1] if before else None)
    outlets.printed[one.number] = (written, report)
    if telling.turn == 0:
        outlets.recent.append(one)
    accounts = tuple(an_account(report, told_of, telling, world, rng) for told_of in written.told)
    return Told(report, accounts, {account.id: of.truth.number for account, of in zip(accounts, written.told, strict=True)})


def _told_beside(telling: Telling, outlets: _Outlets, rng: random.Random) -> tuple[Truth, str] | None:
    """An earlier incident of the same country told as background, or another one of these days."""
    drawn = rng.random()
    if drawn >= BACKGROUND + SECOND:
        return None
    known = [one for one in outlets.recent if one.country.code == telling.of.country.code and one.number != telling.of.number]
    if not known:
        return None
    if drawn < BACKGROUND:
        return rng.choice(known), "background"
    fresh = [one for one in known if abs((telling.at - one.at).days) <= 2]
    return (rng.choice(fresh), "news") if fresh else None


def _a_report(telling: Telling, written: Written, outlet: str, before: Report | None) -> Report:
    source = f"made://{outlet.lower().replace(' ', '-')}/{telling.of.number}-{telling.turn}"
    name = "R" + hashlib.sha256(f"{source}\0{written.text}".encode()).hexdigest()[:16]
    day = telling.at.date()
    made = Report(
        id=name, source=source, fetched=Fetched(telling.at, "0" * 64), outlet=outlet, agency=None, byline=None,
        title=written.title, language="en", dateline=None, published_at=telling.at, page_date=None,
        written=WrittenDay(day, day, (), "metadata"), text=written.text)
    if before is not None and written.corrects:
        return replace(made, version_of=before.version_of or before.id, update_kind="correction")
    if before is not None and written.copies:
        return replace(made, agency=before.outlet, copy_of=before.copy_of or before.id)
    return made
