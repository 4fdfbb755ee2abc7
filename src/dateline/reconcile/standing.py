"""Which figures of an incident stand (docs/record.md, `standing`).

In this order:
1. a retraction strikes the figures of the versions before it;
2. what is told again later without a counting speaker is restated;
3. a later version's figures supersede those of the earlier versions, whoever speaks;
4. a later count of the same people supersedes an earlier one of the same speaker, or of one of at most its rank;
5. among counts of one day that cannot be ordered, "63" and "at least 63" imply "at least 40", and what one speaker says of
   the dead only grows; "nearly 200" is 196 told in round numbers, whenever it was said.

Copies are settled like their originals, by the time of the original.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.reconcile.copies import written_time
from dateline.reconcile.outcomes import died_of_it
from dateline.reconcile.ranks import ENEMY, Counted, is_later, weigh, written_day
from dateline.reconcile.stories import edition_number, edition_root, originals
from dateline.reconcile.words import distinctive
from dateline.records import Account, Figure, Report
from dateline.records.account import Modifier, Standing

RESTATED_AFTER = timedelta(days=7)   # a report in its own voice this long after the day only tells the toll again
ROUNDING = 0.1                       # "nearly 200" rounds 196: a tenth apart at most
ROUND_MODIFIERS: frozenset[Modifier] = frozenset({"more_than", "nearly", "up_to", "about"})
OPEN_MODIFIERS: frozenset[Modifier] = frozenset({"at_least", "more_than"})

Key = tuple[str, str]


def settle(accounts: Sequence[Account], reports: Mapping[str, Report]) -> tuple[Account, ...]:
    """`accounts` of one incident, in the order given, with the `standing` and `supersedes` of their figures.

    reports: those of the accounts by id (a missing one is no error: its figures then have no time).
    Whatever standing the figures came with is decided again, so settling twice changes nothing.
    """
    counts = weigh_all(accounts, reports)
    standing: dict[Key, Standing] = {}
    standing.update(dict.fromkeys(_retracted(counts, reports), "retracted"))
    standing.update(dict.fromkeys(_restated(counts, reports, standing), "restated"))
    live = [count for count in counts if count.key not in standing]
    replaced_by = _superseded(live, reports)
    for old, newer in died_of_it(live).items():
        replaced_by.setdefault(old, []).extend(newer)
    standing.update(dict.fromkeys(replaced_by, "superseded"))
    supersedes: dict[Key, set[str]] = {}
    for old, newer in replaced_by.items():
        for key in newer:
            supersedes.setdefault(key, set()).add(old[1])
    return tuple(_settled(account, standing, supersedes) for account in accounts)


def weigh_all(accounts: Iterable[Account], reports: Mapping[str, Report]) -> list[Counted]:
    """Every figure of `accounts` with rank, time and speakers; a copy's figures have the time of its original."""
    held = list(accounts)
    original = originals((account.report for account in held), reports)
    around = consensus_day(held)
    return [weigh(figure, account, reports.get(original[account.report]), around)
            for account in held for figure in account.figures]


def consensus_day(accounts: Iterable[Account]) -> date | None:
    """The day that most accounts export, the earliest of equals; None where none has one."""
    days = Counter(account.when.best for account in accounts if account.when.best is not None)
    return min(days, key=lambda day: (-days[day], day)) if days else None


def _settled(account: Account, standing: Mapping[Key, Standing], supersedes: Mapping[Key, set[str]]) -> Account:
    figures = tuple(_with_standing(figure, standing.get((account.id, figure.id), "stands"),
                                   tuple(sorted(supersedes.get((account.id, figure.id), ()))))
                    for figure in account.figures)
    return account if figures == account.figures else replace(account, figures=figures)


def _with_standing(figure: Figure, standing: Standing, supersedes: tuple[str, ...]) -> Figure:
    if figure.standing == standing and figure.supersedes == supersedes:
        return figure
    return replace(figure, standing=standing, supersedes=supersedes)


def _retracted(counts: list[Counted], reports: Mapping[str, Report]) -> list[Key]:
    """Figures of stories that were withdrawn: those of the versions up to the retraction."""
    struck = []
    withdrawals = [report for report in reports.values() if report.update_kind == "retraction"]
    for withdrawal in withdrawals:
        root, at = edition_root(withdrawal.id, reports), written_time(withdrawal)
        for count in counts:
            report = reports.get(count.account.report)
            if report is None or edition_root(report.id, reports) != root:
                continue
            written = written_time(report)
            if at is None or written is None or written <= at:
                struck.append(count.key)
    return struck


def _restated(counts: list[Counted], reports: Mapping[str, Report], standing: Mapping[Key, Standing]) -> list[Key]:
    """Figures without a speaker in background, anniversaries or late reports, where the news gave the toll already."""
    day = consensus_day(count.account for count in counts)
    live = [count for count in counts if count.key not in standing]
    retold = [count for count in live if count.figure.speaker is None and _is_retold(count, reports, day)]
    told_first = {(count.figure.effect, count.attackers) for count in live
                  if count not in retold and count.account.told_as == "news" and _has_number(count.figure)}
    return [count.key for count in retold if (count.figure.effect, count.attackers) in told_first]


def _is_retold(count: Counted, reports: Mapping[str, Report], day: date | None) -> bool:
    if count.account.told_as != "news":
        return True
    report = reports.get(count.account.report)
    written = written_day(report, day) if report else None
    return day is not None and written is not None and written - day > RESTATED_AFTER


def _superseded(counts: list[Counted], reports: Mapping[str, Report]) -> dict[Key, list[Key]]:
    """For each figure that is superseded the ones that replace it: those of originals, not again those of copies."""
    replaced: dict[Key, list[Key]] = {}
    original = originals((count.account.report for count in counts), reports)
    numbered = [count for count in counts if _has_number(count.figure)
                and original[count.account.report] == count.account.report]
    root = {count.account.report: edition_root(count.account.report, reports) for count in counts}
    for old in counts:
        for new in numbered:
            one_story = original[new.account.report] == original[old.account.report]
            if old.key != new.key and _same_people(old, new, one_story=one_story) \
                    and _replaces(new, old, root, original, reports, one_story=one_story):
                replaced.setdefault(old.key, []).append(new.key)
    return replaced


def _replaces(new: Counted, old: Counted, root: Mapping[str, str], original: Mapping[str, str],
              reports: Mapping[str, Report], *, one_story: bool) -> bool:
    if _bounds(new.figure) == _bounds(old.figure):
        return False                                   # the same count again confirms it
    if not one_story and root[new.account.report] == root[old.account.report]:
        ours, theirs = (reports.get(original[count.account.report]) for count in (new, old))
        if _is_later_version(ours, theirs):
            return True
        if _is_later_version(theirs, ours):
            return False                               # a correction may lower a toll: the earlier has not outgrown it
    same_speaker = bool(new.speakers & old.speakers) or (not new.speakers and not old.speakers)
    if not same_speaker and (old.rank == ENEMY or new.rank < old.rank):
        return False
    if _rounds(old.figure, new.figure):
        return True
    if _rounds(new.figure, old.figure):
        return False
    if is_later(new.moment, old.moment):
        return True
    if is_later(old.moment, new.moment) or not _on_one_day(new, old) or one_story:
        return False
    return _outgrows(new.figure, old.figure, same_speaker=same_speaker and bool(new.speakers))


def _is_later_version(ours: Report | None, theirs: Report | None) -> bool:
    """Whether `ours` is an edition after `theirs`; of copies their originals are compared."""
    if ours is None or theirs is None:
        return False
    written = written_time(ours), written_time(theirs)
    if written[0] is not None and written[1] is not None and written[0] != written[1]:
        return written[0] > written[1]
    numbers = edition_number(ours), edition_number(theirs)
    if numbers[0] is not None and numbers[1] is not None and numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    return ours.version_of is not None and theirs.version_of is None


def _outgrows(new: Figure, old: Figure, *, same_speaker: bool) -> bool:
    """Whether `new` must be the later of two counts of one day: it implies the other, or one speaker's count grew."""
    if new.low is None or old.low is None or new.low <= old.low:
        return False
    return same_speaker or old.modifier in OPEN_MODIFIERS


def _on_one_day(a: Counted, b: Counted) -> bool:
    return a.moment is not None and b.moment is not None and a.moment.day == b.moment.day


def _rounds(rough: Figure, fine: Figure) -> bool:
    """Whether `rough` is `fine` told in round numbers: "nearly 200" for 196, "more than 100" for 102."""
    if rough.modifier not in ROUND_MODIFIERS or fine.modifier in ROUND_MODIFIERS:
        return False
    if rough.value is None or fine.value is None or abs(rough.value - fine.value) > ROUNDING * fine.value:
        return False
    if rough.modifier == "about":
        return True
    return (rough.low is None or fine.value >= rough.low) and (rough.high is None or fine.value <= rough.high)


def _same_people(a: Counted, b: Counted, *, one_story: bool) -> bool:
    """Whether two figures count the same people: effect, side, scope, and for parts also the words for them."""
    one, other = a.figure, b.figure
    if one.effect != other.effect or a.attackers != b.attackers or one.scope != other.scope:
        return False
    if one.scope not in ("incident", "part", "one_site"):
        return False
    if one.side != other.side and "unknown" not in (one.side, other.side):
        return False
    if one.scope == "incident":
        return True
    if one_story and not (a.speakers and b.speakers and not a.speakers & b.speakers):
        return False                                   # one speaker's parts in one report are other people
    named = distinctive(one.who or ""), distinctive(other.who or "")
    return one.side == other.side and named[0] == named[1]


def _has_number(figure: Figure) -> bool:
    return figure.low is not None or figure.high is not None


def _bounds(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return (figure.low, figure.high, figure.value)
