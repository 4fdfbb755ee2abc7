"""A reader who follows every address of the desk, and what may stand in an answer that they get."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import httpx
from fastapi.testclient import TestClient

from dateline.desk.headers import HEADERS, OF_A_MAIL
from desk.security.hostile import NAMES, SUM

LINKS = ("href", "src", "action", "formaction", "hx-get", "data-src", "data-under")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u0300-\u036f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
ID = re.compile(r"(?<=/)(DTL-\d+|R\d+|A-[^/]+|\d+)(?=/|$)")
NEVER = frozenset({"iframe", "object", "embed", "base", "frame", "applet", "math", "foreignobject", "animate", "set"})
# elements that hold text alone: markup in them is never run
SAFE_SCHEMES = ("http", "https", "")
NOBODYS = "about:blank"  # where links of a mail lead that is only looked at


@dataclass
class Page(HTMLParser):
    """What an HTML page makes a browser do. wrong: what no page of ours has."""

    links: list[tuple[str, str]] = field(default_factory=list)  # attribute, address
    forms: list[dict[str, str | None]] = field(default_factory=list)
    posted: set[str] = field(default_factory=set)  # addresses that forms are sent to: no links
    wrong: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    is_mail: bool = False  # HTML of a mail: its styles stand in it and its pictures are data, so that it loads nothing at all

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if len(held) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice: {attrs}")
        if tag in NEVER:
            self.wrong.append(f"<{tag}>")
        if tag == "script" and not (held.get("src") or "").startswith("/static/"):
            self.wrong.append(f"<script> that is not ours: {attrs}")
        if tag == "meta" and (held.get("http-equiv") or "").lower() in ("refresh", "set-cookie"):
            self.wrong.append(f"<meta {attrs}>")
        if tag == "form":
            self.forms.append(held)
            if (held.get("method") or "get").lower() == "post" and held.get("action"):
                self.posted.add(str(held["action"]))
        if held.get("formaction"):
            self.posted.add(str(held["formaction"]))
        self._inside = tag
        for name, value in attrs:
            if name.startswith("on") or name in ("srcdoc", "background", "ping") or (name == "style" and not self.is_mail):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name in LINKS and value is not None:
                self.links.append((name, value))
                self._check_address(tag, name, value)

    def handle_data(self, data: str) -> None:
        if self._inside in (("script",) if self.is_mail else ("script", "style")) and data.strip():
            self.wrong.append(f"inline <{self._inside}>: {data[:80]!r}")
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def _check_address(self, tag: str, name: str, value: str) -> None:
        address = urlsplit(re.sub(r"[\x00-\x20]", "", value))
        if tag == "img" and value.startswith("data:image/png;base64,"):
            return
        if address.scheme not in SAFE_SCHEMES and not (self.is_mail and value == NOBODYS):
            self.wrong.append(f"<{tag} {name}={value[:80]!r}>: scheme")
        elsewhere = bool(address.scheme or address.netloc)
        if elsewhere and (tag != "a" or name != "href"):
            self.wrong.append(f"<{tag} {name}={value[:80]!r}>: from elsewhere")


def crawl(
    browser: TestClient, starts: Iterable[str], *, of_a_shape: int = 12, most: int = 3_000
) -> Iterator[tuple[str, httpx.Response]]:
    """Each address of ours that pages lead to, with what it answers. of_a_shape: most that are asked for of one shape."""
    waiting, seen, shapes = deque(starts), set[str](), Counter[str]()
    while waiting and len(seen) < most:
        url = waiting.popleft()
        shape = shape_of(url)
        if url in seen or shapes[shape] >= of_a_shape:
            continue
        seen.add(url)
        shapes[shape] += 1
        answer = browser.get(url, follow_redirects=False)
        yield url, answer
        waiting.extend(addresses_in(url, answer))


def is_mail_of(answer: httpx.Response) -> bool:
    return answer.headers.get("content-security-policy") == OF_A_MAIL and str(answer.request.url.path).endswith("/mail")


def addresses_in(url: str, answer: httpx.Response) -> Iterator[str]:
    """The addresses of ours that an answer names."""
    found = [answer.headers["location"]] if "location" in answer.headers else []
    found += [link.partition(">")[0].lstrip("<") for link in answer.headers.get_list("link")]
    # a mail that is only looked at leads to pages that are there once it is out
    if answer.headers.get("content-type", "").startswith("text/html") and not is_mail_of(answer):
        page = Page()
        page.feed(answer.text)
        found += [address for _, address in page.links if address not in page.posted]
    for address in found:
        whole = urlsplit(urljoin(f"http://127.0.0.1{url}", address))
        if whole.path.startswith("/static/vendor/"):
            continue  # not ours, and megabytes
        if whole.scheme in ("http", "https") and whole.hostname == "127.0.0.1":
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def shape_of(url: str) -> str:
    """Addresses of one shape show the same page of other things: its path but for ids, and the names of its parameters."""
    parts = urlsplit(url)
    return f"{ID.sub('*', parts.path)}?{sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})}"


# What may stand in an answer


def wrong_with(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer, whatever it is of; empty where nothing is."""
    found = [] if answer.status_code < 500 else [f"status {answer.status_code}"]
    is_mail = is_mail_of(answer)
    expected = {**HEADERS, "content-security-policy": OF_A_MAIL} if is_mail else HEADERS
    found += [
        f"header {name} is {answer.headers.get(name)!r}" for name, value in expected.items() if answer.headers.get(name) != value
    ]
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if not kind and answer.content:
        found.append("no content-type")
    texts = [*answer.headers.values(), *texts_in(answer.content, kind)]
    for text in texts:
        found += [f"names {name}: …{at}…" for name, at in names_in(text)]
        if SUM in text:
            found.append("a template in it was run")
    if kind == "text/html":
        page = Page(is_mail=is_mail)
        page.feed(answer.text)
        found += page.wrong
        said = "".join(page.text)
        if BIDI.search(html.unescape(answer.text)) or "\x00" in said or "\x1b" in said:
            found.append(f"control characters: {sorted({hex(ord(c)) for c in BIDI.findall(html.unescape(answer.text))})}")
    if kind == "application/atom+xml":
        found += _wrong_in_xml(answer.content)
    return list(dict.fromkeys(found))


def names_in(text: str) -> Iterator[tuple[str, str]]:
    """(withheld name, words around it) for each that stands in `text` in any spelling."""
    for spelled in dict.fromkeys((text, unquote(text), html.unescape(text))):
        folded = fold(spelled)
        for name in NAMES:
            if (at := folded.find(name)) >= 0:
                yield name, folded[max(at - 60, 0) : at + 60]


def fold(text: str) -> str:
    """Small letters without accents or what does not show, and one space for all that stands between words."""
    bare = text.lower() if text.isascii() else UNSEEN.sub("", unicodedata.normalize("NFKD", text).casefold())
    return re.sub(r"[\s_+]+", " ", bare)


def texts_in(body: bytes, kind: str) -> Iterator[str]:
    """Everything readable in an answer: JSON without its escapes, the parts of an archive, the values of a Parquet file."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name), name.rpartition(".")[2])
        return
    if body[:4] == b"PAR1":
        yield from _texts_of_parquet(body)
    text = body.decode("utf-8", "replace")
    yield text
    if kind.endswith("json") or kind in ("jsonl", "geojson"):
        lines = [text] if not kind.endswith(("jsonl", "x-ndjson")) else text.splitlines()
        yield from (json.dumps(json.loads(line), ensure_ascii=False) for line in lines if line.strip())


def _texts_of_parquet(body: bytes) -> Iterator[str]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(body))
    yield str(table.schema)
    yield json.dumps(table.to_pylist(), ensure_ascii=False, default=str)


def _wrong_in_xml(body: bytes) -> list[str]:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return ["a document type in XML"]
    wrong = []
    for element in ET.fromstring(body).iter():
        if not str(element.tag).startswith("{http://www.w3.org/2005/Atom}"):
            wrong.append(f"element {element.tag}")
        href = element.get("href")
        if href is not None and urlsplit(href).hostname != "127.0.0.1":
            wrong.append(f"link to {href[:80]}")
        if BIDI.search("".join(element.itertext())) or any(BIDI.search(value) for value in element.attrib.values()):
            wrong.append(f"control characters in {element.tag}")
    return wrong


def routes_of(app: Any) -> Iterator[tuple[str, str]]:
    """(method, path with its parameters in braces) of each route of the application, mounts left out."""
    from fastapi.routing import iter_route_contexts

    for context in iter_route_contexts(app.routes):
        for method in sorted(getattr(context, "methods", None) or ()):
            yield method, str(getattr(context, "path_format", None) or context.path)
