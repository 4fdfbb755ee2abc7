"""What published output leaves out: names of victims, witnesses, minors and merely suspected persons (docs/record.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline.publish.names import Blanker, fold, name_in
from dateline.records import GroupStatement, Incident, from_json, to_json
from dateline.records.account import Account, Actor

NAME_KINDS = {"victim or witness name", "private person"}
PUBLIC_CERTAINTY = {"stated", "claimed", "admitted"}
# Fields that hold words of a report: single words of a name are blanked there. In others (places, outlets, our headline) only
# the full name is, because a surname may be the name of a town too.
WORDS = frozenset({"quote", "text", "person", "organisation", "office", "who", "words", "speaker", "title", "note", "value",
                   "holders", "of", "why", "reason", "denied_by", "aside"})
ADDRESS = "source"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Published:
    """An incident as it may be shown, and how many names were left out."""

    incident: Incident
    withheld: int


def withhold(incident: Incident) -> Published:
    """`incident` without the names that may not be shown, in every field."""
    accounts = [joined.account for joined in incident.accounts]
    names = private_names(accounts)
    if not names:
        return Published(incident, 0)
    outlets = {name for joined in incident.accounts for name in (joined.report.outlet, joined.report.agency) if name}
    return Published(_without(incident, Incident, Blanker(names, public_names(accounts, names) | outlets)), len(names))


def withhold_statement(statement: GroupStatement, accounts: Sequence[Account]) -> GroupStatement:
    """`statement` without the names that may not be shown; `accounts`: those of its report."""
    names = private_names(accounts)
    kept = public_names(accounts, names) | {statement.name}
    return _without(statement, GroupStatement, Blanker(names, kept)) if names else statement


def withhold_decided(record: T, accounts: Sequence[Account]) -> T:
    """A decision, or a line of history, without the names that may not be shown; `accounts`: those that it is about."""
    names = private_names(accounts)
    return _without(record, type(record), Blanker(names, public_names(accounts, names))) if names else record


def private_names(accounts: Iterable[Account]) -> frozenset[str]:
    """The names that may not be shown, each once: "Oarewyn" is no other name than "Selda Oarewyn"."""
    mentions = {mention for account in accounts for mention in _mentions(account)}
    names = {fold(name): name for mention in sorted(mentions) if (name := name_in(mention))}
    words = {folded: set(folded.split()) for folded in names}
    return frozenset(name for folded, name in names.items() if not any(words[folded] < longer for longer in words.values()))


def public_names(accounts: Iterable[Account], private: Iterable[str]) -> frozenset[str]:
    """Names that are shown though they share a word with a private one: of places, bodies, and those who speak for them."""
    names: set[str | None] = set()
    people: set[str | None] = set()
    for account in accounts:
        names |= {account.where.name, *(actor.organisation for actor in account.actors)}
        people |= {actor.person for actor in account.actors if not _private(actor, account)}
        for speaker in (s for figure in account.figures for s in figure.speakers if s.kind != "witness"):
            names.add(speaker.organisation)
            people.add(speaker.person)
    # "Quillip" was hurt and "Tam Quillip" speaks: he may be the same man
    alone = {fold(name) for name in private if len(name.split()) == 1}
    return frozenset({name for name in names if name} | {name for name in people if name and not alone & set(fold(name).split())})


def _mentions(account: Account) -> set[str]:
    mentions = {e.quote for s in account.sensitive if s.kind in NAME_KINDS for e in s.evidence}
    mentions |= {a.person for a in account.actors if a.person and _private(a, account)}
    return mentions | {s.person for f in account.figures for s in f.speakers if s.person and s.kind == "witness"}


def _private(actor: Actor, account: Account) -> bool:
    """Role-holders of armed groups are named; victims are not, nor those merely suspected, nor anyone in a crime."""
    if actor.role in {"victim", "intended target", "rescuer"}:
        return True
    return actor.group is None and (actor.certainty not in PUBLIC_CERTAINTY or account.nature != "political")


def _without(record: T, kind: type[T], blanker: Blanker) -> T:
    return from_json(kind, _blanked(to_json(record), blanker, ""))


def _blanked(value: Any, blanker: Blanker, key: str) -> Any:
    if isinstance(value, str):
        return blanker.blank_address(value) if key == ADDRESS else blanker.blank(value, parts=key in WORDS)
    if isinstance(value, dict):
        return {name: _blanked(held, blanker, name) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_blanked(held, blanker, key) for held in value]
    return value
