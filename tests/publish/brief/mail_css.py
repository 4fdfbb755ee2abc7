"""A little CSS, as mails have it: inline declarations, media queries with simple selectors, and which of them an element gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    media: str
    selector: str
    declarations: tuple[tuple[str, str], ...]


def declarations(style: str) -> list[tuple[str, str]]:
    """(property, value) of a style; what is no declaration has the value "" and its whole text as its name."""
    found = []
    for part in filter(None, (part.strip() for part in style.split(";"))):
        name, colon, value = part.partition(":")
        found.append((name.strip().lower(), value.strip()) if colon else (part, ""))
    return found


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """(head, body) of each outermost { }: of a media query its rules, of a rule its declarations. ValueError: it is none."""
    depth, start, head = 0, 0, ""
    for at, char in enumerate(css):
        if char == "{":
            if depth == 0:
                head, start = css[start:at].strip(), at + 1
                if ";" in head:
                    raise ValueError("something stands outside of rules")
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                raise ValueError("a brace too many")
            if depth == 0:
                yield head, css[start:at]
                start = at + 1
    if depth or css[start:].strip():
        raise ValueError("a brace is missing, or words stand outside of rules")


def rules(css: str) -> list[Rule]:
    """All rules, each selector apart."""
    found = []
    for head, body in blocks(css):
        inner = _RULE.findall(body) if head.startswith("@") else [(head, body)]
        media = head.removeprefix("@media").strip() if head.startswith("@") else ""
        for selectors, style in inner:
            found += [Rule(media, one.strip(), tuple(declarations(style))) for one in selectors.split(",")]
    return found


def matches(selector: str, element: Any) -> bool:
    """Whether `selector` ("h2", ".sheet td", "td.cell") finds `element` of lxml."""
    *outer, last = selector.split()
    if not _is(last, element):
        return False
    around = element.getparent()
    for part in reversed(outer):
        while around is not None and not _is(part, around):
            around = around.getparent()
        if around is None:
            return False
        around = around.getparent()
    return True


def weight(selector: str) -> tuple[int, int]:
    """Specificity: classes, elements."""
    parts = selector.split()
    return sum("." in part for part in parts), sum(not part.startswith(".") for part in parts)


def _is(part: str, element: Any) -> bool:
    tag, _, name = part.partition(".")
    return (not tag or element.tag == tag) and (not name or name in (element.get("class") or "").split())
