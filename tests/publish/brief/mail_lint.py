"""A lint of HTML mails: what Outlook or Gmail would drop or lay out otherwise, and what a reader could not read.

`faults` returns sentences, none where the mail is as it should be. What the programs support, and what nobody checked, is written
at the head of mail_support.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import lxml.html

from publish.brief.mail_css import Rule, declarations, matches, rules, weight
from publish.brief.mail_support import (
    ATTRIBUTES,
    ELEMENTS,
    HIDDEN_ONLY,
    LEAST_CONTRAST,
    LEAST_FONT,
    MEDIA,
    MOST_BYTES,
    MOST_STYLES,
    NEVER,
    OF_ONE_PROGRAM,
    PROPERTIES,
    SELECTOR,
    VALUES,
)

_FOR_OUTLOOK = re.compile(r"<!--\[if (?:mso|mso \| IE|lte mso 11)\]>(.*?)<!\[endif\]-->", re.DOTALL)
_NOT_FOR_OUTLOOK = re.compile(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-f]{6}")
PAPER = ("background-color", "background")
VOID = {"meta", "img", "br", "link", "hr", "input"}


def faults(html: str) -> list[str]:
    """What is wrong with `html`, in sentences."""
    tree = lxml.html.document_fromstring(html)
    found = [*_document(html, tree), *_outlook(html)]
    for element in tree.iter():
        if isinstance(element.tag, str):
            found += [*_element(element), *_style(element)]
    found += [*_styles(tree), *_words(tree)]
    return found


def text_of(html: str) -> str:
    """All words that the mail shows, hidden ones left out, on one line."""
    tree = lxml.html.document_fromstring(html)
    return " ".join(" ".join(text for _, text in _texts(tree.find("body"))).split())


def _document(html: str, tree: Any) -> Iterator[str]:
    if not html.lower().startswith("<!doctype html>"):
        yield "no doctype"
    if not tree.get("lang") or tree.get("dir") != "ltr":
        yield "the language or its direction is not told"
    if not (tree.findtext(".//title") or "").strip():
        yield "no title"
    names = {meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    for name in ("viewport", "color-scheme"):
        if not names.get(name):
            yield f"no meta {name}"
    if len(html.encode()) > MOST_BYTES:
        yield f"{len(html.encode()):,} bytes: Gmail would cut it"
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3")]
    if levels[:1] != [1] or levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings are no outline: {levels}"
    first = next(tree.find("body").iterchildren("div"), None)
    if first is None or "display:none" not in (first.get("style") or "").replace(" ", "") or not (first.text or "").strip():
        yield "no hidden words for the list of mails (preheader)"


def _outlook(html: str) -> Iterator[str]:
    """As Outlook reads it: what stands in comments for it is part of the mail, and its tables must still fit together."""
    if html.count("<!--[if") != html.count("<![endif]-->"):
        yield "a conditional comment does not end"
    seen = _FOR_OUTLOOK.sub(lambda found: found.group(1), _NOT_FOR_OUTLOOK.sub("", html))
    nesting = _Nesting()
    nesting.feed(seen)
    if nesting.wrong or nesting.open:
        yield f"tags do not fit together in Outlook: {nesting.wrong or nesting.open}"
    for width in re.findall(r"max-width: ?(\d+)px", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)):
        if width != "0" and f'width="{width}"' not in seen.replace("'", '"'):
            yield f"Outlook knows no max-width, and has no table {width} wide"


class _Nesting(HTMLParser):
    """What is opened and not closed, or closed and not opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID and not tag.startswith("o:"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag.startswith("o:"):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def _element(element: Any) -> Iterator[str]:
    if element.tag not in ELEMENTS:
        yield f"<{element.tag}>: not in mails" + (" (left over from MJML)" if element.tag.startswith("mj") else "")
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES:
            yield f"<{element.tag} {name}>: not in mails"
        if name in {"href", "src"} and not re.match(r"https?://[^\s]+$|mailto:" if name == "href" else r"cid:[a-z]+$", value):
            yield f"<{element.tag}> leads to {value[:60]!r}"
    if element.tag == "a":
        words = element.text_content().strip()
        if not element.get("href") or not words:
            yield "a link without an address or words"
        if re.fullmatch(r"https?://\S+", words) and words != element.get("href"):
            yield f"a link says {words[:60]!r} and leads to {element.get('href')!r}"
    if element.tag == "img":
        if not (element.get("alt") or "").strip():
            yield "a picture without words"
        if not (element.get("width") or "").isdigit() or int(element.get("width")) < 10:
            yield "a picture without a width, or one that nobody sees"
    if element.tag == "table" and element.get("role") != "presentation" and element.find(".//th[@scope]") is None:
        yield "a table of data without headings, or one of layout that does not say so"
    if element.tag == "style" and element.getparent().tag != "head":
        yield "styles outside of the head: Gmail and Outlook drop them"


def _style(element: Any) -> Iterator[str]:
    style = dict(declarations(element.get("style") or ""))
    for name, value in style.items():
        where = f"{name}: {value} on <{element.tag}>"
        if OF_ONE_PROGRAM.fullmatch(name) or (name in {"margin", "padding"} and value == "0"):
            continue
        if name not in PROPERTIES:
            yield f"{where}: not supported"
        elif element.tag not in PROPERTIES[name]:
            yield f"{where}: not supported there"
        elif NEVER.search(value) or (name in VALUES and not VALUES[name].fullmatch(value)):
            yield f"{where}: a value that is not supported"
        elif name in HIDDEN_ONLY and style.get("display") != "none":
            yield f"{where}: Outlook does not know it"
    if element.tag == "a" and "padding" in style and "mso-padding-alt" not in (element.getparent().get("style") or ""):
        yield "padding on a link: Outlook needs it on the cell"


def _styles(tree: Any) -> Iterator[str]:
    told = [style.text or "" for style in tree.iter("style")]
    if sum(map(len, told)) > MOST_STYLES:
        yield f"{sum(map(len, told)):,} characters of styles: Gmail reads {MOST_STYLES:,}"
    for css in told:
        try:
            found = rules(css)
        except ValueError as broken:
            yield f"styles with an error, which Gmail drops whole: {broken}"
            continue
        for rule in found:
            if not MEDIA.fullmatch(rule.media):
                yield f"a rule for {rule.media or 'every medium'!r}: inline it, or ask for a width or the dark scheme"
            if not SELECTOR.fullmatch(rule.selector):
                yield f"selector {rule.selector!r}: Gmail knows classes, elements and ids"
            for name, value in rule.declarations:
                if name not in PROPERTIES and name != "border-color":
                    yield f"{name}: {value} in styles: not supported"
                if NEVER.search(value.removesuffix("!important")):
                    yield f"{name}: {value} in styles: a value that is not supported"


def _words(tree: Any) -> Iterator[str]:
    """Whether all words can be read: their size, and their contrast in both schemes."""
    dark = [rule for style in tree.iter("style") for rule in _rules(style.text or "") if "dark" in rule.media]
    if not dark:
        yield "no colours for the dark scheme"
    for element, text in _texts(tree.find("body")):
        size = _inherited(element, ("font-size",), [])
        if not re.fullmatch(r"\d+px", size) or int(size.removesuffix("px")) < LEAST_FONT:
            yield f"{text[:40]!r} in {size or 'no size'}: smaller than {LEAST_FONT} px"
        for scheme, rules_ in (("light", []), ("dark", dark)):
            ink, paper = _inherited(element, ("color",), rules_), _inherited(element, PAPER, rules_)
            if not _COLOUR.fullmatch(ink) or not _COLOUR.fullmatch(paper) or contrast(ink, paper) < LEAST_CONTRAST:
                yield f"{text[:40]!r}: {ink} on {paper} in the {scheme} scheme"


def _rules(css: str) -> list[Rule]:
    try:
        return rules(css)
    except ValueError:
        return []


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    """(element, words in it) of all that is shown."""
    if "display:none" in (element.get("style") or "").replace(" ", ""):
        return
    if (element.text or "").strip():
        yield element, element.text
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        if (child.tail or "").strip():
            yield element, child.tail


def _inherited(element: Any, names: tuple[str, ...], with_rules: list[Rule]) -> str:
    """The value of the first of `names` that `element` has, itself or from what is around it. Rules win: ours are !important."""
    while element is not None:
        hits = [(weight(rule.selector), number, value.removesuffix("!important").strip())
                for number, rule in enumerate(with_rules) for key, value in rule.declarations
                if key in names and matches(rule.selector, element)]
        style = dict(declarations(element.get("style") or ""))
        value = max(hits)[2] if hits else next((style[name] for name in names if name in style), None)
        if value:
            return value
        element = element.getparent()
    return ""


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours "#rrggbb", 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
