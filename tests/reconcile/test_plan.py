from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from dateline.reconcile import incidents_of, plan_changes
from dateline.reconcile.candidates import pairs
from dateline.reconcile.clusters import links_among, partition
from dateline.records import Account
from reconcile.factories import ARDEN, a_claim, a_day, a_figure, a_place, a_report, a_span, a_speaker, an_account, an_actor

NOW = datetime(2024, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Extraction:
    accounts: tuple[Account, ...]


class Record:
    """What a store does with plans, in memory."""

    def __init__(self):
        self.accounts, self.reports, self.incidents, self.ids = {}, {}, {}, itertools.count(1)

    def add(self, *told, **more):
        for _, report in told:
            self.reports[report.id] = report
        incident_of = {joined.account.id: one.id for one in self.incidents.values() for joined in one.accounts}
        plan = plan_changes([account for account, _ in told], list(self.accounts.values()), self.reports, incident_of,
                            self.incidents, NOW, lambda: f"DTL-{next(self.ids)}", **more)
        self.accounts.update({account.id: account for account, _ in told})
        for change in plan.changes:
            if change.kind == "removed":
                del self.incidents[change.incident_id]
            else:
                self.incidents[change.incident_id] = change.incident
        return plan


def told(name, *figures, hour=10, day="2018-01-27", **given):
    report = a_report(f"report {name}", id=f"R{name}", published=f"{day}T{hour:02}:00", outlet=f"Outlet {name}")
    return an_account(*figures, report=report.id, id=f"A{name}", **given), report


POLICE = a_speaker("police", "police")


def test_the_first_account_makes_an_incident():
    [change] = Record().add(told("1", a_figure(3))).changes
    assert (change.kind, change.incident_id, change.incident.toll.killed.best) == ("new", "DTL-1", 3)
    assert change.incident.history[0].why == "told by Outlet 1"


def test_a_later_report_changes_it_and_keeps_its_id():
    record = Record()
    record.add(told("1", a_figure(3, speaker=POLICE)))
    [change] = record.add(told("2", a_figure(5, speaker=POLICE), hour=12)).changes
    assert (change.kind, change.incident_id, change.incident.toll.killed.best) == ("changed", "DTL-1", 5)
    assert "killed 3/3/3 became 5/5/5" in change.why
    assert [reason.question for reason in change.incident.accounts[0].reasons][:2] == ["same place", "same day"]


def test_the_same_again_changes_nothing():
    record = Record()
    record.add(told("1", a_figure(3)), told("2", a_figure(5), hour=12))
    assert record.add(told("1", a_figure(3)), told("2", a_figure(5), hour=12)).changes == ()
    assert record.add().changes == ()


@pytest.mark.parametrize("given", [{"status": "planned"}, {"status": "threatened"}, {"told_as": "other"}])
def test_notices_make_no_incident(given):
    assert Record().add(told("1", a_figure(3), **given)).changes == ()


def test_what_is_told_as_background_only_is_marked_so_until_the_news_comes():
    record = Record()
    [change] = record.add(told("1", a_figure(22), told_as="background")).changes
    assert change.incident.told_as == "background"
    [change] = record.add(told("2", a_figure(22))).changes
    assert (change.incident_id, change.incident.told_as) == ("DTL-1", "news")


def test_a_merge_keeps_the_incident_with_more_accounts_and_says_so():
    record = Record()
    vague = {"when": a_day("2018-01-27"), "kind": "other"}
    record.add(told("1"), told("2"))
    record.add(told("3", where=a_place(name="Kabul Province", country="AF", precision=4), **vague))
    assert sorted(record.incidents) == ["DTL-1", "DTL-2"]
    moved = an_account(report="R3", id="A3")
    plan = record.add((moved, record.reports["R3"]))
    assert [(change.kind, change.incident_id, change.why) for change in plan.changes] == [
        ("changed", "DTL-1", "1 accounts joined; merged with DTL-2"), ("removed", "DTL-2", "merged into DTL-1")]
    assert plan.changes[1].incident.history[-1].why == "merged into DTL-1"


def test_a_persons_ruling_wins():
    record = Record()
    plan = record.add(told("1"), told("2"), ruling={("A1", "A2"): False})
    assert [change.kind for change in plan.changes] == ["new", "new"]


def test_incidents_that_may_be_the_same_are_linked():
    record = Record()
    rebels = (an_actor("attacker", "rebels", group="the-rebels", type=2),)
    record.add(told("1", actors=rebels), told("2", actors=rebels, when=a_day("2018-01-28"), day="2018-01-28"))
    assert [(one.id, [link.incident for link in one.related]) for one in record.incidents.values()] == [
        ("DTL-1", ["DTL-2"]), ("DTL-2", ["DTL-1"])]


def test_sources_and_disagreements_are_told():
    record = Record()
    ministry = a_speaker("Health Ministry", party="state:AF")
    rebels = a_speaker("the rebels", "armed group", "the-rebels")
    record.add(told("1", a_figure(12, speaker=ministry)), told("2", a_figure(30, speaker=rebels), hour=12,
                                                               responsibility=(a_claim("the-rebels", "the rebels"),)))
    [incident] = record.incidents.values()
    assert (incident.sources.reports, incident.sources.origins, incident.sources.origins_not_party) == (2, 2, 0)
    [killed] = [one for one in incident.disagreements if one.field == "killed"]
    assert [(value.value, value.holders) for value in killed.values] == [
        ("12", ("Health Ministry (Outlet 1)",)), ("30", ("the rebels (Outlet 2)",))]


@pytest.mark.parametrize(("statuses", "parties", "expected"), [
    (["alleged", "alleged"], ["the-rebels", "the-rebels"], "alleged"),
    (["alleged", "alleged"], ["the-rebels", "state:AF"], "happened"),
    (["alleged", "happened"], ["the-rebels", None], "happened"),
])
def test_an_incident_is_alleged_while_one_side_only_tells_it(statuses, parties, expected):
    record = Record()
    record.add(*(told(str(number), a_figure(3, speaker=a_speaker(f"speaker {party}", "other", party)), status=status)
                 for number, (status, party) in enumerate(zip(statuses, parties, strict=True))))
    assert [one.status for one in record.incidents.values()] == [expected]


def test_a_year_that_one_report_gives_settles_the_others():
    candidates = ("2016-01-27", "2017-01-27", "2018-01-27")
    record = Record()
    record.add(told("1", when=a_day(candidates=candidates)), told("2"))
    [incident] = record.incidents.values()
    assert (incident.when.best.isoformat(), incident.when.candidates) == ("2018-01-27", ())


def some_accounts():
    places = [a_place(name="Kabul", country="AF", lat=34.5, lon=69.2, gazetteer_id="t:kabul"), a_place(**ARDEN)]
    kinds = ["suicide bomb", "attack", "air/drone strike"]
    rng = random.Random(3)
    return [told(str(number), a_figure(rng.randint(1, 9), speaker=rng.choice([None, POLICE])), hour=number % 20,
                 where=rng.choice(places), kind=rng.choice(kinds),
                 when=a_day(f"2018-01-{rng.randint(20, 26)}"), told_as=rng.choice(["news", "news", "background"]))
            for number in range(30)]


def test_the_partition_does_not_depend_on_the_order_of_arrival():
    pairs_told = some_accounts()
    accounts = [account for account, _ in pairs_told]

    def groups(accounts):
        return partition([account.id for account in accounts], links_among(accounts, {})).groups
    for seed in range(5):
        assert groups(random.Random(seed).sample(accounts, len(accounts))) == groups(accounts)


def test_arriving_one_at_a_time_gives_the_same_incidents_as_all_at_once():
    def tolls(record):
        return sorted((tuple(sorted(joined.account.id for joined in one.accounts)), one.toll.killed.low,
                       one.toll.killed.best, one.kind) for one in record.incidents.values())
    at_once, one_by_one = Record(), Record()
    at_once.add(*some_accounts())
    for pair in random.Random(1).sample(some_accounts(), 30):
        one_by_one.add(pair)
    assert tolls(one_by_one) == tolls(at_once)


def test_incidents_of_is_the_same_for_any_order():
    given = [(report, Extraction((account,))) for account, report in some_accounts()]
    expected = incidents_of(given)
    assert [one.id for one in expected] == [f"DTL-{number}" for number in range(1, len(expected) + 1)]
    assert incidents_of(random.Random(5).sample(given, len(given))) == expected


def test_blocking_keeps_the_pairs_near_linear():
    def count(days):
        start = datetime(2018, 1, 1, tzinfo=UTC)
        accounts = [told(f"{day}x{number}", day="2018-01-27",
                         when=a_day((start + timedelta(days=day)).date().isoformat()))[0]
                    for day in range(days) for number in range(3)]
        return len(pairs(accounts))
    assert count(80) < 2.2 * count(40)


def test_an_attack_in_revenge_is_linked_and_not_merged():
    record = Record()
    text = "Rebels raided Arden on Saturday. In retaliation the army shelled Kabul on Sunday."
    report = a_report(text, id="R1", published="2018-01-28T10:00")
    raid = an_account(report="R1", id="A1", kind="attack", where=a_place(**ARDEN), evidence=a_span(text[:32], 0))
    shelling = an_account(report="R1", id="A2", kind="shelling/artillery/missile attack", when=a_day("2018-01-28"),
                          evidence=a_span(text[33:], 33))
    record.add((raid, report), (shelling, report))
    [link] = [link for one in record.incidents.values() for link in one.related]
    assert (link.kind, record.incidents[link.incident].accounts[0].account.id) == ("follow_up", "A1")


def test_who_did_it_may_change_years_later_and_the_history_says_so():
    record = Record()
    blamed = (an_actor("attacker", "rebels", group="the-rebels", type=2, certainty="stated"),)
    admitted = (a_claim("the-army", "the army", "admitted"),)
    record.add(told("1", actors=blamed))
    [change] = record.add(told("2", responsibility=admitted, day="2020-05-01")).changes
    assert "done by the-rebels (stated) became" in change.why
