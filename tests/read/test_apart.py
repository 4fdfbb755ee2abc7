"""What C code parses is read in a process of its own: whatever a page does to it, the others are read."""

from __future__ import annotations

import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from dateline.errors import ReadError
from dateline.job import run
from dateline.read import read
from dateline.read.apart import Apart
from dateline.records import Report
from dateline.settings import Settings
from dateline.store import open_record
from read.hostile import BREAKS, CRASHES, EATS, HANGS, make_hostile
from read.test_archive import archive
from store.made import extract_all

OFFLINE = Settings(offline=True)
PAGE = (Path(__file__).parent / "pages" / "article.html").read_bytes()


@pytest.fixture(scope="module")
def apart():
    with closing(Apart(OFFLINE, prepare=make_hostile)) as process:
        yield process


def told(path: Path, apart: Apart | None) -> tuple[list[Report], list[str]]:
    problems: list[ReadError] = []
    reports = list(read(path, settings=OFFLINE, on_problem=problems.append, apart=apart))
    return reports, [problem.what for problem in problems]


def test_a_page_and_an_archive_are_read_as_they_are_read_here(tmp_path, apart):
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "page.warc.gz").write_bytes(archive(("text/html", PAGE), ("image/png", b"png"), packed=True))
    pyarrow.parquet.write_table(pa.table({"text": ["Gunmen killed two people in Arden on Friday, the police said."]}),
                                tmp_path / "texts.parquet")
    here, apart_from_here = told(tmp_path, None), told(tmp_path, apart)
    assert len(here[0]) == 3
    assert [(one.id, one.text, one.title, one.published_at) for one in here[0]] == [
        (one.id, one.text, one.title, one.published_at) for one in apart_from_here[0]]
    assert here[1] == apart_from_here[1] == []


@pytest.mark.parametrize(("words", "said"), [
    pytest.param(CRASHES, "the process that read it died", id="crashes"),
    pytest.param(EATS, "it takes more than 2,000 MB of memory", id="eats memory"),
    pytest.param(BREAKS, "KeyError: 'a fault of ours'", id="breaks"),
])
def test_a_page_that_does_harm_costs_itself(tmp_path, apart, words, said):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(PAGE + words)
    (tmp_path / "c.html").write_bytes(PAGE)
    reports, problems = told(tmp_path, apart)
    assert [Path(one.source).name for one in reports] == ["a.html", "c.html"]
    assert len(problems) == 1
    assert said in problems[0]


def test_a_page_that_never_ends_is_ended(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE + HANGS)
    (tmp_path / "b.html").write_bytes(PAGE)
    began = time.monotonic()
    with closing(Apart(OFFLINE, limit_s=2.0, prepare=make_hostile)) as apart:
        reports, problems = told(tmp_path, apart)
    assert [Path(one.source).name for one in reports] == ["b.html"]
    assert problems == ["it took longer than 2 s; the rest is left out"]
    assert time.monotonic() - began < 300


def test_what_an_archive_told_before_its_reading_died_stays(tmp_path, apart):
    (tmp_path / "a.warc").write_bytes(archive(("text/html", PAGE), ("text/html", PAGE + CRASHES), ("text/html", PAGE)))
    reports, [problem] = told(tmp_path / "a.warc", apart)
    assert len(reports) == 1
    assert "died" in problem


def test_whoever_stops_reading_an_archive_reads_the_next_one_from_its_beginning(tmp_path, apart):
    for name in ("a.warc", "b.warc"):
        (tmp_path / name).write_bytes(archive(*[("text/html", PAGE)] * 3))
    next(read(tmp_path / "a.warc", settings=OFFLINE, apart=apart))
    assert [one.source.partition("#")[0] for one in told(tmp_path / "b.warc", apart)[0]] == [str(tmp_path / "b.warc")] * 3


def test_a_run_goes_on_past_a_page_that_kills_and_reads_it_again_next_time(tmp_path, apart):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.html").write_bytes(PAGE + CRASHES)
    (pages / "b.html").write_bytes(PAGE)
    for new in (1, 0):
        problems: list[Exception] = []
        with open_record(tmp_path / "d.db") as store:
            summary = run([str(pages)], store, OFFLINE, on_problem=problems.append, read=partial(read, apart=apart),
                          extract_all=extract_all)
        assert (summary.new, summary.problems, len(problems)) == (new, 1, 1)


def test_what_is_plain_text_begins_no_process(tmp_path):
    (tmp_path / "a.txt").write_text("Gunmen killed two people in Arden on Friday, the police said.")
    apart = Apart(OFFLINE)
    assert len(told(tmp_path, apart)[0]) == 1
    assert apart._process is None
