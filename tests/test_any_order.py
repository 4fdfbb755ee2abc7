"""A hundred shuffles of the demo's reports give the same incidents: read at once, one by one, or in batches of any size."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.extract import extract_all
from dateline.read import read
from dateline.reconcile import incidents_of
from dateline.reconcile.stories import link_copies
from dateline.records import to_json
from dateline.store import open_record

DEMO = Path(__file__).parent.parent / "demo/reports"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def told():
    """Each report with what is extracted from it; read and extracted once, with its copies and versions linked."""
    return list(extract_all(link_copies(report for path in sorted(DEMO.iterdir()) for report in read(path))))


def values(incidents):
    """What the incidents hold, by their accounts: all but what tells how they came about (ids, history)."""
    number = {one.id: min(joined.account.id for joined in one.accounts) for one in incidents}
    return {number[one.id]: json.dumps(to_json(replace(
        one, id="", history=(), related=tuple(sorted((replace(link, incident=number[link.incident]) for link in one.related),
                                                     key=lambda link: (link.kind, link.incident))))), sort_keys=True)
        for one in incidents}


def through_the_store(told, path, chance, at_once):
    with open_record(path) as store:
        left = list(told)
        while left:
            batch, left = left[:(size := chance.randint(1, at_once))], left[size:]
            for report, extraction in batch:
                store.keep(report, extraction, extracted="done", extractor="test")
            with store.reconciling() as reconciling:
                reconciling.reconcile(reconciling.unreconciled(), "reliable", NOW)
        return values(list(store.incidents()))


def test_a_hundred_shuffles_at_once(told):
    expected = values(incidents_of(told))
    assert len(expected) == 7
    for seed in range(100):
        shuffled = random.Random(seed).sample(told, len(told))
        assert values(incidents_of(shuffled)) == expected, f"seed {seed}"


@pytest.mark.parametrize("seed", range(8))
def test_shuffles_one_by_one_and_in_batches(told, tmp_path, seed):
    chance = random.Random(seed)
    expected = through_the_store(told, tmp_path / "at once.db", random.Random(0), len(told) * 1000)
    shuffled = chance.sample(told, len(told))
    assert through_the_store(shuffled, tmp_path / "shuffled.db", chance, 1 if seed % 2 else 5) == expected


@pytest.mark.slow
def test_a_hundred_shuffles_through_the_store(told, tmp_path):
    expected = through_the_store(told, tmp_path / "at once.db", random.Random(0), len(told) * 1000)
    for seed in range(100):
        chance = random.Random(seed)
        shuffled = chance.sample(told, len(told))
        assert through_the_store(shuffled, tmp_path / f"{seed}.db", chance, chance.choice((1, 3, 6))) == expected, f"seed {seed}"
