"""Ten coders edit one record at once, each on connections of their own: nothing that was accepted is lost, and the record is what
the same decisions give when they are made one after another."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from dateline import decisions
from dateline.decisions import By
from dateline.errors import DecisionError
from dateline.settings import Settings
from dateline.store import Store, open_record
from store.made import a_where
from test_decisions import partition, tell

SETTINGS = Settings()
CODERS, EACH, INCIDENTS = 10, 5, 12
KINDS = ("attack", "armed clash", "grenade")


@dataclass(frozen=True)
class Accepted:
    event: int
    who: str
    what: str


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A dozen incidents, each of a town of its own, two reports of each."""
    path = tmp_path_factory.mktemp("many") / "d.db"
    with open_record(path) as store:
        tell_of_all(store)
        assert len(list(store.incidents())) == INCIDENTS
    return path


def tell_of_all(store: Store) -> None:
    for number in range(INCIDENTS):
        town = a_where(f"Town {number}", lat=5.0 * number, lon=5.0 * number)
        for outlet in "AB":
            tell(store, 2 * number + 1, outlet=f"{outlet}{number}", where=town)


def an_edit(store: Store, chance: random.Random, who: str) -> Accepted | None:
    """One decision on what the coder sees just then; None where it was refused."""
    held = [one.id for one in store.incidents()]
    one, other = chance.sample(held, 2)
    by, what = By(who, f"by {who}"), chance.choice(["accept", "correct", "merge", "apart", "confidence"])
    try:
        if what == "merge":
            done = decisions.merge(store, one, other, by, SETTINGS)
        elif what == "apart":
            done = decisions.tell_apart(store, one, other, by, SETTINGS)
        elif what == "correct":
            done = decisions.correct(store, one, "kind", chance.choice(KINDS), by, SETTINGS)
        elif what == "confidence":
            done = decisions.set_confidence(store, one, chance.choice(["low", "medium", "high"]), by, SETTINGS)
        else:
            done = decisions.review(store, one, "accept", by, SETTINGS)
    except DecisionError:             # another has merged it meanwhile, or it is so already
        return None
    return Accepted(done.event, who, what)


def a_coder(record, number: int) -> list[Accepted]:
    chance = random.Random(number)
    with open_record(record) as store:
        made = [an_edit(store, chance, f"coder {number}") for _ in range(EACH)]
    return [one for one in made if one is not None]


@pytest.fixture(scope="module")
def accepted(record) -> list[Accepted]:
    """What ten coders at once were told to have done."""
    with ThreadPoolExecutor(CODERS) as coders:
        return [one for made in coders.map(lambda number: a_coder(record, number), range(CODERS)) for one in made]


def test_each_accepted_decision_is_kept_once_under_a_number_of_its_own(record, accepted):
    assert len(accepted) > CODERS
    with open_record(record) as store:
        kept = [(one.decision.id, one.decision.who) for one in store.decisions()]
        assert kept == sorted((one.event, one.who) for one in accepted)


def test_each_accepted_decision_is_a_line_of_a_history(record, accepted):
    with open_record(record) as store:
        ids = [*(one.id for one in store.incidents()), *store.deleted_incidents()]
        lines = [line for name in ids if (one := store.incident(name, deleted=True)) is not None for line in one.history]
    told = {(int(found[1]), line.who) for line in lines if (found := re.search(r"\(event (\d+)\)", line.what))}
    assert told == {(one.event, one.who) for one in accepted}


def test_the_record_is_what_the_same_decisions_give_one_after_another(record, accepted, tmp_path):
    with open_record(record) as store, open_record(tmp_path / "again.db") as again:
        tell_of_all(again)
        for one in store.decisions():
            decisions.decide(again, one.decision, "again", SETTINGS)
        assert partition(again) == partition(store)
        assert [one.id for one in again.incidents()] == [one.id for one in store.incidents()]
        assert again.deleted_incidents() == store.deleted_incidents()


def test_changes_are_numbered_in_the_order_in_which_they_were_kept(record, accepted):
    with open_record(record) as store:
        rows, after, done = [], None, False
        while not done:
            some = store.lists.changes(after, most=5)
            rows, after, done = [*rows, *some.rows], some.after, some.done
        assert {one.id for one in rows} == {*(one.id for one in store.incidents()), *store.deleted_incidents()}
        assert [one.at for one in rows] == sorted(one.at for one in rows)
