"""Standing figures -> Toll, by a named rule (docs/record.md, "Toll rules"). Ranks of speakers: `ranks.py`.

A candidate is one way of counting all of the dead (or injured): a total that a speaker gives, the sum of an account's
parts, a total and what was added to it later. A rule chooses among the candidates:

| rule | best | attackers' deaths in one-sided violence |
|---|---|---|
| `reliable` | of the best placed speaker; at equal rank the latest, then the lowest | apart |
| `lowest` | the lowest | in it, unless the total has them already |
| `latest` | the latest; of equals the best placed, then the lowest | apart |
| `majority` | the one that most speakers give; of equals as `reliable` | apart |

`low` and `high` are the least and most that a candidate allows. A party's count of its enemy's dead moves `high` only.
Parts that add up to less than half of a total by somebody else, or to less than a total in the same account, are some
of the people and not all of them; a breakdown older than a total of at least its rank has been overtaken by it. Where it is
disputed who the dead were, the names for them are rival candidates (`rivals.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.reconcile.choosing import NOTHING, Bounds, Candidate, choose, order_of
from dateline.reconcile.ranks import ENEMY, Counted, Moment, is_later, is_one_sided
from dateline.reconcile.rivals import any_rivals, holders_of
from dateline.reconcile.standing import weigh_all
from dateline.reconcile.stories import originals
from dateline.reconcile.words import distinctive
from dateline.records import Account, Report, Toll
from dateline.records.account import Effect
from dateline.records.incident import TollPart, TollRule

PARTS_COVER = 0.5    # of a total: fewer people than that are a detail of it, not a rival count


def toll(accounts: Sequence[Account], effect: Effect, rule: TollRule = "reliable",
         reports: Mapping[str, Report] | None = None) -> Toll:
    """The toll of one effect over the settled `accounts` of one incident.

    reports: those of the accounts by id; they say when a count without a time of its own was written, and which
    reports are copies, so that one story is counted once. low <= best <= high wherever they are numbers.
    """
    held = _without_copies(accounts, reports or {})
    counts = [count for count in weigh_all(held, reports or {}) if _counts(count, effect)]
    apart = any(is_one_sided(account.kind) for account in held)
    people = [count for count in counts if not (apart and count.attackers)]
    attackers = [count for count in counts if apart and count.attackers]
    candidates = _candidates(people)
    bounds = choose(candidates, rule)
    if rule == "lowest":
        bounds = _with_attackers(bounds, candidates, attackers)
    used = [name for one in candidates for name in one.figures]
    used += [count.figure.id for count in attackers if rule == "lowest" and not _is_inside(count)]
    return Toll(bounds.low, bounds.best, bounds.high, rule, _by_side(people, rule), _by_actor(counts, rule),
                tuple(dict.fromkeys(used)))


def _without_copies(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Account]:
    """One report of each story; ordered, so that the toll does not depend on the order of arrival."""
    original = originals((account.report for account in accounts), reports)
    return sorted((account for account in accounts if original[account.report] == account.report),
                  key=lambda account: account.id)


def _counts(count: Counted, effect: Effect) -> bool:
    figure = count.figure
    return (figure.effect == effect and figure.standing == "stands"
            and figure.scope not in ("several_incidents", "cumulative"))


def _has_number(count: Counted) -> bool:
    return count.figure.low is not None or count.figure.high is not None


def _candidates(counts: Sequence[Counted]) -> list[Candidate]:
    totals: list[Candidate] = []
    breakdowns: list[tuple[Candidate, int]] = []
    for one in _tellings(counts):
        whole, parts = _totals_and_parts(one)
        totals += [_alone(count) for count in whole if _has_number(count)]
        if any(_has_number(count) for count in parts):
            breakdowns.append((_sum(parts), len(parts)))
    sums = [one for one, size in breakdowns if _may_be_all(one, size, totals)]
    if not totals and (union := _sides_together(counts)) is not None:
        sums = [union]
    found = _with_increments(totals + sums, [count for count in counts if count.figure.scope == "increment"])
    if not found:
        sites = [count for count in counts if count.figure.scope == "one_site" and _has_number(count)]
        return [_sum(sites)] if sites else []
    return found


def _tellings(counts: Sequence[Counted]) -> list[list[Counted]]:
    """The counts of each account; where its speakers dispute who the dead were, those of each speaker apart."""
    by_account: dict[str, list[Counted]] = {}
    for count in counts:
        by_account.setdefault(count.account.id, []).append(count)
    found: list[list[Counted]] = []
    for one in by_account.values():
        if not any_rivals(one):
            found.append(one)
            continue
        by_speaker: dict[frozenset[str], list[Counted]] = {}
        for count in one:
            by_speaker.setdefault(holders_of(count), []).append(count)
        found += by_speaker.values()
    return found


def _totals_and_parts(counts: Sequence[Counted]) -> tuple[list[Counted], list[Counted]]:
    """An account's totals, and its parts. Totals of several sides ("9 soldiers", "4 villagers") are parts."""
    whole = [count for count in counts if count.figure.scope == "incident"]
    parts = [count for count in counts if count.figure.scope == "part" and count.figure.part_of is None]
    sides = {count.figure.side for count in whole} - {"unknown"}
    if len(sides) > 1:
        sided = [count for count in whole if count.figure.side != "unknown"]
        return [count for count in whole if count.figure.side == "unknown"], parts + sided
    return whole, parts


def _alone(count: Counted) -> Candidate:
    figure = count.figure
    best = figure.value if figure.value is not None else figure.low if figure.low is not None else figure.high
    if best is not None and figure.low is not None:
        best = max(best, figure.low)                     # "more than 20" is 21 at the least
    return Candidate(figure.low, best, figure.high, count.rank, count.moment, holders_of(count), count.account.id,
                     (figure.id,), bool(figure.includes_attackers))


def _sum(counts: Sequence[Counted]) -> Candidate:
    """Parts of one whole, added up. Where two speakers count one part, both bounds hold; the better one leads."""
    solid = [count for count in counts if count.rank > ENEMY]
    groups = _alternatives(counts)
    parts = [choose([_alone(count) for count in group if _has_number(count)], "reliable") for group in groups]
    unnumbered = any(not _has_number(count) for count in counts)
    lows = [part.low for part in parts if part.low is not None]
    best = sum(part.best or 0 for part in parts)
    highs = [part.high for part in parts]
    high = None if unnumbered or None in highs else sum(value or 0 for value in highs)
    return Candidate(sum(lows) if solid and lows else None,
                     best if any(part.best is not None for part in parts) else None, high,
                     min((count.rank for count in solid), default=ENEMY), _latest(counts),
                     frozenset(name for count in counts for name in holders_of(count)), counts[0].account.id,
                     tuple(count.figure.id for count in counts))


def _alternatives(counts: Sequence[Counted]) -> list[list[Counted]]:
    """Parts put together where several speakers count the same people; one speaker's parts are always other people."""
    groups: list[list[Counted]] = []
    for count in counts:
        same = next((group for group in groups if _part_key(group[0]) == _part_key(count)
                     and all(holders_of(other) != holders_of(count) for other in group)), None)
        if same is None:
            groups.append([count])
        else:
            same.append(count)
    return groups


def _part_key(count: Counted) -> tuple[str, frozenset[str]]:
    return (count.figure.side, distinctive(count.figure.who or ""))


def _latest(counts: Sequence[Counted]) -> Moment | None:
    return max((count.moment for count in counts if count.moment), key=lambda moment: moment.order, default=None)


def _may_be_all(parts: Candidate, size: int, totals: Sequence[Candidate]) -> bool:
    """Whether the sum of an account's parts may be all of the people, given the totals."""
    if totals and size < 2:
        return False
    for total in totals:
        if total.rank == ENEMY < parts.rank:
            continue                                     # it moves the high only
        most, least = parts.high, total.low if total.low is not None else total.best or 0
        if total.rank >= parts.rank and is_later(total.moment, parts.moment):
            return False
        if most is not None and most < (least if total.account == parts.account else PARTS_COVER * least):
            return False
    return True


def _sides_together(counts: Sequence[Counted]) -> Candidate | None:
    """Where nobody gives a total and each account tells of other sides: the sides' counts added up."""
    sides = sorted({count.figure.side for count in counts} - {"unknown"})
    told = {side: [count for count in counts if count.figure.side == side and _has_number(count)] for side in sides}
    told = {side: found for side, found in told.items() if found}
    accounts = {count.account.id for found in told.values() for count in found}
    if len(told) < 2 or any_rivals(counts):
        return None
    if any(len({count.figure.side for count in counts if count.account.id == account}) == len(told) for account in accounts):
        return None
    each = [_side_bounds(found, "reliable") for found in told.values()]
    return Candidate(sum(one.low or 0 for one in each), sum(one.best or 0 for one in each),
                     None if any(one.high is None for one in each) else sum(one.high or 0 for one in each),
                     min(count.rank for found in told.values() for count in found), _latest(counts), frozenset(), "",
                     tuple(count.figure.id for found in told.values() for count in found))


def _with_increments(candidates: list[Candidate], increments: Sequence[Counted]) -> list[Candidate]:
    """Candidates, those that were added to ("two more died overnight") replaced by the total with the addition."""
    grown = list(candidates)
    added: set[tuple[int | None, date | None]] = set()
    for count in sorted(increments, key=lambda one: (order_of(one.moment), one.key)):
        told = (count.figure.value, count.moment.day if count.moment else None)
        if told in added or not _has_number(count):
            continue                                     # the same two, told by another report
        added.add(told)
        base = [one for one in grown if one.rank <= count.rank and not is_later(one.moment, count.moment)
                and one.account != count.account.id]
        if any(is_later(one.moment, count.moment) and one.rank >= count.rank for one in grown):
            continue                                     # a later total has them already
        more = _alone(count)
        if not base:
            if not grown:
                grown.append(Candidate(more.low, more.best, None, more.rank, more.moment, more.holders, more.account,
                                       more.figures))
            continue
        grown = [_plus(one, more) if one in base else one for one in grown]
    return grown


def _plus(base: Candidate, more: Candidate) -> Candidate:
    return Candidate(_add(base.low, more.low or 0), _add(base.best, more.best or 0),
                     None if more.high is None else _add(base.high, more.high), more.rank, more.moment,
                     base.holders | more.holders, base.account, base.figures + more.figures, base.has_attackers)


def _add(a: int | None, b: int) -> int | None:
    return None if a is None else a + b


def _with_attackers(bounds: Bounds, candidates: Sequence[Candidate], attackers: Sequence[Counted]) -> Bounds:
    """The bounds with the attackers' deaths, where the total has them not already."""
    outside = [_alone(count) for count in attackers if not _is_inside(count) and _has_number(count)]
    if not outside or any(one.has_attackers for one in candidates):
        return bounds
    dead = choose(outside, "lowest")
    if bounds == NOTHING:
        return dead
    return Bounds(_add(bounds.low, dead.low or 0), _add(bounds.best, dead.best or 0),
                  None if dead.high is None else _add(bounds.high, dead.high))


def _is_inside(count: Counted) -> bool:
    """Whether the text says that these dead are among those of a total: "five bombers among the dead"."""
    return count.figure.part_of is not None


def _side_bounds(counts: Sequence[Counted], rule: TollRule) -> Bounds:
    by_account: dict[str, list[Counted]] = {}
    for count in counts:
        if _has_number(count) and count.figure.scope not in ("increment", "one_site"):
            by_account.setdefault(count.account.id, []).append(count)
    options: list[Candidate] = []
    for one in by_account.values():
        options += [_alone(count) for count in one if count.figure.scope == "incident"]
        parts = [count for count in one if count.figure.scope == "part"]
        options += [_sum(parts)] if parts else []
    return choose(options, rule)


def _by_side(counts: Iterable[Counted], rule: TollRule) -> tuple[TollPart, ...]:
    sides: dict[str, list[Counted]] = {}
    for count in counts:
        sides.setdefault(count.figure.side, []).append(count)
    if len(sides) > 1:
        sides.pop("unknown", None)       # the total, mostly: it would be counted beside its own parts
    return _parts(sides, rule)


def _by_actor(counts: Iterable[Counted], rule: TollRule) -> tuple[TollPart, ...]:
    actors: dict[str, list[Counted]] = {}
    for count in counts:
        actor = next((one for one in count.account.actors if one.id == count.figure.of), None)
        if actor is not None:
            actors.setdefault(actor.group or actor.organisation or actor.text, []).append(count)
        elif count.attackers:
            actors.setdefault("attackers", []).append(count)
    return _parts(actors, rule)


def _parts(groups: Mapping[str, Sequence[Counted]], rule: TollRule) -> tuple[TollPart, ...]:
    bounds = {name: _side_bounds(found, rule) for name, found in sorted(groups.items())}
    return tuple(TollPart(name, one.low, one.best, one.high) for name, one in bounds.items() if one != NOTHING)
