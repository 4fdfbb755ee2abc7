"""speed: the made reports are no near copies of each other, and the figures are of what was measured."""

import random
from pathlib import Path

import pytest

from bench.made_reports import a_text, expand, make_reports
from bench.speed import figures_of


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i:i + 5]) for i in range(len(words) - 4)}


@pytest.mark.parametrize("quiet", [False, True], ids=["with-incidents", "quiet"])
def test_made_reports_are_long_enough_and_no_near_copies(quiet: bool) -> None:
    texts = [a_text(random.Random(seed), quiet=quiet) for seed in range(40)]
    assert all(300 <= len(text.split()) <= 560 for text in texts)
    found = list(map(shingles, texts))
    shared = max(len(a & b) / min(len(a), len(b)) for i, a in enumerate(found) for b in found[:i])
    assert shared < 0.35


def test_the_same_seed_makes_the_same_reports(tmp_path: Path) -> None:
    once, again = (make_reports(tmp_path / name, 3, seed=5, quiet=False) for name in ("once", "again"))
    assert once.texts == again.texts
    assert [path.read_text(encoding="utf-8").strip() for path in sorted(once.folder.iterdir())] == list(once.texts)


@pytest.mark.parametrize("seed", range(5))
def test_a_pattern_leaves_no_braces(seed: int) -> None:
    made = expand("{a {big|small} bomb|a mine} {near|} a [site] , [n] dead.", random.Random(seed))
    assert not set(made) & set("{}[]|")
    assert " ," not in made


def a_round(job: float, spacy: float) -> dict[str, dict[str, float]]:
    return {"job": {"seconds": job, "peak_mb": 800.0}, "spacy": {"seconds": spacy}, "job_quiet": {"seconds": 4.0},
            "spacy_quiet": {"seconds": 2.0}, "two_jobs": {}, "two_jobs_quiet": {"seconds": 5.0, "fewer": 20},
            "stages": {"read": 1.0, "extract": 5.0, "reconcile": 2.0},
            "when_where": {"ms": job, "lookup_us": 9.04, "file_mb": 50.0, "memory_mb": 1.26}}


def test_figures_are_means_over_the_rounds_and_bounds_their_least() -> None:
    figures = figures_of([a_round(8.0, 4.0), a_round(12.0, 6.0)], count=100)
    assert figures == {
        "reports_per_s": 10.0, "spacy_per_s": 20.0, "ratio": 0.5, "ratio_two_jobs": None, "ratio_quiet": 0.5,
        "ratio_quiet_two_jobs": 1.92,
        "peak_mb": 800, "ms.read": 10.0, "ms.extract": 50.0, "ms.reconcile": 20.0, "ms.store": 20.0,
        "ms.when_where": 8.0, "us.lookup": 9.0, "gazetteer_file_mb": 50.0, "gazetteer_memory_mb": 1.3}
