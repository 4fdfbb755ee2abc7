"""scale: what is made is known and the same each time, and the record does not depend on the order in which it came."""

import itertools
import random
from collections import Counter
from pathlib import Path

import pytest

from bench.scale import figures_of
from bench.scale_worker import measure, take_in
from bench.synthetic import Told, accounts_told, told
from dateline.store import open_record
from dateline.store.store import Store


@pytest.fixture(scope="module")
def some() -> list[Told]:
    return list(accounts_told(600))


def test_the_same_seed_tells_the_same_and_another_does_not(some: list[Told]) -> None:
    assert some[:50] == list(itertools.islice(told(), 50))
    assert some[:50] != list(itertools.islice(told(seed=1), 50))


def test_a_longer_stream_begins_like_a_shorter_one(some: list[Told]) -> None:
    assert list(accounts_told(100)) == some[:len(list(accounts_told(100)))]


def test_every_account_has_its_words_and_its_incident(some: list[Told]) -> None:
    for one in some:
        assert one.truth.keys() == {account.id for account in one.accounts}
        for account in one.accounts:
            assert account.report == one.report.id
            assert all(one.report.text[span.start:span.end] == span.quote for span in account.evidence)
        assert sum(account.main for account in one.accounts) == 1
    assert len({one.report.id for one in some}) == len(some)


def test_reports_come_in_the_order_of_publication(some: list[Told]) -> None:
    published = [one.report.published_at for one in some if one.report.published_at]
    assert published == sorted(published)


def test_what_is_made_has_what_makes_it_hard() -> None:
    many = list(accounts_told(6000))
    accounts = [account for one in many for account in one.accounts]
    kept = {one.report.id for one in many}
    sizes = Counter(number for one in many for number in one.truth.values())
    assert any(one.report.copy_of for one in many)
    assert any(one.report.update_kind == "correction" for one in many)
    assert all((one.report.copy_of or one.report.version_of or one.report.id) in kept for one in many)
    assert {account.told_as for account in accounts} == {"news", "background"}
    assert {account.when.precision for account in accounts} == {"day", "week", "unknown"}
    assert {account.where.precision for account in accounts} == {1, 4, 6}
    assert max(sizes.values()) > 10
    assert min(sizes.values()) == 1
    days: dict[int, set[object]] = {}
    for one in many:
        for account in one.accounts:
            days.setdefault(one.truth[account.id], set()).add(account.when.best)
    assert any(len(told_days) > 2 for told_days in days.values())


def incidents_in(store: Store) -> dict[frozenset[str], object]:
    return {frozenset(joined.account.id for joined in one.accounts): (one.toll, one.kind, one.when, one.where)
            for one in store.incidents()}


def test_a_shuffled_stream_gives_the_same_incidents_one_by_one(some: list[Told], tmp_path: Path) -> None:
    few = some[:60]
    with open_record(str(tmp_path / "in-order.db")) as store:
        take_in(few, store)
        once = incidents_in(store)
    shuffled = random.Random(7).sample(few, len(few))
    with open_record(str(tmp_path / "shuffled.db")) as store:
        for one in shuffled:
            take_in([one], store)
        again = incidents_in(store)
    assert once == again


def test_a_small_measurement_has_every_figure_and_is_mostly_right(tmp_path: Path) -> None:
    measured = measure(150, tmp_path / "made.db", more=5)
    assert measured["accounts"] >= 150
    assert measured["b3_f1"] > 85
    figures = figures_of(measured, {**measured, "own_s": 12 * measured["own_s"]})
    assert figures["ratio"] == 12.0
    assert all(value is not None for value in figures.values())
