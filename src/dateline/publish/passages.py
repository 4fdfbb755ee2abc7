"""Passages that are not published: what a report tells of a minor, a detainee or of sexual violence (docs/record.md).

The fact stays (a child was killed, the kind of the act); the words that could tell who it was go: "a ███████████ girl".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from dateline.publish.names import BLANK, NOT_NAMES, fold
from dateline.publish.walk import with_strings
from dateline.records import Account, Span

KINDS = frozenset({"minor", "sexual violence", "detainee"})
_WORD = re.compile(r"\S+")
T = TypeVar("T")


def passages_of(accounts: Iterable[Account]) -> tuple[Span, ...]:
    """The passages that hold a word to leave out, each once a report."""
    found = {(account.report, span) for account in accounts for one in account.sensitive if one.kind in KINDS
             for span in one.evidence}
    telling = [span for _, span in found if _blanked(span.quote) != span.quote]
    return tuple(sorted(telling, key=lambda span: (span.start, span.end, span.quote)))


def without_passages(record: T, passages: tuple[Span, ...]) -> T:
    """`record` without the telling words of `passages`: at their place in its evidence, and where a field repeats them."""
    cores = sorted({core for passage in passages if (core := _core(passage.quote))}, key=len, reverse=True)

    def change(text: str, key: str) -> str:
        for core in cores:
            if core in text:
                text = text.replace(core, _blanked(core))
        return text

    return with_strings(cast(T, _at_their_place(record, passages)), change)


def text_without_passages(text: str, passages: tuple[Span, ...]) -> str:
    """The text of the report that `passages` are of, as long as it was, without their telling words, repeated ones too."""
    for passage in passages:
        if text[passage.start:passage.end] == passage.quote:
            text = text[:passage.start] + _blanked(passage.quote) + text[passage.end:]
    return without_passages(text, passages) if passages else text


def _at_their_place(value: Any, passages: tuple[Span, ...]) -> Any:
    if isinstance(value, Span):
        return _without(value, passages)
    if isinstance(value, tuple):
        return tuple(_at_their_place(held, passages) for held in value)
    if hasattr(value, "__dataclass_fields__"):
        held = {name: getattr(value, name) for name in value.__dataclass_fields__}
        new = {name: after for name, before in held.items() if (after := _at_their_place(before, passages)) != before}
        return replace(value, **new) if new else value
    return value


def _without(span: Span, passages: tuple[Span, ...]) -> Span:
    """The fields of an incident do not say which report a span is of: it is the passage where it has its words at its place."""
    quote = span.quote
    for passage in passages:
        first, last = max(span.start, passage.start), min(span.end, passage.end)
        ours = slice(first - span.start, last - span.start)
        if first < last and span.quote[ours] == passage.quote[first - passage.start:last - passage.start]:
            there = _blanked(passage.quote)[first - passage.start:last - passage.start]
            quote = quote[:ours.start] + there + quote[ours.stop:]
    return replace(span, quote=quote) if quote != span.quote else span


def _blanked(words: str) -> str:
    """`words`, as long as they were, with a block for each letter of those that are more than "a", "girl" or "teacher"."""
    return _WORD.sub(lambda word: word[0] if _is_general(word[0]) else BLANK * len(word[0]), words)


def _core(words: str) -> str | None:
    """What is looked for in other fields: without general words at its ends; None for a single plain word ("raped")."""
    held = list(_WORD.finditer(words))
    while held and _is_general(held[0][0]):
        del held[0]
    while held and _is_general(held[-1][0]):
        del held[-1]
    core = words[held[0].start():held[-1].end()] if held else ""
    return core if len(held) > 1 or (not core.isalpha() and len(core) > 2) else None


def _is_general(word: str) -> bool:
    return fold(word.strip(".,;:!?\"'()\u201c\u201d\u2018\u2019")) in NOT_NAMES
