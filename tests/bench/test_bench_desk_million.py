"""The desk on a large record: its figures are of the answers that came, and a small record is served once it is in memory."""

from __future__ import annotations

import pytest

from bench.core import BenchError, Request, bench_named
from bench.desk_million import figures_of, run
from on_postgres import binaries


def test_the_p95_is_that_of_the_kind_of_page_and_what_is_over_300_ms_is_late():
    took = {"overview, words": [float(ms) for ms in range(1, 41)], "search": [301.0] * 3 + [20.0] * 37}
    figures = figures_of(took, 61.4, 380.2)
    assert figures == {"p95_ms.overview_words": 39, "p95_ms.search": 301, "median_ms.overview_words": 20, "median_ms.search": 20,
                       "late": 1, "warm_s": 61, "memory_mb": 380}


def test_a_record_is_a_whole_number_of_copies():
    with pytest.raises(BenchError, match="no whole number of times 20,000"):
        run(Request(bench_named("desk-million").data, 30_000))


@pytest.mark.slow
@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL here")
def test_pages_of_a_small_record_are_timed():
    result = run(Request(bench_named("desk-million").data, 20_000))
    assert result.n == 20_000
    assert all(result.figures[f"median_ms.{page}"] > 0 for page in ("overview", "group", "search", "api_incidents"))
