"""The scale bench: a made stream with known truth, and what is measured on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice

import pytest

from bench.scale import figures_of
from bench.scale_worker import measure
from bench.synthetic import stream


def test_the_stream_is_the_same_for_the_same_seed_and_comes_by_the_day_written():
    first, again = (list(islice(stream(300, 7), 200)) for _ in range(2))
    assert first == again
    days = [told.report.written.day for told in first]
    assert days == sorted(days)
    assert first != list(islice(stream(300, 8), 200))


def test_every_account_has_its_sentences_in_its_report_and_a_true_incident():
    told_of = defaultdict(set)
    for told in stream(400, 7):
        for account, number in zip(told.accounts, told.truth, strict=True):
            assert all(told.report.text[span.start:span.end] == span.quote for span in account.evidence)
            assert account.report == told.report.id
            told_of[number].add(account.id)
    sizes = Counter(len(accounts) for accounts in told_of.values())
    assert sizes[1] > 20
    assert sum(sizes[size] for size in sizes if size > 3) > 10


def test_the_stream_has_what_makes_grouping_hard():
    told = list(stream(3000, 7))
    reports = [one.report for one in told]
    accounts = [account for one in told for account in one.accounts]
    assert {"copies": any(one.copy_of for one in reports), "corrections": any(one.update_kind for one in reports),
            "background": any(one.told_as == "background" for one in accounts),
            "no day": any(one.when.earliest is None for one in accounts),
            "vague places": any((one.where.precision or 0) > 3 for one in accounts)} == dict.fromkeys(
                ("copies", "corrections", "background", "no day", "vague places"), True)


def test_a_small_record_is_made_and_its_incidents_are_mostly_right(tmp_path):
    measured = measure(150, tmp_path)
    assert measured["accounts"] >= 150
    assert measured["b3_f1"] > 80
    assert 0 < measured["one_more_p50_ms"] <= measured["one_more_p95_ms"]


@pytest.mark.parametrize(("small", "large", "ratio"), [((100, 1.0), (1000, 10.0), 10.0), ((110, 1.0), (1000, 20.0), 22.0)])
def test_the_ratio_is_of_ten_times_the_accounts(small, large, ratio):
    def given(accounts, seconds):
        return {"accounts": accounts, "reconcile_s": seconds, **dict.fromkeys((
            "keep_s", "peak_mb", "file_mb", "one_more_p50_ms", "one_more_p95_ms", "b3_f1", "b3_precision", "b3_recall"), 1.0)}
    assert figures_of(given(*small), given(*large))["ratio"] == ratio
