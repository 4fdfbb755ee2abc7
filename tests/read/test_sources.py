"""Sources: told apart by content, and whatever is wrong with one is one line while the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.read import read
from dateline.read.sources import Kind, sniff
from dateline.records import Report
from dateline.settings import Settings

PAGES = Path(__file__).parent / "pages"
NEWS = "ARDEN (Hawk Wire) - Shelling hit Port Verity overnight, killing at least 12 people, the mayor said."
OFFLINE = Settings(offline=True)
TOO_LONG = f"longer than {OFFLINE.max_text_chars:,} characters; it is left out"


def outcome(source: str | Path, settings: Settings = OFFLINE, **given: object) -> tuple[list[Report], list[str]]:
    """The reports of a source, and the lines that say what could not be read."""
    problems: list[str] = []
    reports = list(read(source, settings=settings, on_problem=lambda problem: problems.append(str(problem)),
                        **given))  # type: ignore[arg-type]
    assert all("\n" not in line for line in problems)
    return reports, problems


@pytest.mark.parametrize(("head", "kind"), [
    pytest.param(NEWS.encode(), "text", id="text"),
    pytest.param(b"[ARDEN] Shelling hit Port Verity.", "text", id="text-in-brackets"),
    pytest.param(b"{sic} Shelling hit Port Verity.", "text", id="text-in-braces"),
    pytest.param(b"<Arden> Shelling hit Port Verity.", "text", id="text-in-angles"),
    pytest.param(NEWS.encode("utf-16"), "text", id="text-of-two-bytes-a-character"),
    pytest.param(b"<!DOCTYPE html><html>", "page", id="page"),
    pytest.param(b"\xef\xbb\xbf\n<!-- saved -->\n<HTML lang=en>", "page", id="page-after-a-remark"),
    pytest.param(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">', "page", id="xhtml"),
    pytest.param(b"<p>Shelling hit <b>Port Verity</b>.", "page", id="piece-of-a-page"),
    pytest.param(b"Saved from http://a.example\n<html><body>", "page", id="page-after-words"),
    pytest.param((PAGES / "feed.xml").read_bytes(), "feed", id="rss"),
    pytest.param((PAGES / "atom.xml").read_bytes(), "feed", id="atom"),
    pytest.param(b'<rdf:RDF xmlns:rdf="x"><channel>', "feed", id="rss-1"),
    pytest.param(b'<?xml version="1.0"?><urlset><url>', "xml", id="other-xml"),
    pytest.param(b'{"text": "x"}', "json", id="json"),
    pytest.param(b'[{"text": "x"}]', "json", id="json-array"),
    pytest.param(b'{\n  "text": "x"\n}', "json", id="json-over-lines"),
    pytest.param(b'{bad\n{"text": "x"}', "json", id="json-lines-with-a-bad-first-line"),
    pytest.param(b"WARC/1.0\r\n", "warc", id="warc"),
    pytest.param(gzip.compress(b"x"), "gzip", id="gzip"),
    pytest.param(b"%PDF-1.4", "binary", id="pdf"),
    pytest.param(b"\x00\x01\x02", "binary", id="noise"),
    pytest.param(b"", "empty", id="empty"),
    pytest.param(b" \r\n", "empty", id="blank"),
])
def test_a_source_is_told_by_its_content(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


@given(st.binary(max_size=300) | st.text(alphabet='<>![]{}"-?/ap \n', max_size=300).map(str.encode))
def test_any_bytes_are_of_some_kind(head: bytes) -> None:
    assert sniff(head) in get_args(Kind)


@pytest.mark.parametrize("head", [
    b"<!" * 30_000, b"<!--" * 15_000, b"<!a[" * 15_000, b"<" + b"a" * 60_000, b"<? " * 20_000, b"{" * 60_000,
])
@pytest.mark.timeout(10)
def test_a_hostile_head_is_told_at_once(head: bytes) -> None:
    sniff(head)


@pytest.mark.parametrize("name", ["page.json", "page.txt", "page", "page.warc.gz"])
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((PAGES / "article.html").read_bytes())
    [report], problems = outcome(tmp_path / name)
    assert (report.title, problems) == ("Shelling hits Port Verity", [])
    assert (report.source, report.outlet) == (str(tmp_path / name), "Arden Post")


@pytest.mark.parametrize("raw", [
    pytest.param(NEWS.encode(), id="text"), pytest.param((PAGES / "article.html").read_bytes(), id="page"),
    pytest.param(json.dumps({"text": NEWS}).encode(), id="json"),
])
def test_each_kind_is_read_from_gzip_too(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(raw))
    [report], problems = outcome(tmp_path / "a")
    assert "Shelling hit Port Verity" in report.text
    assert problems == []


def test_json_in_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(json.dumps({"text": NEWS}).encode("utf-16"))
    [report], _ = outcome(tmp_path / "a")
    assert report.text == NEWS


def test_the_fields_of_another_tools_json_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(json.dumps({"content": {"body": NEWS}, "headline": "Shelling"}))
    [report], _ = outcome(tmp_path / "a", names={"text": "content.body", "title": "headline"})
    assert (report.text, report.title) == (NEWS, "Shelling")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    [report], _ = outcome("-")
    assert (report.source, report.text) == ("standard input", NEWS)


def test_an_empty_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert outcome("-") == ([], ["standard input: empty: there is nothing to read"])


def test_a_feeds_articles_are_read_without_the_network_where_it_holds_them() -> None:
    [report], [problem] = outcome(PAGES / "feed.xml")
    assert report.source == "http://arden-post.example/bus"
    assert "http://arden-post.example/shelling: not fetched, because offline is set" in problem


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", ".git/x", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{NEWS} It was told in {name}.")
    reports, _ = outcome(tmp_path)
    assert [report.source.removeprefix(f"{tmp_path}/") for report in reports] == [
        "a.txt", "c.txt", "b/1.txt", "b/2.txt"]


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "empty: there is nothing to read"),
    ("blank", b" \n" * 40_000, "empty: there is nothing to read"),
    ("binary", bytes(range(256)) * 40, "binary, not text"),
    ("pdf", b"%PDF-1.7\n...", "binary (a PDF), not text"),
    ("no-article", (PAGES / "no-article.html").read_bytes(), "this page holds no article"),
    ("bad-json-line", b'{"text": "%b"}\n{oops\n{"text": "%b"}' % (NEWS.encode(), NEWS.encode()), "line 2: not JSON"),
    ("no-record", b"WARC/1.0\r\n", "record"),
    ("cut-gzip", gzip.compress(NEWS.encode())[:-6], "the gzip is cut"),
    ("gzip-in-gzip", gzip.compress(gzip.compress(NEWS.encode())), "gzip within gzip"),
    ("broken-gzip", b"\x1f\x8b\x08\x00" + b"x" * 90, "the gzip is broken"),
    ("50-mb-of-text", (NEWS.encode() + b"\n") * 500_000, TOO_LONG),
    ("50-mb-in-gzip", gzip.compress(NEWS.encode() * 500_000, 1), TOO_LONG),
    ("20-mb-page", b"<html><body>" + b"<p>x</p>" * 3_000_000, "longer than 20,000,000 bytes; it is left out"),
    ("sitemap", b'<?xml version="1.0"?><urlset></urlset>', "neither a page nor a feed"),
]


@pytest.mark.parametrize(("raw", "said"), [pytest.param(raw, said, id=name) for name, raw, said in BAD])
def test_a_bad_file_is_one_line_and_the_rest_goes_on(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "1-good").write_text(NEWS + " One.")
    (tmp_path / "2-bad").write_bytes(raw)
    (tmp_path / "3-good").write_text(NEWS + " Three.")
    reports, problems = outcome(tmp_path)
    assert (reports[0].source, reports[-1].source) == (str(tmp_path / "1-good"), str(tmp_path / "3-good"))
    [problem] = problems
    assert problem.startswith(f"{tmp_path / '2-bad'}: ")
    assert said in problem


def test_a_cut_gzip_of_json_lines_gives_the_lines_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{NEWS} {n} {os.urandom(40).hex()}"}) + "\n" for n in range(3000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a").write_bytes(packed[: len(packed) // 2])
    reports, [problem] = outcome(tmp_path / "a")
    assert 1000 < len(reports) < 2000
    assert f": line {len(reports) + 1}: the gzip is cut" in problem


@pytest.mark.parametrize(("source", "said"), [
    pytest.param("no/such", "no/such: cannot be opened (no such file or directory); check the path", id="missing"),
    pytest.param("", "cannot be opened", id="no-name"),
    pytest.param("a\x00b", "cannot be opened", id="a-name-that-cannot-be"),
    pytest.param("ftp://a.example/x", "ftp addresses are not read", id="another-scheme"),
    pytest.param("http://a.example/x", "not fetched, because offline is set", id="offline"),
])
def test_a_source_that_is_not_there_is_one_line(source: str, said: str) -> None:
    reports, [problem] = outcome(source)
    assert reports == []
    assert said in problem


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(NEWS)
    (tmp_path / "a").chmod(0)
    assert "a: cannot be opened (permission denied)" in outcome(tmp_path / "a")[1][0]


def test_a_file_that_fails_while_it_is_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Failing()))
    assert outcome("-") == ([], ["standard input: cannot be read (input/output error)"])


def test_what_is_neither_file_nor_folder_is_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert outcome(tmp_path) == ([], [f"{tmp_path / 'pipe'}: neither a file nor a folder; it is left out"])


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert outcome(tmp_path) == ([], [f"{tmp_path}: there is no file in this folder"])


def test_a_file_name_that_cannot_be_printed_is_replaced(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/bad\xff\n", "w") as file:
        file.write(NEWS)
    [report], _ = outcome(tmp_path)
    assert report.source == f"{tmp_path}/bad\ufffd\ufffd"


def test_without_a_taker_of_problems_the_first_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(read(tmp_path / "missing"))


@pytest.fixture
def served() -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(PAGES))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


LOCAL = Settings(fetch_private=True, fetch_delay_s=0.0, fetch_timeout_s=2.0)


def test_an_address_of_a_page_is_read(served: str) -> None:
    [report], problems = outcome(f"{served}/article.html", LOCAL)
    assert (report.source, report.outlet, problems) == (f"{served}/article.html", "Arden Post", [])


def test_an_address_of_a_feed_that_is_not_there_is_one_line(served: str) -> None:
    assert outcome(f"{served}/no-feed.xml", LOCAL) == (
        [], [f"{served}/no-feed.xml: the server answered 404 (not found); check the address"])


def test_the_pages_of_a_feed_are_fetched(served: str, tmp_path: Path) -> None:
    (tmp_path / "feed").write_text(
        f'<rss version="2.0"><channel><title>Arden Wire</title><item><link>{served}/article.html</link></item>'
        f"<item><link>{served}/atom.xml</link></item><item><link>{served}/gone</link></item></channel></rss>")
    [report], [feed, gone] = outcome(tmp_path / "feed", LOCAL)
    assert (report.source, report.outlet) == (f"{served}/article.html", "Arden Post")
    assert feed == f"{served}/atom.xml: feed, where the page of one article was expected"
    assert "404" in gone


def test_heavy_libraries_are_loaded_only_when_something_is_read() -> None:
    heavy = "{'trafilatura', 'httpx', 'feedparser', 'fastwarc', 'py3langid', 'spacy', 'lxml', 'charset_normalizer'}"
    code = f"import sys, dateline.read, dateline.read.sources, dateline.read.report; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


TEN_GB = 10_000_000_000


@pytest.mark.parametrize(("head", "said"), [
    pytest.param(b"<rss version='2.0'><channel>" + b" " * 70_000, "longer than", id="a-feed"),
    pytest.param(b"<html><body><p>" + b" " * 70_000, "longer than", id="a-page"),
    pytest.param(b'{"text": "' + b"a" * 70_000, "longer than", id="json-of-one-line"),
    pytest.param(b"Shelling hit Port Verity. " * 3_000, TOO_LONG, id="a-text"),
])
def test_a_file_of_ten_gigabytes_is_left_out_at_its_limit(tmp_path: Path, head: bytes, said: str) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(TEN_GB if head[:1] != b"{" else TEN_GB // 50)      # which is read to the line's end, without being held
    tracemalloc.start()
    began = time.process_time()
    try:
        reports, [problem] = outcome(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reports == []
    assert said in problem
    assert most < 100_000_000
    assert time.process_time() - began < 20


def test_a_bomb_among_the_members_of_a_packed_archive_ends_its_reading(tmp_path: Path) -> None:
    page = b"<html><body><p>Shelling hit Port Verity overnight, the mayor said on Tuesday.</p></body></html>"

    def record(body: bytes, padding: int = 0) -> bytes:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body + bytes(padding)
        return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-12T00:00:00Z\r\nWARC-Target-URI: https://arden-post.example/1"
                b"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
                + http + b"\r\n\r\n")

    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(page)) + gzip.compress(record(page, 150_000_000), 9))
    reports, problems = outcome(tmp_path / "a.warc.gz")
    assert [one.text for one in reports] == ["Shelling hit Port Verity overnight, the mayor said on Tuesday."]
    assert any("longer than" in one or "more than 300 times" in one for one in problems)
