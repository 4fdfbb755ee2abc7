"""Two accounts to be compared, with what most questions ask of them worked out once; and the answer to a question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateline.reconcile.facts import Facts, facts_of
from dateline.reconcile.likeness import Profile, likeness, profile
from dateline.reconcile.nearness import Days, PlaceAnswer, compare_places, days_between
from dateline.reconcile.ranks import written_day
from dateline.reconcile.stories import edition_root
from dateline.records import Account, Report

REPORTS_KEPT = 2_000    # whose rare words are at hand: some weeks; for six times as many it takes 100 MB more and 5 % less time
FEWEST = 5              # rare words of a report: of one with fewer nothing can be said
ENOUGH = 15             # with fewer the likeness of two reports is a matter of chance in part, and counts less
OPENING_CHARS = 200    # a dateline that ends later is no opening: nothing is cut off
FEWEST_TELLING = 3      # of the sentences that tell an account
BARELY = 0.1            # of likeness: no more than any two reports on violence have
SOFTENED = 0.2
SENTENCES_ALIKE = 0.5   # of likeness: single sentences share more where they are of one story


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes, with what was seen, or how to tell it: few pairs are ever told. strength: how far it is a yes, 0-1."""

    note: str | Callable[[], str]
    strength: float = 1.0

    def told(self) -> str:
        return self.note if isinstance(self.note, str) else self.note()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts, and the reports that tell them where those are at hand.

    gap: the least days between them, None where one has no bounds. alike: likeness of the reports, and sentences: of the
    sentences that tell the accounts, 0-1; where there are too few words to tell, None and 0.
    """

    a: Account
    b: Account
    ours: Facts
    theirs: Facts
    told_by: tuple[Report, Report] | None
    roots: tuple[str, str]            # first versions of the stories that the two reports are copies or versions of
    place: PlaceAnswer
    gap: int | None
    alike: float | None
    sentences: float

    @property
    def days(self) -> tuple[Days, Days]:
        return (self.ours.days, self.theirs.days)

    @property
    def is_main(self) -> bool:
        """Whether both reports are mostly about these."""
        return self.a.main and self.b.main

    @property
    def is_one_report(self) -> bool:
        return self.a.report == self.b.report

    @property
    def is_one_sheet(self) -> bool:
        """Whether they are two rows of one sheet: whoever keeps it told them apart."""
        sheets = {report.sheet for report in self.told_by or ()}
        return len(sheets) == 1 and sheets != {None}

    @property
    def is_one_story(self) -> bool:
        return self.roots[0] == self.roots[1]

    @property
    def is_alike(self) -> bool:
        """Whether the words say that it may be one incident, whatever is coded."""
        return (self.alike or 0.0) >= BARELY or self.sentences >= SENTENCES_ALIKE

    @property
    def doubt(self) -> float:
        """What a doubt of place, day or names weighs, 0-1: where the words are alike, the coding may be wrong."""
        return SOFTENED if self.is_alike else 1.0

    def written(self) -> tuple[date, date] | None:
        """The days on which the reports were written, where both are known."""
        days = [written_day(report, None) for report in self.told_by or ()]
        return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None


def pair_of(a: Account, b: Account, reports: Mapping[str, Report]) -> Pair:
    """`a` and `b` as they are compared; it does not matter which comes first."""
    a, b = sorted((a, b), key=lambda account: account.id)
    ours, theirs = reports.get(a.report), reports.get(b.report)
    told_by = (ours, theirs) if ours is not None and theirs is not None and a.report != b.report else None
    told, too = facts_of(a), facts_of(b)
    gap, place = days_between(told.days, too.days), compare_places(a.where, b.where)
    repeated = _repeated(told, too, is_another_day=gap is not None and gap > 1, is_another_place=place.relation == "apart")
    return Pair(a, b, told, too, told_by, (edition_root(a.report, reports), edition_root(b.report, reports)),
                place, gap, _alike(told_by, repeated),
                _likeness(told.rare, too.rare, FEWEST_TELLING, repeated) or 0.0)


def _repeated(a: Facts, b: Facts, *, is_another_day: bool, is_another_place: bool) -> frozenset[str]:
    """Names that two attacks in one town, or by one group, share whatever else is told of them: these say nothing.

    Where two places are far apart one of them may be mistaken, and its name in both reports shows it.
    """
    if is_another_day:
        return a.named & b.named
    return a.groups_named & b.groups_named if is_another_place else frozenset()


def report_words(report: Report) -> Profile:
    """The rare words of a report and of its title, without its dateline: an agency's office is no word of the incident."""
    end = report.dateline.evidence[-1].end if report.dateline and report.dateline.evidence else 0
    return _profile_kept(report.title, report.text[end:] if end < OPENING_CHARS else report.text)


_profile_kept = lru_cache(maxsize=REPORTS_KEPT)(profile)       # of the sentences of an account its facts keep it


def _alike(told_by: tuple[Report, Report] | None, but: Collection[str]) -> float | None:
    if told_by is None:
        return None
    ours, theirs = (report_words(report) for report in told_by)
    share = _likeness(ours, theirs, FEWEST, but)
    return share * min(1.0, len(ours) / ENOUGH, len(theirs) / ENOUGH) if share is not None else None


def _likeness(a: Profile, b: Profile, fewest: int, but: Collection[str]) -> float | None:
    """None where one has too few words to tell. but: words that are left out."""
    return likeness(a, b, but) if min(len(a), len(b)) >= fewest else None
