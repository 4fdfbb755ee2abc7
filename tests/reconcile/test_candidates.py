"""Candidates: looking for the neighbours of a few among many finds the pairs that comparing all with all finds."""

import random

import pytest

from dateline.reconcile.candidates import pairs
from dateline.records import Account, Report
from tests.reconcile.factories import a_day, a_place, a_report, a_span, an_account, an_actor

TOWNS = ({"name": "Port Verity", "country": "XA", "lat": 10.0, "lon": 20.0}, {"name": "Arden", "country": "XA"},
         {"name": "Lower Quill", "country": "XB", "lat": -2.0, "lon": 30.0}, {"name": "Orrin Ford"})
WORDS = ("marigold", "trawler", "quillon", "lighthouse", "beekeeper", "sawmill", "orchard", "tannery")


def some_accounts(seed: int) -> tuple[list[Account], dict[str, Report]]:
    """Accounts of a few towns and weeks: some have no day, some name a person, all have some of a few rare words."""
    rng = random.Random(seed)
    accounts, reports = [], {}
    for number in range(40):
        words = " ".join(rng.sample(WORDS, 4))
        report = a_report(words, id=f"R{number}", written=f"2018-0{rng.randint(1, 9)}-11")
        day = a_day(f"2018-01-{rng.randint(10, 30)}") if rng.random() < 0.7 else a_day(None)
        named = (an_actor(person=rng.choice(("Ori Lund", "Tam Weaver"))),) if rng.random() < 0.3 else ()
        accounts.append(an_account(report=report.id, id=f"A{number:02}", when=day, where=a_place(**rng.choice(TOWNS)),
                                   actors=named, evidence=a_span(words), main=True))
        reports[report.id] = report
    return accounts, reports


@pytest.mark.parametrize("first", [1, 7, 40])
def test_the_pairs_of_the_first_are_those_of_all_that_hold_one_of_them(first: int) -> None:
    for seed in range(5):
        accounts, reports = some_accounts(seed)
        every = pairs(accounts, reports)
        assert pairs(accounts, reports, first=first) == [pair for pair in every if pair[0] < first]
        assert 0 < len(every) < 40 * 39 / 2
