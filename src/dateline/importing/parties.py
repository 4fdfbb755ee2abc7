"""The columns of a row that say who: attackers, sides and those attacked -> Actors; claims; names that are not to be
published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.extract.speakers_lists import speaker_lists
from dateline.importing.cells import words_of
from dateline.importing.columns import folded
from dateline.importing.told import Told
from dateline.publish.names import name_in
from dateline.records import Actor, AsOf, Responsibility, Sensitive, Span, When, Where
from dateline.records.account import Certainty, Role, Side
from dateline.records.kinds import event_type_of

STATE, REBEL, POLITICAL, COMMUNAL, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
_INTER = {
    name: number
    for number, name in enumerate(
        (
            "state forces",
            "rebel group",
            "political militia",
            "identity militia",
            "rioters",
            "protesters",
            "civilians",
            "external other forces",
        ),
        1,
    )
}
_TYPE_WORDS: tuple[tuple[int, str], ...] = (
    (
        CIVILIANS,
        r"civilians?|villagers?|residents?|worshippers?|children|students?|journalists?|workers?|private citizens.*|people",
    ),
    (PROTESTERS, r"protest\w*|demonstrat\w*"),
    (RIOTERS, r"riot\w*|mob"),
    (
        STATE,
        r"army|military|police|soldiers?|troops?|security forces|armed forces|government|national guard|gendarm\w*|state forces",
    ),
    (COMMUNAL, r"communal|ethnic militia|herders?|farmers?|pastoralists?"),
)
_UNKNOWN = re.compile(r"(?:unknown|unidentified|unnamed|n/?k)\b.*", re.IGNORECASE)
_PRIVATE_COLUMN = re.compile(
    r"\b(?:names?|nom|nombre)\b.*\b(?:victims?|witness|survivor|dead|deceased|injured|child|minor|informant)|"
    r"\b(?:victims?|witness|survivor|dead|deceased|injured|child|minor|informant|source)s?\b.*\b(?:names?|nom|"
    r"nombre|phone|contact|address)\b"
)
_SPLIT = re.compile(r"\s*[;|\n]\s*")
_LISTED = re.compile(r"\s*[;|\n,/&]\s*|\s+and\s+")
_NO_CLAIM = frozenset({"0", "1", "no", "yes", "y", "n", "true", "false", "claimed", "unclaimed", "not claimed"})


def actors_of(told: Told, kind: str, when: When, where: Where) -> tuple[Actor, ...]:
    """The parties of the row. In a fight both are sides; else the first acts, and the second suffers it."""
    one_sided = event_type_of(kind) != "Battles"
    first: Role = "attacker" if one_sided else "side"
    second: Role = "intended target" if one_sided else "side"
    found = [
        *_named(told, "actor1", first),
        *_named(told, "actor2", second),
        *_named(told, "attacker", "attacker"),
        *_named(told, "attacked", "intended target"),
    ]
    return tuple(_actor(told, f"a{number}", *one, when, where) for number, one in enumerate(found, 1))


def side_of(actor: Actor | None) -> Side:
    """The side of the people whom an actor lost."""
    by_type: dict[int, Side] = {
        STATE: "state forces",
        REBEL: "armed group",
        POLITICAL: "armed group",
        COMMUNAL: "armed group",
        PROTESTERS: "protesters",
        CIVILIANS: "civilians",
        EXTERNAL: "foreign forces",
    }
    return by_type.get(actor.type or 0, "unknown") if actor is not None else "unknown"


def claims_of(told: Told, where: Where) -> tuple[Responsibility, ...]:
    """Who claimed it, where the cell names a group rather than saying yes or no."""
    words = told.words("claimed_by")
    if words is None or words.lower() in _NO_CLAIM:
        return ()
    register = told.reading.known.register
    found = ((one, register.get(one) or register.resolve(one, where.country)) for one in _SPLIT.split(words) if one)
    return tuple(
        Responsibility("claimed", one, group.id if group else None, one, AsOf(None, None), told.evidence("claimed_by"))
        for one, group in found
    )


def private_spans(told: Told) -> tuple[Sensitive, ...]:
    """The names in columns that hold names of victims, witnesses and the like, and in those that the person calls private."""
    return tuple(
        Sensitive("victim or witness name", (span,))
        for column in told.spans
        if column in told.reading.private or _PRIVATE_COLUMN.search(folded(column))
        for span in _parts(told.spans[column])
    )


def _named(told: Told, ours: str, role: Role) -> Iterator[tuple[str, str, Role]]:
    words = told.words(ours)
    for one in _SPLIT.split(words or ""):
        if one and words_of(one) is not None:
            yield ours, one, role


def _actor(told: Told, id: str, ours: str, words: str, role: Role, when: When, where: Where) -> Actor:
    register, evidence = told.reading.known.register, told.evidence(ours)
    group = register.get(words) or register.resolve(words, where.country) if not _UNKNOWN.fullmatch(words) else None
    coded = _INTER.get(folded(told.words(f"{ours}_type") or "")) or _digit(told.words(f"{ours}_type"))
    kind = coded or (register.type_in(group.id, where.country, when.best or when.latest) if group else _type_of(words, role))
    person = name_in(words) if group is None and kind is None and _may_be_a_person(words) else None
    certainty: Certainty = "unknown" if _UNKNOWN.fullmatch(words) else "stated"
    return Actor(
        id,
        role,
        group.name if group and group.id == words else words,
        person,
        group.name if group else None,
        group.id if group else None,
        kind or (CIVILIANS if person else None),
        None,
        certainty,
        evidence,
    )


def _type_of(words: str, role: Role) -> int | None:
    told = folded(words)
    found = next((kind for kind, pattern in _TYPE_WORDS if re.search(rf"\b(?:{pattern})\b", told)), None)
    return found or (POLITICAL if role in ("attacker", "side") else None)


def _digit(words: str | None) -> int | None:
    return int(words) if words is not None and re.fullmatch(r"[1-8]", words) else None


def _may_be_a_person(words: str) -> bool:
    """Two to four capitalised words, none of which names a body or office: to be safe it is taken for a person's name."""
    parts = [part.strip(".,") for part in words.split()]
    lists = speaker_lists()
    bodies = lists.bodies | lists.organisations | lists.offices
    return (
        2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts) and not any(part.lower() in bodies for part in parts)
    )


def _parts(span: Span) -> Sequence[Span]:
    """Each name of a cell that lists several."""
    found, at = [], 0
    for part in _LISTED.split(span.quote):
        start = span.quote.find(part, at) if part else -1
        if start >= 0:
            found.append(Span(span.start + start, span.start + start + len(part), part))
            at = start + len(part)
    return found
