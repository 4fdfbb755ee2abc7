"""wikievents: events with triggers and arguments in news on attacks, against what the record holds of them.

dateline reads violence, the set 50 types of events. How the record is told in the set's words, and how the arguments of a given
trigger are found, is in `wikievents_types.py`; every type that is not in its tables is missed, and every event of it counts.
Beside each figure stands, as `read.`, the same over the events of the types in those tables (`READ`).

- Texts are read as they stand, by all of the product's own steps; the gate for violence is left out.
- `trigger_i_f1`: triggers of the same characters, each once; `trigger_c_f1`: and the type (two levels).
- `arg_head_i_f1`: the triggers and their types given, heads of arguments for the right event, each (event, head) once;
  `arg_head_c_f1`: and the role; an argument that the set gives two roles may have either. Head: the word of a span on which the
  others hang in our parse, theirs and ours alike. `accounts.`: the same from accounts alone, without the acts.
- `end_to_end_arg_c_f1`: from the text alone: trigger, type, head and role right. `end_to_end_any_trigger_f1`: type, head and role
  right in the document, whatever the trigger, as older work counts.
- In train the places of triggers and arguments are guesses (`wikievents_text.py`), and 88 arguments without a place are left out.

The set marks what tells its story, and not each mention: in train 47% of our triggers with their type are marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.scores import Tally
from bench.wikievents_text import Span, located, text_of
from bench.wikievents_types import READ, Argument, Event, arguments_of, events_of, head_of

Row = dict[str, Any]
WORD = re.compile(r"[\w’'-]+|\S")
LONG = 100                        # characters in which a word is looked for
PUBLISHED = {"BART-Gen (Li, Ji and Han 2021), test, triggers given": {"arg_head_i_f1": 71.75, "arg_head_c_f1": 64.57}}


@dataclass(frozen=True, slots=True)
class Read:
    """One document: the set's events, ours, and our arguments for each of the set's events, with and without acts."""

    id: str
    text: str
    gold: Sequence[Event]
    ours: Sequence[Event]
    given: Sequence[tuple[Argument, ...]]
    by_accounts: Sequence[tuple[Argument, ...]]

    def of_types(self, types: frozenset[str]) -> Read:
        """With the set's and our events of these types alone."""
        kept = [event.type in types for event in self.gold]
        return replace(self, gold=[*compress(self.gold, kept)], ours=[event for event in self.ours if event.type in types],
                       given=[*compress(self.given, kept)], by_accounts=[*compress(self.by_accounts, kept)])


# ---- the measures

def figures_of(read: Sequence[Read]) -> dict[str, float]:
    """The figures named at the head of this module, each in percent."""
    return _figures(read) | {f"read.{name}": value for name, value in _figures([one.of_types(READ) for one in read]).items()}


def _figures(read: Sequence[Read]) -> dict[str, float]:
    found, typed, ends, anywhere = Tally(), Tally(), Tally(), Tally()
    given, given_roles, accounts, accounts_roles = Tally(), Tally(), Tally(), Tally()
    for one in read:
        found += triggers_right([e.trigger for e in one.gold], [e.trigger for e in one.ours])
        typed += triggers_right([(e.trigger, e.type) for e in one.gold], [(e.trigger, e.type) for e in one.ours])
        for event, by_all, by_accounts in zip(one.gold, one.given, one.by_accounts, strict=True):
            given += arguments_right(event.arguments, by_all, roles=False)
            given_roles += arguments_right(event.arguments, by_all)
            accounts += arguments_right(event.arguments, by_accounts, roles=False)
            accounts_roles += arguments_right(event.arguments, by_accounts)
        ends += end_to_end(one.gold, one.ours)
        anywhere += end_to_end(*([replace(e, trigger=(0, 0)) for e in them] for them in (one.gold, one.ours)))
    return {"trigger_i_f1": found.f1, "trigger_c_f1": typed.f1, "trigger_c_precision": typed.precision,
            "trigger_c_recall": typed.recall, "arg_head_i_f1": given.f1, "arg_head_c_f1": given_roles.f1,
            "accounts.arg_head_i_f1": accounts.f1, "accounts.arg_head_c_f1": accounts_roles.f1,
            "end_to_end_arg_c_f1": ends.f1, "end_to_end_any_trigger_f1": anywhere.f1}


def triggers_right(gold: Iterable[object], ours: Iterable[object]) -> Tally:
    theirs, own = set(gold), set(ours)
    return Tally(len(theirs & own), len(own), len(theirs))


def arguments_right(gold: Iterable[Argument], ours: Iterable[Argument], *, roles: bool = True) -> Tally:
    """The arguments of one event, each head once. roles: whether a role must be right too."""
    theirs, own = _by_head(gold), _by_head(ours)
    right = sum(bool(theirs[head] & own[head]) or not roles for head in theirs.keys() & own.keys())
    return Tally(right, len(own), len(theirs))


def end_to_end(gold: Iterable[Event], ours: Iterable[Event]) -> Tally:
    """The arguments of all events of a document, those of the same trigger and type being one event."""
    theirs, own = _by_event(gold), _by_event(ours)
    return sum((arguments_right(theirs.get(event, ()), own.get(event, ())) for event in theirs.keys() | own.keys()), Tally())


def _by_head(arguments: Iterable[Argument]) -> dict[int, set[str]]:
    roles: dict[int, set[str]] = {}
    for one in arguments:
        roles.setdefault(one.head, set()).add(one.role)
    return roles


def _by_event(events: Iterable[Event]) -> dict[tuple[Span, str], tuple[Argument, ...]]:
    found: dict[tuple[Span, str], tuple[Argument, ...]] = {}
    for event in events:
        found[event.trigger, event.type] = found.get((event.trigger, event.type), ()) + event.arguments
    return found


# ---- the run

def run(request: Request) -> Result:
    rows = [located(row) for row in load_lines(request.data)[: request.limit]]
    read = [read_one(row, document) for row, document in zip(rows, _documents(rows), strict=True)]
    return Result(sum(len(one.gold) for one in read), figures_of(read), PUBLISHED, tuple(errors_of(read)))


def _documents(rows: Sequence[Row]) -> Iterator[Any]:
    from bench.reading import a_report, documents

    return documents(_as_it_stands(a_report(row["id"], text), text) for row in rows for text, _ in [text_of(row)])


def _as_it_stands(report: Any, text: str) -> Any:
    """The report with the set's own text, where something of it was taken for furniture: places are those of the set."""
    return report if report.text == text else replace(report, text=text, dateline=None)


def read_one(row: Row, document: Any) -> Read:
    gold = gold_of(row, document)
    given, by_accounts = ([arguments_of(document, event.trigger, event.type, acts=acts) for event in gold]
                          for acts in (True, False))
    return Read(row["id"], document.report.text, gold, events_of(document), given, by_accounts)


def gold_of(row: Row, document: Any) -> list[Event]:
    """The set's events, its tokens as characters and of arguments their heads; arguments without a place are left out."""
    _, places = text_of(row)

    def characters(span: Sequence[int]) -> Span:
        return places[span[0]][0], places[span[1] - 1][1]

    return [Event(event["type"], characters(event["trigger"]["span"]),
                  tuple(Argument(head_of(document.spacy, characters(one["span"])).idx, one["role"])
                        for one in event["args"] if one["span"] is not None))
            for event in row["events"]]


# ---- errors

def errors_of(read: Sequence[Read]) -> Iterator[str]:
    """How many of each kind; of each the types, roles and words that are most; then a line for each that was wrong."""
    lines = sorted(line for one in read for line in (*_triggers_wrong(one), *_arguments_wrong(one)))
    kinds = Counter(kind for kind, _, _ in lines)
    yield from (f"{count:5} {kind}" for kind, count in sorted(kinds.items()))
    for kind in sorted(kinds):
        of_kind = [line for line in lines if line[0] == kind]
        for what, named in (("by type", [type_ for _, type_, _ in of_kind]),
                            ("by word", [told.split("   ")[0].lower() for _, _, told in of_kind])):
            yield f"{kind}, {what}: " + ", ".join(f"{name} {count}" for name, count in Counter(named).most_common(30))
    yield from (f"{kind:20} {type_:52} {told}" for kind, type_, told in lines)


def _triggers_wrong(one: Read) -> Iterator[tuple[str, str, str]]:
    theirs, own = ({(event.trigger, event.type) for event in them} for them in (one.gold, one.ours))
    places = {trigger for trigger, _ in theirs}
    for kind, wrong in (("trigger missed", theirs - own), ("trigger made up", own - theirs)):
        for trigger, type_ in wrong:
            another = kind == "trigger made up" and trigger in places
            yield "trigger mistyped" if another else kind, type_, _told(one, trigger)


def _arguments_wrong(one: Read) -> Iterator[tuple[str, str, str]]:
    """With the triggers given, of the types that are read."""
    for event, given in zip(one.gold, one.given, strict=True):
        theirs, own = _by_head(event.arguments), _by_head(given)
        for head in sorted(theirs.keys() | own.keys()) if event.type in READ else ():
            right, said = ("/".join(sorted(them.get(head, ()))) for them in (theirs, own))
            if theirs.get(head, set()) & own.get(head, set()):
                continue
            kind = "argument missed" if not said else "argument made up" if not right else "argument misplaced"
            role = f"{said} for {right}" if said and right else said or right
            yield kind, f"{event.type}.{role}", _told(one, (head, head + len(WORD.findall(one.text[head:head + LONG])[0])))


def _told(one: Read, span: Span) -> str:
    """The words, and the text around them."""
    words = shorten(one.text[slice(*span)], 30)
    return f"{words}   ...{shorten(one.text[max(span[0] - 50, 0):span[1] + 50], 130)}   {one.id}"


BENCHES = {"wikievents": Bench("wikievents", SHARED / "bench/wikievents/dev.jsonl.gz", "events", run)}
