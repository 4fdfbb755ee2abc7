"""HTML pages: the article in a page, with what the page says outright of its title, outlet, author and day."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dateline.errors import ReadError
from dateline.read.article import Article, clean_text, host_of, one_line, page_date_from, parse_time, said
from dateline.read.decode import decode
from dateline.records import Fetched

Tree = Any                        # lxml.html.HtmlElement, which has no types
MOST_ELEMENTS = 100_000           # a news page has 500 to 5,000; extraction of 100,000 takes tens of seconds
MOST_JSON_NODES = 20_000
MOST_LINKED_DATA = 50_000         # characters of JSON-LD in one script; an article's has 1,000 to 10,000
SENTENCE_CHARS = 30               # a line this long that ends a sentence makes an article; so does any line of
LONG_LINE_CHARS = 80              # this length, for scripts that write no full stop
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।།။።][\"'”’»)\]]*(?:\s|$)|[。！？]")
_PUBLISHED_META = frozenset({
    "article:published_time", "og:article:published_time", "og:published_time", "article.published", "datepublished",
    "date", "pubdate", "publishdate", "publish-date", "publish_date", "published-date", "publication_date",
    "publication-date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.issued",
    "dcterms.created", "parsely-pub-date", "sailthru.date", "citation_publication_date", "rnews:datepublished",
})
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,200}>")   # of an encoding that has been undone
_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section",
    "article", "header", "footer", "figure", "figcaption", "pre", "dd", "dt", "hr", "aside", "body",
})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head", "title"})


def article_from_page(
    raw: bytes, *, source: str, fetched: Fetched, address: str | None = None, charset: str | None = None,
) -> Article:
    """The article that the HTML page `raw` holds.

    address: where the page was published, if known; charset: what its server declares.
    Raises ReadError when the page holds no article, or cannot be read as HTML.
    """
    tree = parse_page(decode(raw, source=source, declared=charset), source)
    published = published_in(tree)
    drop_bad_linked_data(tree)
    found = _extract(tree, source, address)
    text = paragraphs(found.text or "")
    title = said(found.title)
    if title and text.startswith(title + "\n"):   # the heading is the title, not the first words of the article
        text = text[len(title):].lstrip()
    if not reads_as_article(text):
        raise ReadError(source, "this page holds no article", todo="give the address of one article, or of a feed")
    return Article(
        source, fetched, text, title, said(found.sitename) or host_of(address), said(found.author), published,
        None if published else page_date_from(found.date),
    )


def parse_page(html: str, source: str) -> Tree:
    """The tree of a page. Raises ReadError when it cannot be parsed or is too large to be a page of news."""
    from trafilatura import load_html

    try:
        tree = load_html(_DECLARATION.sub("", html.replace("\x00", ""), count=1), len(html) * 4 + 1)
    except Exception as error:    # the parser meets pages that nobody foresaw
        raise ReadError(source, f"the page cannot be parsed ({one_line(error)})") from None
    if tree is None:
        raise ReadError(source, "this page is empty or no HTML", todo="check the address or the file")
    if sum(1 for _ in zip(tree.iter(), range(MOST_ELEMENTS + 1), strict=False)) > MOST_ELEMENTS:
        raise ReadError(source, f"the page has more than {MOST_ELEMENTS:,} elements; it is left out")
    return tree


def _extract(tree: Tree, source: str, address: str | None) -> Any:
    """trafilatura's Document. Raises ReadError for whatever goes wrong inside of it."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)   # what they log is told below, in our words
    try:
        found = bare_extraction(tree, url=address, include_comments=False, with_metadata=True)
    except Exception as error:
        raise ReadError(source, f"the page cannot be read ({type(error).__name__}: {one_line(error, 100)})") from None
    if found is None:
        raise ReadError(source, "this page holds no article", todo="give the address of one article, or of a feed")
    return found


def paragraphs(lines: str) -> str:
    """One line a paragraph -> an empty line between paragraphs."""
    return "\n\n".join(line for line in (" ".join(line.split()) for line in clean_text(lines).splitlines()) if line)


def reads_as_article(text: str) -> bool:
    """Whether some line of `text` is a sentence: menus and link lists have none."""
    return any(
        len(line) >= LONG_LINE_CHARS or (len(line) >= SENTENCE_CHARS and _SENTENCE_END.search(line))
        for line in text.splitlines()
    )


def published_in(tree: Tree) -> datetime | None:
    """When the page says outright that it was published: JSON-LD, a meta element, or the article's own <time>."""
    said_times = (*_linked_data_times(tree), *_meta_times(tree), *_time_elements(tree))
    return next((time for time in map(parse_time, said_times) if time), None)


def _linked_data_times(tree: Tree) -> Iterator[object]:
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            held = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node["datePublished"] for node in _nodes(held) if node.get("datePublished"))


def drop_bad_linked_data(tree: Tree) -> None:
    """Empties in `tree` the scripts of JSON-LD that are no JSON, or very long.

    The extractor searches such a script with expressions that take hours on a few hundred kilobytes made for it.
    """
    for script in tree.iter("script"):
        if "json" not in script.get("type", "").lower():
            continue
        words = script.text or ""
        try:
            if len(words) > MOST_LINKED_DATA:
                raise ValueError
            json.loads(words, strict=False)
        except (ValueError, RecursionError):
            script.text = None


def _nodes(held: object) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, outermost first."""
    left, seen = [held], 0
    while left and seen < MOST_JSON_NODES:
        value, seen = left.pop(0), seen + 1
        if isinstance(value, dict):
            yield value
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)


def _meta_times(tree: Tree) -> Iterator[str]:
    for meta in tree.iter("meta"):
        names = (meta.get(key, "").lower() for key in ("property", "name", "itemprop"))
        if any(name in _PUBLISHED_META for name in names):
            yield meta.get("content", "")


def _time_elements(tree: Tree) -> list[str]:
    """Marked as the day of publishing; else the one day that all of the page's <time> elements give."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [t for t in times if t.get("itemprop", "").lower() == "datepublished" or t.get("pubdate") is not None]
    if marked:
        return [marked[0].get("datetime", "")]
    days = {t.get("datetime", "")[:10] for t in times}
    return [times[0].get("datetime", "")] if len(days) == 1 else []   # several: other stories' days stand there too


def html_to_text(fragment: str) -> str:
    """The text of a piece of HTML, as a feed's entry holds it: paragraphs with an empty line between them."""
    from trafilatura import load_html

    try:
        tree = load_html(f"<html><body><div>{clean_text(fragment)}</div></body></html>")
    except Exception:             # what cannot be parsed holds no text
        return ""
    if tree is None:
        return ""
    pieces: list[str] = []
    _collect(tree, pieces)
    return paragraphs("".join(pieces))


def _collect(tree: Tree, pieces: list[str]) -> None:
    """The words under `tree`, with line ends around blocks; without recursion, since tags may nest deeply."""
    left: list[Tree | str] = [tree]
    while left:
        item = left.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        unseen = not isinstance(item.tag, str) or item.tag in _UNSEEN
        edge = "\n" if item.tag in _BLOCKS else ""
        left.append((edge + _spaced(item.tail)) if item is not tree else "")
        if not unseen:
            left.extend(reversed(item))
            left.append(edge + _spaced(item.text))


def _spaced(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "")
