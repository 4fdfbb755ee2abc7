"""The archive bench: a hundredth of the full size, both engines, killed and undisturbed; no record lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.archive import run
from bench.core import Request, bench_named
from bench.made_archive import Archive


def test_the_bench_is_registered():
    assert bench_named("archive").items == "made pages"


def test_an_archive_is_made_the_same_again(tmp_path):
    first, second = (Archive(40, 2, 8).write(tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_it_has_the_shares_that_it_says():
    pages = [Archive(2_000, 1, 8).page(number) for number in range(2_000)]
    assert 0.17 < sum(page.copy_of is not None for page in pages) / len(pages) < 0.23
    assert {page.language for page in pages} == {"en", "ar", "de", "es", "fr", "it", "pt", "ru", "tr", "uk"}


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_the_tables_are_the_same_whatever_reads_them_and_whatever_is_killed():
    figures = run(Request(Path("made"))).figures
    same = {name: figure for name, figure in figures.items() if name.startswith("same.")}
    assert same == {"same.local_one_job": 100, "same.local_kills": 100, "same.ray": 100, "same.ray_kills": 100}
    assert (figures["lost"], figures["doubled"]) == (0, 0)
