"""group-names: which group of the register a name means, for every name that two public lists give.

Each name is asked as it stands, alone and in a sentence, and re-spelled in a sentence: another transliteration, no hyphens,
capitals. Which group is right follows from ids alone: an entry of the register that carries the list's id. A name that
two entities bear ("Ansar al-Sharia") may mean either. In a sentence the answer is the group read that shares most
characters with the name.
- `resolved`: share of all that get a right group; `wrong`: share that get another one.
- `resolved.seen`: names as they stand; `resolved.alone`, `resolved.sentence`: its two parts. `resolved.respelled`, and
  `resolved.<kind>`: re-spelled names.
- `told_candidates`: of the names alone that are not resolved, share for which a right group is among the candidates.
- `entities`: share of the lists' entries that an entry of the register carries the id of. The names of the others count
  as not resolved, and as wrong where they get a group.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.core import SHARED, Bench, Request, Result, percent
from bench.group_lists import Entity, load_entities
from bench.respell import spellings

DATA = SHARED / "reference"
ACTIVE = SHARED / "bench/groups/groups.jsonl"
SEED = 4
CARRIERS = (                      # what stands around a name; those with a country need one
    "Fighters of {name} attacked an army post in {country} on Sunday, a police officer said.",
    "{name} said in a statement that it had carried out the bombing.",
    "Two members of {name} were arrested in {country}, the interior ministry said.",
    "The attack was blamed on {name}, officials said on Tuesday.",
    "At least six people were killed in clashes with {name} in {country}, residents said.",
    "A leader of the group {name} was killed, the agency reported.",
    "The army said it had killed three {name} militants in an air strike.",
    "{name}, which is active in {country}, denied the report.",
    "The town in {country} has been held by {name} since March.",
)
ALONE, SENTENCE = "alone", "sentence"


@dataclass(frozen=True, slots=True)
class Item:
    """One question. form: "as it stands" or the kind of re-spelling; text: the sentence, None where the name is alone."""

    ref: str
    name: str
    written: str
    form: str
    text: str | None
    right: frozenset[str]         # ids of the register; empty: the register has none for this entity


@dataclass(frozen=True, slots=True)
class Scored:
    item: Item
    group: str | None             # the answer
    candidates: frozenset[str]    # of a name alone that has no answer

    @property
    def resolved(self) -> bool:
        return self.group in self.item.right

    @property
    def wrong(self) -> bool:
        return self.group is not None and not self.resolved


def items_of(entities: Sequence[Entity], ids: Mapping[str, frozenset[str]], same: Callable[[str], str]) -> Iterator[Item]:
    """Every question, in the order of the lists. ids: reference -> ids of the register; same: a key that equal names share."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for name in entity.names:
            bearers[same(name)] |= ids.get(entity.ref, frozenset())
    chance = random.Random(SEED)
    for entity in entities:
        fitting = [carrier for carrier in CARRIERS if entity.country or "{country}" not in carrier]
        for name in entity.names:
            right = frozenset(bearers[same(name)]) if entity.ref in ids else frozenset()
            yield Item(entity.ref, name, name, "as it stands", None, right)
            for form, written in (("as it stands", name), *spellings(name, chance.randrange(100))):
                text = chance.choice(fitting).format(name=written, country=entity.country)
                yield Item(entity.ref, name, written, form, text, right)


def answer_in(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> str | None:
    """The group of the span (start, end, group) that shares most characters with [start, end), the first of equals."""
    shared = [(min(end, b) - max(start, a), group) for a, b, group in spans]
    best = max(shared, key=lambda found: found[0], default=(0, ""))
    return best[1] if best[0] > 0 else None


def figures_of(scored: Sequence[Scored], known: float) -> dict[str, float]:
    """The figures named at the head of this module, in percent. known: share of entities with an entry."""
    seen = [s for s in scored if s.item.form == "as it stands"]
    respelled = [s for s in scored if s.item.form != "as it stands"]
    alone = [s for s in seen if s.item.text is None]
    figures = {
        "resolved": _resolved(scored), "wrong": percent(sum(s.wrong for s in scored), len(scored)),
        "resolved.seen": _resolved(seen), "resolved.respelled": _resolved(respelled),
        "resolved.alone": _resolved(alone), "resolved.sentence": _resolved([s for s in seen if s.item.text is not None]),
    }
    for form in sorted({s.item.form for s in respelled}):
        figures[f"resolved.{form.replace(' ', '_')}"] = _resolved([s for s in respelled if s.item.form == form])
    for source in sorted({s.item.ref.partition(":")[0] for s in scored}):
        figures[f"resolved.{source}"] = _resolved([s for s in scored if s.item.ref.startswith(f"{source}:")])
    unanswered = [s for s in alone if s.group is None]
    figures["told_candidates"] = percent(sum(bool(s.candidates & s.item.right) for s in unanswered), len(unanswered))
    figures["entities"] = known
    return figures


def errors_of(scored: Sequence[Scored]) -> tuple[str, ...]:
    """How many of each kind, then a line each: wrong ones first, then those without an answer."""
    kinds = Counter(_kind(s) for s in scored if not s.resolved)
    lines = [f"{count:5} {kind}" for kind, count in sorted(kinds.items(), key=lambda pair: -pair[1])]
    for scored_wrong in (True, False):
        lines += [_told(s) for s in scored if not s.resolved and s.wrong is scored_wrong]
    return tuple(lines)


def run(request: Request) -> Result:
    from dateline.extract.register import key_of, load_register

    entities = load_entities(request.data, ACTIVE)[: request.limit]
    register = load_register()
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for group in register.groups.values():
        for ref in group.references:
            ids[ref].add(group.id)
    items = list(items_of(entities, {ref: frozenset(found) for ref, found in ids.items()}, key_of))
    scored = [_asked(item) for item in items]
    known = percent(sum(entity.ref in ids for entity in entities), len(entities))
    return Result(len(items), figures_of(scored, known), errors=errors_of(scored))


def _asked(item: Item) -> Scored:
    from dateline.extract.register import load_register

    register = load_register()
    if item.text is None:
        found = register.resolve(item.written)
        candidates = frozenset() if found else frozenset(group.id for group in register.candidates(item.written))
        return Scored(item, found.id if found else None, candidates)
    start = item.text.index(item.written)
    return Scored(item, answer_in(_read(item.text), start, start + len(item.written)), frozenset())


def _read(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, group) of every group that dateline reads in a sentence, which it takes for a whole report."""
    from bench.reading import a_report
    from dateline.extract.document import Document
    from dateline.extract.groups import find_groups
    from dateline.extract.register import load_register

    document = Document(a_report("text", text))
    find_groups(document, load_register())
    return ((mention.start, mention.end, mention.group) for mention in document.groups)


def _resolved(scored: Sequence[Scored]) -> float:
    return percent(sum(s.resolved for s in scored), len(scored))


def _kind(scored: Scored) -> str:
    item = scored.item
    what = "wrong" if scored.wrong else "no entry" if not item.right else "several" if scored.candidates else "unresolved"
    return f"{what}, {item.form}, {ALONE if item.text is None else SENTENCE}"


def _told(scored: Scored) -> str:
    item = scored.item
    return (f"{_kind(scored)}: {item.ref} {item.written!r} -> {scored.group or ', '.join(sorted(scored.candidates)) or '-'}"
            f" (right: {', '.join(sorted(item.right)) or '-'})" + (f" in {item.text!r}" if item.text else ""))


BENCHES = {"group-names": Bench("group-names", DATA, "names, as they stand and re-spelled", run)}
