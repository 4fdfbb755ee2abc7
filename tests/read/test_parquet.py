"""Parquet of texts: a row is an article, as an object of JSON is."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.errors import ReadError
from dateline.read import read
from dateline.read.article import Article
from dateline.read.parquet import articles_from_parquet

TEXT = "ARDEN (Hawk Wire) - Shelling hit Port Verity overnight, the mayor said."


def parquet_of(*rows: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), held)
    return held.getvalue()


def found_in(raw: bytes, **names: str) -> list[Article | ReadError]:
    return list(articles_from_parquet(io.BytesIO(raw), source="a.parquet", names=names))


def test_a_row_is_an_article() -> None:
    row = {"text": TEXT, "url": "https://arden-post.example/1", "title": "Shelling", "outlet": "Arden Post",
           "byline": "A. Reporter", "published": datetime(2021, 3, 12, 8, tzinfo=UTC)}
    [article] = found_in(parquet_of(row))
    assert isinstance(article, Article)
    assert (article.source, article.title, article.outlet, article.byline) == (
        row["url"], "Shelling", "Arden Post", "A. Reporter")
    assert (article.text, article.published_at) == (TEXT, row["published"])


@pytest.mark.parametrize(("told", "meant"), [
    pytest.param(datetime(2021, 3, 12, 8), datetime(2021, 3, 12, 8, tzinfo=UTC), id="a-time-without-a-zone-is-utc"),
    pytest.param(date(2021, 3, 12), datetime(2021, 3, 12, tzinfo=UTC), id="a-day-is-its-midnight"),
    pytest.param("2021-03-12T08:00:00+02:00", datetime(2021, 3, 12, 6, tzinfo=UTC), id="words"),
    pytest.param(1615536000, datetime(2021, 3, 12, 8, tzinfo=UTC), id="seconds"),
])
def test_a_time_comes_in_any_column_type(told: object, meant: datetime) -> None:
    [article] = found_in(parquet_of({"text": TEXT, "published": told}))
    assert isinstance(article, Article)
    assert article.published_at == meant


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("s")], ids=["a-day", "a-time"])
def test_a_day_that_no_calendar_has_is_not_known_and_costs_no_other_row(kind: pa.DataType) -> None:
    held = io.BytesIO()
    far = 2**31 - 1 if kind == pa.date32() else 2**40
    pq.write_table(pa.table({"text": [TEXT, TEXT], "published": pa.array([far, 0], kind)}), held)
    beyond, epoch = found_in(held.getvalue())
    assert isinstance(beyond, Article)
    assert isinstance(epoch, Article)
    assert (beyond.published_at, epoch.published_at) == (None, datetime(1970, 1, 1, tzinfo=UTC))


def test_columns_of_another_tool_are_named() -> None:
    [article] = found_in(parquet_of({"body": {"plain": TEXT}, "head": "Shelling"}), text="body.plain", title="head")
    assert isinstance(article, Article)
    assert (article.text, article.title) == (TEXT, "Shelling")


def test_a_row_without_text_is_told_and_the_others_are_read() -> None:
    first, second, third = found_in(parquet_of({"text": TEXT}, {"text": None}, {"text": TEXT}))
    assert isinstance(second, ReadError)
    assert "row 2" in str(second)
    assert [one.source for one in (first, third)] == ["a.parquet#1", "a.parquet#3"]


@pytest.mark.parametrize("raw", [
    pytest.param(b"PAR1 and nothing else", id="cut"),
    pytest.param(parquet_of({"text": TEXT * 200})[:-30], id="without-its-end"),
    pytest.param(b"PAR1" + b"\xff" * 300 + b"\xff\xff\xff\x7fPAR1", id="a-length-that-cannot-be"),
])
def test_a_broken_file_is_told(raw: bytes) -> None:
    [problem] = found_in(raw)
    assert isinstance(problem, ReadError)
    assert "broken" in problem.what


def test_an_empty_table_is_told() -> None:
    [problem] = found_in(_empty())
    assert "no rows" in str(problem)


def _empty() -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), held)
    return held.getvalue()


def test_its_kind_is_told_by_content(tmp_path: Path) -> None:
    (tmp_path / "texts").write_bytes(parquet_of({"text": TEXT, "outlet": "Arden Post"}))
    [report] = read(tmp_path / "texts")
    assert (report.outlet, report.agency) == ("Arden Post", "Hawk Wire")
