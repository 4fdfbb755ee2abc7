"""WARC archives, written by another library than the one that reads them."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.errors import ReadError
from dateline.read.archive import articles_from_archive
from dateline.read.article import Article
from dateline.read.fetch import Fetcher
from dateline.read.sources import Reader, file_name
from dateline.settings import Settings

PAGE = (Path(__file__).parent / "pages" / "article.html").read_bytes()
OFFLINE = Settings(offline=True)


def archive(*records: tuple[str, bytes], packed: bool = False, status: str = "200 OK", encoding: str = "",
            chunked: bool = False) -> bytes:
    """An archive of responses (content type, body), after a record that tells of the archive itself."""
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for number, (kind, body) in enumerate(records, 1):
        headers = [("Content-Type", kind)]
        headers += [("Content-Encoding", encoding)] if encoding else []
        headers += [("Transfer-Encoding", "chunked")] if chunked else []
        writer.write_record(writer.create_warc_record(
            f"http://arden-post.example/{number}", "response", payload=io.BytesIO(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2021-03-13T04:05:06Z"}))
    return held.getvalue()


def found_in(raw: bytes, tmp_path: Path, settings: Settings = OFFLINE) -> list[Article | ReadError]:
    path = tmp_path / "a.warc"
    path.write_bytes(raw)
    return list(Reader(settings, Fetcher(settings), {}).articles(path))


HTML = ("text/html; charset=utf-8", PAGE)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_each_page_is_an_article_with_its_address_and_time(packed: bool, tmp_path: Path) -> None:
    first, second = found_in(archive(HTML, HTML, packed=packed), tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert second.source == file_name(str(tmp_path / "a.warc")) + "#http://arden-post.example/2"
    assert (second.title, second.outlet) == ("Shelling hits Port Verity", "Arden Post")
    assert second.fetched.at == datetime(2021, 3, 13, 4, 5, 6, tzinfo=UTC)


def test_plain_text_is_an_article_too(tmp_path: Path) -> None:
    [found] = found_in(archive(("text/plain", b"Shelling hit Port Verity overnight.")), tmp_path)
    assert isinstance(found, Article)
    assert (found.text, found.outlet) == ("Shelling hit Port Verity overnight.", "arden-post.example")


@pytest.mark.parametrize("raw", [
    pytest.param(archive(("image/png", b"\x89PNG")), id="image"),
    pytest.param(archive(HTML, status="404 Not Found"), id="not-found"),
    pytest.param(archive(HTML, status="302 Found"), id="redirect"),
])
def test_what_is_no_page_is_passed_over(raw: bytes, tmp_path: Path) -> None:
    assert found_in(raw, tmp_path) == []


@pytest.mark.parametrize(("body", "encoding", "chunked"), [
    pytest.param(gzip.compress(PAGE), "gzip", False, id="gzip"),
    pytest.param(zlib.compress(PAGE), "deflate", False, id="deflate"),
    pytest.param(PAGE, "gzip", False, id="undone-by-the-crawler-with-the-header-kept"),
    pytest.param(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), "", True, id="chunked"),
    pytest.param(PAGE, "", True, id="chunks-undone-with-the-header-kept"),
])
def test_a_pages_encoding_is_undone(body: bytes, encoding: str, chunked: bool, tmp_path: Path) -> None:
    [found] = found_in(archive(("text/html", body), encoding=encoding, chunked=chunked), tmp_path)
    assert isinstance(found, Article)
    assert "the “worst” of them" in found.text


def test_a_page_without_an_article_is_told_with_its_address_and_the_rest_goes_on(tmp_path: Path) -> None:
    problem, article = found_in(archive(("text/html", b"<html><body><p>Menu</p></body></html>"), HTML), tmp_path)
    assert "a.warc#http://arden-post.example/1: this page holds no article" in str(problem)
    assert isinstance(article, Article)


def test_a_page_that_is_too_long_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    settings = Settings(offline=True, fetch_max_bytes=5000)
    problem, article = found_in(archive(("text/html", PAGE * 9), HTML), tmp_path, settings)
    assert "record 2: longer than 5,000 bytes" in str(problem)
    assert isinstance(article, Article)


def test_a_page_that_unpacks_to_too_much_is_told(tmp_path: Path) -> None:
    settings = Settings(offline=True, fetch_max_bytes=5000)
    [problem] = found_in(archive(("text/html", gzip.compress(b"x" * 1_000_000)), encoding="gzip"), tmp_path, settings)
    assert "record 2: unpacks to more than 5,000 bytes" in str(problem)


@pytest.mark.parametrize("left", [
    pytest.param(0.99, id="in-the-page"), pytest.param(0.75, id="earlier-in-the-page"),
])
def test_a_record_that_is_cut_is_told_by_number_and_bytes(left: float, tmp_path: Path) -> None:
    raw = archive(HTML, HTML)
    article, problem = found_in(raw[:int(len(raw) * left)], tmp_path)
    assert isinstance(article, Article)
    assert "a.warc: record 3: ends after " in str(problem)
    assert f" of {len(PAGE):,} bytes; the 2 records before it were read, the rest of the file was not" in str(problem)


def test_an_archive_cut_anywhere_gives_the_records_before_and_one_line(tmp_path: Path) -> None:
    raw, packed = archive(HTML, HTML), archive(HTML, HTML, packed=True)
    for whole in (raw, packed):
        for cut in range(60, len(whole) - 4, len(whole) // 60):
            found = found_in(whole[:cut], tmp_path)
            problems = [str(problem) for problem in found if isinstance(problem, ReadError)]
            assert len(found) <= 2
            assert len(problems) <= 1
            assert all("\n" not in problem for problem in problems)


def test_a_gzip_archive_cut_in_a_page_says_so(tmp_path: Path) -> None:
    raw = archive(HTML, HTML, packed=True)
    article, problem = found_in(raw[:-200], tmp_path)
    assert isinstance(article, Article)
    assert "record 3: " in str(problem)
    assert "the 2 records before it were read" in str(problem)


def test_what_only_begins_like_an_archive_is_told() -> None:
    [problem] = articles_from_archive(io.BytesIO(b"WARC/1.0\r\n"), source="a.warc", max_bytes=99)  # type: ignore[arg-type]
    assert str(problem).startswith("a.warc: ")


def test_what_is_passed_over_is_told(tmp_path: Path) -> None:
    path, passed = tmp_path / "a.warc", list[str]()
    path.write_bytes(archive(HTML, ("image/png", b"\x89PNG")) + archive(HTML, status="404 Not Found"))
    found = list(Reader(OFFLINE, Fetcher(OFFLINE), {}, on_passed=passed.append).articles(path))
    assert (len(found), passed) == (1, ["warcinfo", "image/png", "warcinfo", "status 404"])


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("body", [pytest.param(b"", id="get"), pytest.param(b"q=arden&page=2", id="post")])
def test_the_request_before_a_page_is_passed_over(body: bytes, packed: bool, tmp_path: Path) -> None:
    """A crawler writes both sides of what it fetches."""
    held, passed = io.BytesIO(), list[str]()
    writer = WARCWriter(held, gzip=packed)
    asked = StatusAndHeaders("GET /1 HTTP/1.1", [("Host", "arden-post.example")], is_http_request=True)
    writer.write_record(writer.create_warc_record("http://arden-post.example/1", "request", payload=io.BytesIO(body),
                                                  http_headers=asked))
    (tmp_path / "a.warc").write_bytes(held.getvalue() + archive(HTML, packed=packed))
    [found] = Reader(OFFLINE, Fetcher(OFFLINE), {}, on_passed=passed.append).articles(tmp_path / "a.warc")
    assert isinstance(found, Article)
    assert passed == ["request", "warcinfo"]


def test_a_record_without_a_date_was_fetched_when_its_file_was_written(tmp_path: Path) -> None:
    path, written = tmp_path / "a.warc", datetime(2021, 4, 1, tzinfo=UTC)
    path.write_bytes(archive(HTML).replace(b"WARC-Date: 2021-03-13T04:05:06Z\r\n", b""))
    [article] = Reader(OFFLINE, Fetcher(OFFLINE), {}, arrived=written).articles(path)
    assert isinstance(article, Article)
    assert article.fetched.at == written
