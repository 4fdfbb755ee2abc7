"""Named places that the gazetteer lacks: placed in the finest unit around them that the text gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.document import Document, PlaceMention
from dateline.extract.place_names import Tokens, words
from dateline.records import span_of
from dateline.where.answer import unplaced, where_of
from dateline.where.choice import Context
from dateline.where.gazetteer import Gazetteer

LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "from",
        "on",
        "reached",
        "entered",
        "seized",
        "captured",
        "shelled",
        "bombed",
    }
)
UNIT_NOUNS = frozenset(
    ["district", "county", "subdistrict", "municipality", "township", "province", "governorate", "oblast"]
)
APPOSED = frozenset(
    ["in", "the", "a", "an", "of", "small", "remote", "located", "situated", "farming", "border", "near", "outside"]
)
PARTS = frozenset(
    ["suburb", "neighborhood", "neighbourhood", "quarter", "sector", "canton", "hamlet", "parish", "commune", "locality"]
)
NAME_ARTICLES = frozenset(["el", "la", "los", "las", "san", "santa", "al", "ad", "ar", "as"])  # with which a name may begin
MOST_BETWEEN = 9  # tokens of ", a small village in the district of" between a name and the unit around it
MOST_WORDS = 4  # of an unlisted name before its noun
REACH = 60  # characters after the name in which ", Kabul" or "in Kabul" may begin
DOMINANT = 0.6  # share of the report's country words from which its country is taken


def unlisted_places(
    text: str,
    tokens: Tokens,
    document: Document,
    mentions: Sequence[PlaceMention],
    context: Context,
    gazetteer: Gazetteer,
) -> list[PlaceMention]:
    """Mentions for "Sidarat Square", "the village of Foo", "in Foo, Helmand province"."""
    taken = [False] * len(tokens)
    for mention in mentions:
        for at in range(bisect_left(tokens.start, mention.start), bisect_left(tokens.start, mention.end)):
            taken[at] = True
    sentences = [(s.start_char, s.end_char) for s in document.spacy.sents]
    made = []
    for first, last, noun in _spans(tokens, taken):
        span = span_of(text, tokens.start[first], tokens.end(last))
        around = unit_around(span.start, span.end, mentions, sentences)
        if around is not None:
            kind = "site" if noun in words("site") else around.where.kind
            where = replace(
                around.where,
                text=span.quote,
                evidence=(span,),
                kind=kind if around.where.precision == 1 else around.where.kind,
            )
        else:
            top = context.votes.most_common(1)
            country = gazetteer.country(top[0][0]) if top and context.share(top[0][0]) >= DOMINANT else None
            where = (
                where_of(country, span.quote, (span,))
                if country
                else unplaced(span.quote, "not in the gazetteer, and the report names no place around it", (span,))
            )
        made.append(PlaceMention(span.start, span.end, span.quote, where, False))
    return made


def _spans(tokens: Tokens, taken: list[bool]) -> list[tuple[int, int, str | None]]:
    """(first token, last token, noun) of names in capitals that stand as places."""
    nouns = words("site") | words("settlement") | UNIT_NOUNS | PARTS  # once: a report has hundreds of tokens
    spans: list[tuple[int, int, str | None]] = []
    end = -1
    for at, low in enumerate(tokens.low):
        if at <= end or taken[at] or tokens.blocked[at]:
            continue
        if low in nouns:
            first = at
            while at - first < MOST_WORDS and first > 0 and _part(tokens, taken, first - 1):
                first -= 1
            after = at + 2 if tokens.lower(at + 1) == "of" else at + 1
            if first < at and tokens.lower(first - 1) in LOCATIVE | {"the", "of", ",", "and"}:
                spans.append((first, at, low))
            elif (
                low in words("settlement") | UNIT_NOUNS | PARTS
                and tokens.lower(at + 1) == "of"
                and _run(tokens, taken, after, titled=True)
            ):
                end = _run(tokens, taken, after, titled=True)
                spans.append((at, end, low))
        elif low in LOCATIVE and (last := _run(tokens, taken, at + 1)) and tokens.lower(last + 1) == ",":
            follows = last + 2
            between = words("direction") | words("settlement") | UNIT_NOUNS | APPOSED
            while follows - last < MOST_BETWEEN and tokens.lower(follows) in between:
                follows += 1
            if follows < len(tokens) and taken[follows] and last - at <= 3:
                end = last
                spans.append((at + 1, last, None))
    return spans


def _part(tokens: Tokens, taken: list[bool], at: int, *, titled: bool = False) -> bool:
    return (
        tokens.upper[at]
        and tokens.proper[at]
        and not taken[at]
        and not tokens.blocked[at]
        and tokens.low[at] not in words("organisation")
        and (titled or tokens.low[at] not in words("titles"))
        and tokens.text[at][-1] != "."
    )


def _run(tokens: Tokens, taken: list[bool], at: int, *, titled: bool = False) -> int:
    """The last token of the capitalised words from `at` on; 0: there are none.

    titled: with the title in its name, as in "the village of Sheikh Telmar".
    """
    last = at
    while (
        last < len(tokens)
        and last - at < MOST_WORDS
        and (
            _part(tokens, taken, last, titled=titled)
            or (last > at and tokens.text[last] == "-" and last + 1 < len(tokens) and tokens.upper[last + 1])
        )
    ):
        last += 1
    article = tokens.lower(at) in NAME_ARTICLES and last > at + 1
    return last - 1 if last > at and (article or tokens.low[at] not in words("never")) else 0


def unit_around(
    start: int, end: int, mentions: Sequence[PlaceMention], sentences: list[tuple[int, int]]
) -> PlaceMention | None:
    """The unit told right after the name, else the finest of its sentence, else none."""
    placed = [m for m in mentions if m.where.unplaced is None and not m.adjective]
    after = [m for m in placed if 0 <= m.start - end <= REACH]
    sentence = next(((a, b) for a, b in sentences if a <= start < b), (start, end))
    after = [m for m in after if m.start < sentence[1]]
    if after and after[0].start - end <= 30 and after[0].where.precision != 6:
        return after[0]
    within = [m for m in placed if sentence[0] <= m.start < sentence[1] and (m.where.precision or 0) >= 3]  # a town is no unit
    return min(within, key=lambda m: (m.where.precision or 9, abs(m.start - start)), default=None)
