"""Fetching: polite to servers, and safe from what they send. The server is on this machine, in a thread."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import ReadError
from dateline.read import read
from dateline.read.fetch import Fetcher, NotModified, Page, Validators
from dateline.read.network import is_public
from dateline.read.refusals import Refused, Unreached
from dateline.settings import Settings

Answer = tuple[int, dict[str, str], bytes]
QUICK = Settings(fetch_delay_s=0.0, fetch_timeout_s=2.0, fetch_max_bytes=100_000)
HERE = ipaddress.ip_address("127.0.0.1")


@dataclass
class Site:
    """Pages by path, or functions of the handler; what was asked for, in order, with headers."""

    address: str = ""
    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    held = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append((self.path, dict(self.headers)))
            answer = held.pages.get(self.path, (404, {}, b""))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()


def a_fetcher(settings: Settings = QUICK, **given: object) -> Fetcher:
    """A fetcher that may reach this machine, and of private addresses no other."""
    return Fetcher(settings, **{"allow": lambda at: at == HERE or is_public(at)} | given)  # type: ignore[arg-type]


def why_not(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(ReadError) as raised:
        fetcher.fetch(url)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith(url)
    return str(raised.value)


def test_a_page_comes_with_its_hash_charset_and_validators(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Type": "text/html; charset=ISO-8859-1", "ETag": '"1"'}, b"<p>Port Verity</p>")
    page = a_fetcher().fetch(f"{site.address}/a")
    assert isinstance(page, Page)
    assert (page.body, page.charset, page.validators) == (b"<p>Port Verity</p>", "ISO-8859-1", Validators('"1"', None))
    assert len(page.fetched.sha256) == 64


def test_the_user_agent_is_the_settings(site: Site) -> None:
    site.pages["/a"] = (200, {}, b"x")
    a_fetcher(replace(QUICK, user_agent="arden-desk/1")).fetch(f"{site.address}/a")
    assert {headers["User-Agent"] for _, headers in site.asked} == {"arden-desk/1"}


# -- addresses of private networks

@pytest.mark.parametrize("address", [
    pytest.param("127.0.0.1", id="loopback"),
    pytest.param("10.1.2.3", id="private"),
    pytest.param("192.168.0.1", id="private-home"),
    pytest.param("169.254.169.254", id="link-local-cloud-metadata"),
    pytest.param("100.64.0.1", id="carrier-grade-nat"),
    pytest.param("0.0.0.0", id="this-network"),
    pytest.param("224.0.0.1", id="multicast"),
    pytest.param("240.0.0.1", id="reserved"),
    pytest.param("255.255.255.255", id="broadcast"),
    pytest.param("::1", id="loopback-6"),
    pytest.param("::", id="unspecified-6"),
    pytest.param("fe80::1", id="link-local-6"),
    pytest.param("fc00::1", id="unique-local-6"),
    pytest.param("fec0::1", id="site-local-6"),
    pytest.param("ff02::1", id="multicast-6"),
    pytest.param("::ffff:127.0.0.1", id="mapped"),
    pytest.param("::7f00:1", id="compatible"),
    pytest.param("2002:7f00:1::", id="6to4"),
    pytest.param("64:ff9b::7f00:1", id="nat64"),
    pytest.param("64:ff9b:1::1", id="nat64-local"),
    pytest.param("2001:0:1::1", id="teredo"),
    pytest.param("2001:db8::1", id="documentation"),
])
def test_it_is_no_public_address(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [
    "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::", "::ffff:8.8.8.8",
])
def test_it_is_a_public_address(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", [
    "127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]",
])
def test_no_private_address_is_fetched_however_it_is_written(site: Site, host: str) -> None:
    port = site.address.rpartition(":")[2]
    assert "private network" in why_not(Fetcher(QUICK), f"http://{host}:{port}/a")
    assert site.asked == []


def test_a_setting_allows_private_addresses(site: Site) -> None:
    site.pages["/a"] = (200, {}, b"x")
    assert isinstance(Fetcher(replace(QUICK, fetch_private=True)).fetch(f"{site.address}/a"), Page)


@pytest.mark.parametrize("target", [
    "http://10.0.0.1/", "http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/latest",
])
def test_a_redirect_to_a_private_address_is_not_followed(site: Site, target: str) -> None:
    site.pages["/a"] = (302, {"Location": target}, b"")
    assert "private network" in why_not(a_fetcher(), f"{site.address}/a")


def test_a_name_that_resolves_anew_to_a_private_address_is_not_reached(site: Site) -> None:
    port = site.address.rpartition(":")[2]
    site.pages["/a"] = (200, {"Connection": "close"}, b"x")
    answers = iter(["127.0.0.1", "10.0.0.1"])
    fetcher = a_fetcher(replace(QUICK, fetch_robots=False), resolve=lambda host, port: [next(answers)])
    assert isinstance(fetcher.fetch(f"http://rebinding.example:{port}/a"), Page)
    assert "10.0.0.1 is an address of a private network" in why_not(fetcher, f"http://rebinding.example:{port}/a")


def test_a_name_with_one_private_address_among_public_ones_is_not_reached() -> None:
    fetcher = a_fetcher(resolve=lambda host, port: ["93.184.216.34", "192.168.1.1"])
    assert "192.168.1.1" in why_not(fetcher, "http://mixed.example/a")


def test_the_connection_goes_to_the_address_that_was_checked_and_the_host_keeps_its_name(site: Site) -> None:
    port = site.address.rpartition(":")[2]
    site.pages["/a"] = (200, {}, b"x")
    a_fetcher(resolve=lambda host, port: ["127.0.0.1"]).fetch(f"http://arden-post.example:{port}/a")
    assert {headers["Host"] for _, headers in site.asked} == {f"arden-post.example:{port}"}


@pytest.mark.parametrize("url", [
    pytest.param("http://10.0.0.1/a", id="literal"), pytest.param("http://0x0a000001/a", id="hexadecimal"),
    pytest.param("http://localhost/a", id="localhost"), pytest.param("http://printer.local/a", id="local-name"),
    pytest.param("http://intranet/a", id="bare-name"), pytest.param("http://[::1]/a", id="loopback-6"),
])
def test_behind_a_proxy_private_addresses_are_still_refused(site: Site, url: str) -> None:
    assert "private network" in why_not(Fetcher(replace(QUICK, proxy=site.address)), url)
    assert site.asked == []


def test_behind_a_proxy_only_the_proxy_is_connected_to(site: Site) -> None:
    def no_names(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was resolved here")

    site.pages["http://arden-post.example/a"] = (200, {}, b"by way of the proxy")
    page = Fetcher(replace(QUICK, proxy=site.address), resolve=no_names).fetch("http://arden-post.example/a")
    assert isinstance(page, Page)
    assert page.body == b"by way of the proxy"


# -- addresses that are none

@pytest.mark.parametrize(("url", "said"), [
    pytest.param("http://", "not an http or https address", id="no-host"),
    pytest.param("http://[::1/", "not an address", id="broken-brackets"),
    pytest.param("http://a.example:99999/", "not an address", id="no-such-port"),
    pytest.param("gopher://a.example/", "not an http or https address", id="another-scheme"),
])
def test_what_is_no_address_is_said_to_be_none(url: str, said: str) -> None:
    assert said in why_not(a_fetcher(), url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ReadError, match="carries a name or password") as raised:
        a_fetcher().fetch("http://jo:secret@a.example/")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("target", [
    "file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://jo:x@127.0.0.1/",
])
def test_a_redirect_leads_to_http_only(site: Site, target: str) -> None:
    site.pages["/a"] = (302, {"Location": target}, b"")
    with pytest.raises(ReadError, match=r"not an http or https address|name or password"):
        a_fetcher().fetch(f"{site.address}/a")


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    assert "the name nowhere.example is not known" in why_not(a_fetcher(resolve=unknown), "http://nowhere.example/")


# -- redirects

def test_redirects_are_followed_and_the_page_has_its_last_address(site: Site) -> None:
    site.pages |= {"/a": (301, {"Location": "/b#top"}, b""), "/b": (200, {}, b"here")}
    page = a_fetcher().fetch(f"{site.address}/a")
    assert isinstance(page, Page)
    assert (page.url, page.asked, page.body) == (f"{site.address}/b", f"{site.address}/a", b"here")


def test_a_redirect_in_a_circle_ends(site: Site) -> None:
    site.pages |= {"/a": (302, {"Location": "/b"}, b""), "/b": (302, {"Location": "/a"}, b"")}
    assert "in a circle" in why_not(a_fetcher(), f"{site.address}/a")
    assert site.paths() == ["/a", "/b"]


def test_redirects_without_end_end(site: Site) -> None:
    site.pages |= {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(20)}
    assert "more than 5 times" in why_not(a_fetcher(), f"{site.address}/0")


# -- what a server answers

@pytest.mark.parametrize(("status", "headers", "said"), [
    pytest.param(404, {}, "the server answered 404 (not found); check the address", id="not-found"),
    pytest.param(403, {}, "403 (forbidden); it refuses to show it", id="forbidden"),
    pytest.param(500, {}, "500 (internal server error); try again later", id="broken"),
    pytest.param(429, {"Retry-After": "120"}, "429 (too many requests); try again after 120 seconds", id="retry-after"),
    pytest.param(304, {}, "304", id="not-modified-though-nothing-was-known"),
    pytest.param(302, {}, "without saying where to", id="redirect-to-nowhere"),
    pytest.param(799, {}, "799", id="no-known-status"),
])
def test_an_answer_that_is_no_page_is_told_with_the_next_step(
    site: Site, status: int, headers: dict[str, str], said: str,
) -> None:
    site.pages["/a"] = (status, headers, b"")
    assert said in why_not(a_fetcher(), f"{site.address}/a")


def test_a_long_page_is_refused_by_the_length_it_declares(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Length": "100001"}, b"")
    assert "longer than 100,000 bytes" in why_not(a_fetcher(), f"{site.address}/a")


def test_a_long_page_that_declares_no_length_is_cut_off(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            pass

    site.pages["/a"] = endless
    assert "longer than 100,000 bytes" in why_not(a_fetcher(), f"{site.address}/a")


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"Port Verity"))
    page = a_fetcher().fetch(f"{site.address}/a")
    assert isinstance(page, Page)
    assert page.body == b"Port Verity"


@pytest.mark.parametrize(("body", "said"), [
    pytest.param(gzip.compress(b"\0" * 50_000_000), "longer than 100,000 bytes", id="bomb"),
    pytest.param(gzip.compress(b"Port Verity" * 99)[:-20], "ends early", id="cut"),
    pytest.param(b"not packed at all", "packing is broken", id="not-packed"),
])
def test_a_packed_page_that_is_bad_is_refused(site: Site, body: bytes, said: str) -> None:
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, body)
    assert said in why_not(a_fetcher(), f"{site.address}/a")


def test_a_packing_that_was_not_asked_for_is_refused(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Encoding": "br"}, b"x")
    assert "packed as br" in why_not(a_fetcher(), f"{site.address}/a")


def dribble(handler: BaseHTTPRequestHandler) -> None:
    try:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


@pytest.mark.parametrize("answer", [silent, dribble], ids=["silent", "a-byte-at-a-time"])
def test_a_slow_server_is_left(site: Site, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
    site.pages["/a"] = answer
    begun = time.monotonic()
    assert "did not answer in time" in why_not(a_fetcher(replace(QUICK, fetch_timeout_s=0.2)), f"{site.address}/a")
    assert time.monotonic() - begun < 1.5


def test_a_server_that_hangs_up_is_told(site: Site) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")

    site.pages["/a"] = hang_up
    assert "cannot be fetched from 127.0.0.1" in why_not(a_fetcher(), f"{site.address}/a")


def test_nobody_listening_is_told() -> None:
    assert "cannot be fetched from 127.0.0.1" in why_not(a_fetcher(replace(QUICK, fetch_robots=False)), "http://127.0.0.1:9/")


def test_offline_nothing_is_fetched(site: Site) -> None:
    assert "offline is set" in why_not(a_fetcher(replace(QUICK, offline=True)), f"{site.address}/a")
    assert site.asked == []


def test_no_cookie_is_kept(site: Site) -> None:
    site.pages["/a"] = (200, {"Set-Cookie": "who=you"}, b"x")
    fetcher = a_fetcher()
    fetcher.fetch(f"{site.address}/a")
    fetcher.fetch(f"{site.address}/a")
    assert all("Cookie" not in headers for _, headers in site.asked)


# -- robots.txt

def test_robots_txt_is_obeyed_and_asked_for_once(site: Site) -> None:
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /shut\n"), "/open": (200, {}, b"x")}
    fetcher = a_fetcher()
    assert "robots.txt does not allow it" in why_not(fetcher, f"{site.address}/shut/1")
    assert isinstance(fetcher.fetch(f"{site.address}/open"), Page)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open"]


def test_a_rule_for_our_name_goes_before_the_rule_for_all(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow:\n"
    site.pages |= {"/robots.txt": (200, {}, rules), "/a": (200, {}, b"x")}
    assert isinstance(a_fetcher().fetch(f"{site.address}/a"), Page)


def test_a_redirect_is_not_followed_to_what_robots_txt_forbids(site: Site) -> None:
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /shut\n"),
                   "/a": (302, {"Location": "/shut"}, b"")}
    assert "does not allow it" in why_not(a_fetcher(), f"{site.address}/a")
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_missing_robots_txt_allows_all_and_a_broken_one_nothing(site: Site, status: int, allowed: bool) -> None:
    site.pages |= {"/robots.txt": (status, {}, b""), "/a": (200, {}, b"x")}
    if allowed:
        assert isinstance(a_fetcher().fetch(f"{site.address}/a"), Page)
    else:
        assert f"its robots.txt: the server answered {status}" in why_not(a_fetcher(), f"{site.address}/a")
        assert site.paths() == []


def test_robots_txt_is_asked_for_again_after_a_day_and_a_broken_one_after_ten_minutes(site: Site) -> None:
    now = [1000.0]
    site.pages |= {"/robots.txt": (503, {}, b""), "/a": (200, {}, b"x")}
    fetcher = a_fetcher(clock=lambda: now[0])
    assert "so nothing was fetched" in why_not(fetcher, f"{site.address}/a")
    site.pages["/robots.txt"] = (200, {}, b"")
    now[0] += 599
    assert "so nothing was fetched" in why_not(fetcher, f"{site.address}/a")
    now[0] += 1
    assert isinstance(fetcher.fetch(f"{site.address}/a"), Page)
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    now[0] += 24 * 3600 - 1
    assert isinstance(fetcher.fetch(f"{site.address}/a"), Page)
    now[0] += 1
    assert "robots.txt does not allow it" in why_not(fetcher, f"{site.address}/a")


def test_robots_txt_is_ignored_when_the_setting_says_so(site: Site) -> None:
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /\n"), "/a": (200, {}, b"x")}
    assert isinstance(a_fetcher(replace(QUICK, fetch_robots=False)).fetch(f"{site.address}/a"), Page)


@pytest.mark.parametrize(("asked_for", "paused"), [
    pytest.param(b"", 2.0, id="the-setting"), pytest.param(b"Crawl-delay: 7", 7.0, id="the-sites-wish"),
    pytest.param(b"Crawl-delay: 3600", 30.0, id="never-more-than-30-s"),
    pytest.param(b"Crawl-delay: x", 2.0, id="no-number"),
])
def test_there_is_a_pause_between_two_requests_to_one_host(site: Site, asked_for: bytes, paused: float) -> None:
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\n" + asked_for), "/a": (200, {}, b"x")}
    pauses: list[float] = []
    fetcher = a_fetcher(replace(QUICK, fetch_delay_s=2.0), sleep=pauses.append)
    fetcher.fetch(f"{site.address}/a")
    assert pauses == []
    fetcher.fetch(f"{site.address}/a")
    assert pauses == [pytest.approx(paused, abs=0.5)]


# -- conditional requests

class Memory:
    def __init__(self) -> None:
        self.held: dict[str, Validators] = {}

    def get(self, url: str) -> Validators | None:
        return self.held.get(url)

    def put(self, url: str, validators: Validators) -> None:
        self.held[url] = validators


def changed_or_not(handler: BaseHTTPRequestHandler) -> None:
    same = handler.headers.get("If-None-Match") == '"7"' and handler.headers.get("If-Modified-Since") == "yesterday"
    body = b"" if same else b"Shelling hit Port Verity overnight, the mayor said."
    handler.send_response(304 if same else 200)
    for name, value in {"ETag": '"7"', "Last-Modified": "yesterday", "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_that_is_remembered_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = changed_or_not
    fetcher = a_fetcher(memory=Memory())
    page = fetcher.fetch(f"{site.address}/a")
    assert isinstance(page, Page)
    assert isinstance(fetcher.fetch(f"{site.address}/a"), Page), "fetched is not yet dealt with"
    fetcher.remember(page)
    assert fetcher.fetch(f"{site.address}/a") == NotModified(f"{site.address}/a")


def test_a_page_is_remembered_only_after_its_report_was_taken(site: Site) -> None:
    site.pages["/a"] = changed_or_not
    memory = Memory()
    reports = read(f"{site.address}/a", settings=QUICK, fetcher=a_fetcher(memory=memory))
    next(reports)
    assert memory.held == {}
    assert list(reports) == []
    assert list(memory.held) == [f"{site.address}/a"]
    assert list(read(f"{site.address}/a", settings=QUICK, fetcher=a_fetcher(memory=memory))) == []


# -- for whoever asks again later

@pytest.mark.parametrize(("answer", "kind"), [
    pytest.param((503, {"Retry-After": "120"}, b""), Refused, id="a-status"),
    pytest.param((200, {"Content-Length": "500"}, b"cut"), Unreached, id="an-answer-that-breaks-off"),
    pytest.param((200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 500)[:-9]), Unreached, id="cut-packing"),
])
def test_a_refusal_is_told_from_an_answer_that_did_not_come(site: Site, answer: Answer, kind: type[ReadError]) -> None:
    site.pages["/a"] = answer
    with pytest.raises(kind) as raised:
        a_fetcher().fetch(f"{site.address}/a")
    if isinstance(raised.value, Refused):
        assert (raised.value.status, raised.value.retry_after) == (503, "120")


def test_ten_thousand_redirects_are_not_followed(site: Site) -> None:
    site.pages |= {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(10_000)}
    assert "redirects more than 5 times" in why_not(a_fetcher(), f"{site.address}/0")
    assert len(site.paths()) == 6


@pytest.mark.parametrize("packed", [False, True], ids=["as-it-is", "packed"])
def test_a_server_that_never_stops_sending_is_left_after_the_longest_page(site: Site, packed: bool) -> None:
    """A feed of 10 GB: what is taken of it, in bytes as sent, is little more than the longest page, and a bomb's a thousandth."""
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml")
        if packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        pack = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        with suppress(OSError):
            while sent < 10_000_000_000:
                part = b"<item><title>Shelling</title></item>" * 2_000
                part = pack.compress(part) + pack.flush(zlib.Z_SYNC_FLUSH) if packed else part
                handler.wfile.write(part)
                sent += len(part)

    site.pages["/rss"] = endless
    assert "longer than 100,000 bytes" in why_not(a_fetcher(), f"{site.address}/rss")
    assert sent < 20_000_000          # what the sockets hold between them
