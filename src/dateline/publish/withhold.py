"""What published output leaves out: names of victims, witnesses, minors and merely suspected persons, passages that could tell
who a minor or a victim of sexual violence was, and where a shelter is (docs/record.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dateline.publish.names import Blanker, fold, name_in
from dateline.publish.passages import passages_of, without_passages
from dateline.publish.shelters import account_by_district, by_district, is_shelter, without_places
from dateline.publish.walk import with_strings
from dateline.records import GroupStatement, Incident
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
    """An incident as it may be shown, and how much was left out."""

    incident: Incident
    withheld: int                 # names
    passages: int = 0
    sheltered: bool = False       # shown by its district


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else says what may not be shown: other accounts of the same reports, and of others of their story.

    shelters: those whose incident lies at a shelter, as one of its reports tells. publish/beside.py finds them in a record.
    """

    accounts: tuple[Account, ...] = ()
    shelters: tuple[Account, ...] = ()


ALONE = Surroundings()


def withhold(incident: Incident, beside: Surroundings = ALONE) -> Published:
    """`incident` without the names, passages and places that may not be shown, in every field.

    beside: a report's headline, and the sentence beside, may name who is private in another incident that it tells. What is
    counted as left out are the names and passages of the incident's own accounts.
    """
    accounts = [joined.account for joined in incident.accounts]
    around = [*accounts, *beside.accounts]
    names, passages, shelter = private_names(around), passages_of(around), is_shelter(accounts)
    shown = by_district(incident) if shelter else incident
    if beside.shelters and not shelter:
        shown = without_places(shown, beside.shelters, kept=accounts)
    if passages:
        shown = without_passages(shown, passages)
    if names:
        outlets = {name for joined in incident.accounts for name in (joined.report.outlet, joined.report.agency) if name}
        shown = _without(shown, Blanker(names, public_names(around, names) | outlets))
    return Published(shown, len(private_names(accounts)), len(passages_of(accounts)), shelter)


def withhold_account(account: Account, of_incident: Sequence[Account], of_report: Sequence[Account]) -> Account:
    """One account as it may be shown; of_incident: those of its incident, and of_report: those of its report, itself among them.

    Whether it lies at a shelter is what its incident says; a name that its report withholds anywhere is withheld here.
    """
    if is_shelter([account, *of_incident]):
        account = account_by_district(without_places(account, [account, *of_incident]), account)
    accounts = [account, *of_incident, *of_report]
    names, passages = private_names(accounts), passages_of(accounts)
    shown = without_passages(account, passages) if passages else account
    return _without(shown, Blanker(names, public_names(accounts, names))) if names else shown


def withhold_statement(statement: GroupStatement, accounts: Sequence[Account]) -> GroupStatement:
    """`statement` without the names that may not be shown; `accounts`: those of its report."""
    return _withheld(statement, accounts, {statement.name})


def withhold_decided(record: T, accounts: Sequence[Account]) -> T:
    """A decision, or a line of history, without the names that may not be shown; `accounts`: those that it is about."""
    return _withheld(record, accounts, set())


def _withheld(record: T, accounts: Sequence[Account], kept: set[str]) -> T:
    names, passages = private_names(accounts), passages_of(accounts)
    shown = without_places(record, accounts) if is_shelter(accounts) else record
    shown = without_passages(shown, passages) if passages else shown
    return _without(shown, Blanker(names, public_names(accounts, names) | kept)) if names else shown


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


def _without(record: T, blanker: Blanker) -> T:
    done: dict[tuple[str, bool], str] = {}       # quotes stand beside each value that they say, and most other strings are short

    def change(text: str, key: str) -> str:
        if key == ADDRESS:
            return blanker.blank_address(text)
        asked = (text, key in WORDS)
        if (shown := done.get(asked)) is None:
            shown = done[asked] = blanker.blank(text, parts=asked[1])
        return shown

    return with_strings(record, change)
