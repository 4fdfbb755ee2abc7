"""re3d: who belongs to, fights, leads, is allied with or is another name for whom, in reports on the war in Syria and Iraq.

The set ties any two things of a report ("jet" fights "a school for girls"; a coalition is in charge of its strikes). We tie
armed groups, the parties of an incident, and who speaks to whose name he speaks in. How that is told in the set's words:

| set | ours |
|---|---|
| `BelongsTo` | a group to its parent; leaders and commanders, and who speaks with an organisation named, to theirs |
| `FightingAgainst` | a group and its rival; attackers against victims, targets and the intended; two sides against each other |
| `InChargeOf` | leaders of their group; a group of an area that it controls |
| `AlliesOf`, `IsSynonymOf` | a group's allies and other names, both ways; a speaker's name and office |

The set's other relations (CoLocated, HasAttrOf, CommWith, Likes, Dislikes, Apart) are not ours and not counted, on either side.
- `f1`: triples (source, type, target) of a document, each once, its texts without articles, marks and capitals. `f1.TYPE`.
- `heads.f1`: the same where of each text only its head counts, the last word before a preposition or comma ("the Iraqi
  army of the north": army), since where a name ends is told differently; `pairs.f1`: also whatever the type and direction.
- `entities.TYPE`: F1 of names of one kind, ours and theirs one with one where they overlap. `Organisation` are armed groups
  alone on our side, so its recall is low by design; `Nationality` is the adjective of a country. The set's other kinds are
  not aimed at as such: persons, weapons and numbers stand in our records only where an incident or a statement has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.scores import Tally, mention

TYPES = ("AlliesOf", "BelongsTo", "FightingAgainst", "InChargeOf", "IsSynonymOf")
BOTH_WAYS = frozenset({"AlliesOf", "IsSynonymOf"})
ENTITIES = ("Location", "Nationality", "Organisation", "Temporal")
Row = dict[str, Any]
# what follows the head of a name: "commander of the guard", "the army, which"
TAIL = re.compile(r"(?:,|\(|\b(?:of|in|for|from|at|on|to|with|by|who|which|that|near)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Triple:
    type: str
    source: str
    target: str

    @property
    def plain(self) -> Triple:
        """With its texts as they are compared."""
        return Triple(self.type, mention(self.source), mention(self.target))

    @property
    def heads(self) -> Triple:
        return Triple(self.type, head_of(self.source), head_of(self.target))

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((head_of(self.source), head_of(self.target)))


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """What a document has, and what we read in it."""

    id: str
    gold: frozenset[Triple]
    ours: frozenset[Triple]
    gold_entities: Sequence[Entity] = ()
    our_entities: Sequence[Entity] = ()


def head_of(text: str) -> str:
    """The last word before what follows a name's head; "the Army of Vale" has "army", "the Vale Army" too."""
    lead = text[: found.start()] if (found := TAIL.search(text, 1)) else text
    words = mention(lead).split() or mention(text).split()
    return words[-1] if words else ""


def both_ways(triples: Iterable[Triple]) -> frozenset[Triple]:
    """`triples`, and the other way round those that have no direction."""
    given = frozenset(triples)
    return given | {Triple(t.type, t.target, t.source) for t in given if t.type in BOTH_WAYS}


def figures_of(read: Sequence[Read]) -> dict[str, float]:
    """The figures named at the head of this module, each in percent."""
    plain = [({t.plain for t in one.gold}, {t.plain for t in one.ours}) for one in read]
    heads = [({t.heads for t in one.gold}, {t.heads for t in one.ours}) for one in read]
    pairs = [({t.pair for t in one.gold}, {t.pair for t in one.ours}) for one in read]
    whole, by_head = _tally(plain), _tally(heads)
    figures = {"f1": whole.f1, "precision": whole.precision, "recall": whole.recall,
               "heads.f1": by_head.f1, "heads.precision": by_head.precision, "heads.recall": by_head.recall,
               "pairs.f1": _tally(pairs).f1}
    for kind in TYPES:
        figures[f"f1.{kind}"] = _tally(_of(plain, kind)).f1
        figures[f"heads.f1.{kind}"] = _tally(_of(heads, kind)).f1
    for kind in ENTITIES:
        found = sum((_entities(one, kind) for one in read), Tally())
        figures[f"entities.{kind}"] = found.f1
    return figures


def _of(sides: Sequence[tuple[set[Triple], set[Triple]]], kind: str) -> list[tuple[set[Triple], set[Triple]]]:
    return [({t for t in gold if t.type == kind}, {t for t in ours if t.type == kind}) for gold, ours in sides]


def _tally(sides: Iterable[tuple[set[Any], set[Any]]]) -> Tally:
    return sum((Tally(len(gold & ours), len(ours), len(gold)) for gold, ours in sides), Tally())


def _entities(one: Read, kind: str) -> Tally:
    gold = [e for e in one.gold_entities if e.type == kind]
    ours = [e for e in one.our_entities if e.type == kind]
    left, right = list(ours), 0
    for entity in sorted(gold, key=lambda e: (e.start, e.end)):
        found = next((o for o in left if o.start < entity.end and entity.start < o.end), None)
        if found is not None:
            left.remove(found)
            right += 1
    return Tally(right, len(ours), len(gold))


# ---- the run

def run(request: Request) -> Result:
    from bench.reading import read_as_written

    rows = load_lines(request.data)[: request.limit]
    texts = ((row["id"], row["text"], (row.get("date") or "")[:10] or None) for row in rows)
    read = [Read(row["id"], gold_of(row), both_ways(triples_of(document)),
                 [Entity(e["type"], e["start"], e["end"]) for e in row["entities"]], entities_of(document))
            for row, document in zip(rows, read_as_written(texts, "statements"), strict=True)]
    return Result(sum(len(one.gold) for one in read), figures_of(read), errors=tuple(errors_of(read)))


def gold_of(row: Row) -> frozenset[Triple]:
    """The relations of a document that we aim at, each once."""
    triples = (Triple(r["type"], r["source"], r["target"]) for r in row["relations"] if r["type"] in TYPES)
    return both_ways(triples)


def triples_of(document: Any) -> Iterator[Triple]:
    """What the product reads in a document, in the set's words: the table at the head of this module."""
    for statement in document.group_statements:
        yield from _of_statement(statement)
    for account in document.accounts:
        yield from _of_account(account)
    for attribution in document.attributions:
        speaker = attribution.speaker
        if speaker is not None and speaker.person:
            if speaker.organisation:
                yield Triple("BelongsTo", speaker.person, speaker.organisation)
            if speaker.office:
                yield Triple("IsSynonymOf", speaker.person, speaker.office)


def _of_statement(statement: Any) -> Iterator[Triple]:
    name, value = statement.name, statement.value
    other = str(value.get("name") or "")
    match statement.attribute:
        case "leader" | "commander" as rank:
            yield Triple("BelongsTo", other, name)
            if rank == "leader":
                yield Triple("InChargeOf", other, name)
        case "parent":
            yield Triple("BelongsTo", name, other)
        case "ally":
            yield Triple("AlliesOf", name, other)
        case "rival":
            yield Triple("FightingAgainst", name, other)
        case "alias":
            yield Triple("IsSynonymOf", name, other)
        case "area" if value["sense"] == "control":
            yield Triple("InChargeOf", name, str(value.get("text") or value.get("name")))


def _of_account(account: Any) -> Iterator[Triple]:
    by_role: dict[str, list[str]] = {}
    for actor in account.actors:
        by_role.setdefault(actor.role, []).append(actor.text)
    hit = [*by_role.get("victim", ()), *by_role.get("intended target", ()), *(t.text for t in account.targets)]
    for attacker, other in product(by_role.get("attacker", ()), hit):
        yield Triple("FightingAgainst", attacker, other)
    for one, other in product(by_role.get("side", ()), repeat=2):
        if one != other:
            yield Triple("FightingAgainst", one, other)
    for ally, side in product(by_role.get("ally", ()), by_role.get("attacker", ())):
        yield Triple("AlliesOf", ally, side)


def entities_of(document: Any) -> list[Entity]:
    places = [Entity("Nationality" if p.adjective else "Location", p.start, p.end) for p in document.places]
    return [*places, *(Entity("Organisation", g.start, g.end) for g in document.groups),
            *(Entity("Temporal", t.start, t.end) for t in document.times)]


def errors_of(read: Sequence[Read]) -> Iterator[str]:
    """By type how many were met, met but for the ends of the texts, missed and made up; then a line for each of the last two."""
    counts: Counter[tuple[str, str]] = Counter()
    lines = []
    for one in read:
        gold, ours = ({t.plain: t for t in side} for side in (one.gold, one.ours))
        by_head = {t.heads for t in one.gold} & {t.heads for t in one.ours}
        for plain in gold.keys() & ours.keys():
            counts["met", plain.type] += 1
        for kind, side, other in (("missed", gold, ours), ("made up", ours, gold)):
            for plain in side.keys() - other.keys():
                triple = side[plain]
                near = triple.heads in by_head
                counts["by head" if near else kind, triple.type] += kind == "missed" or not near
                if not near:
                    told = f"{shorten(triple.source, 50)} -> {shorten(triple.target, 50)}"
                    lines.append(f"{kind:8} {triple.type:16} {told}   {one.id}")
    for kind in TYPES:
        yield f"{kind:16} " + ", ".join(f"{counts[how, kind]} {how}" for how in ("met", "by head", "missed", "made up"))
    yield from sorted(lines)


BENCHES = {"re3d": Bench("re3d", SHARED / "bench/re3d/train.jsonl.gz", "relations of the five types that we read", run)}
