"""Looking in the record for what lies near a few finds the pairs that comparing all with all finds."""

import random

import pytest

from dateline.reconcile.candidates import pairs
from dateline.records import Account, Report
from dateline.store import open_record
from dateline.store.near import near
from reconcile.factories import a_day, a_place, a_report, a_span, an_account, an_actor
from store.made import Told

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
        named += (an_actor(text="Trawler Front", group="trawler"),) if rng.random() < 0.5 else ()
        accounts.append(an_account(report=report.id, id=f"A{number:02}", when=day, where=a_place(**rng.choice(TOWNS)),
                                   actors=named, evidence=a_span(words), main=True))
        reports[report.id] = report
    return accounts, reports


@pytest.mark.parametrize("few", [1, 7, 39])
def test_what_lies_near_a_few_are_the_pairs_of_all_that_hold_one_of_them(tmp_path, few):
    for seed in range(3):
        accounts, reports = some_accounts(seed)
        with open_record(tmp_path / f"{few}-{seed}.db") as store:
            for one in accounts:
                store.keep(reports[one.report], Told((one,)), extracted="done")
            with store._read() as connection:
                found = near(connection, accounts[:few])
        every = {(accounts[a].id, accounts[b].id) for a, b in pairs(accounts, reports)}
        new = {one.id for one in accounts[:few]}
        assert {tuple(sorted((one.id, other.id))) for one, other in found} == {
            pair for pair in every if new & set(pair)}
        assert 0 < len(every) < 40 * 39 / 2
