"""Drafts of a pasted report as the page shows them: what was read, beside the text, and where it may belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.desk.views.draft_rows import RowCell, rows_of
from dateline.desk.views.incident import marked_text
from dateline.desk.views.marked import Gap, Piece
from dateline.drafting import Draft, DraftAccount
from dateline.publish.export import Known
from dateline.publish.origins import origin_words, read_by_words
from dateline.publish.safe import plain
from dateline.publish.withhold import Surroundings
from dateline.publish.words import PRECISION, figure_words, speaker_words, when_words, where_words
from dateline.records import Account, Affected, Reason, Target, Weapon
from dateline.records.account import INCIDENT_STATUSES


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that was read. field: what lights with it in the text. read: by whom, where it is a party or a figure."""

    label: str
    words: str
    sub: str
    field: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An incident that an account may belong to. headline: of it, as lists show it."""

    incident: str
    headline: str
    points: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An account of the draft. is_notice: threatened, planned: kept, and in no incident."""

    account: str
    headline: str
    kind: str
    status: str
    told_as: str
    cells: tuple[Cell, ...]
    joins: str | None
    may_be: tuple[Choice, ...]
    is_notice: bool
    rows: Mapping[str, Sequence[RowCell]]         # shape -> the account as a row of it


def cards_of(draft: Draft, headlines: Mapping[str, str], known: Known) -> list[Card]:
    """headlines: of the incidents that the accounts may belong to, by id."""
    return [_card(one, draft, headlines, known) for one in draft.accounts]


def text_of(draft: Draft) -> tuple[Piece | Gap, ...]:
    """The text with the words of all its accounts marked: the person has just pasted it, and sees it whole but for names."""
    accounts = tuple(one.account for one in draft.accounts)
    return marked_text(draft.report, accounts, Surroundings(accounts), whole=True)


def _card(one: DraftAccount, draft: Draft, headlines: Mapping[str, str], known: Known) -> Card:
    account = one.account
    choices = tuple(Choice(may.incident, plain(headlines.get(may.incident, "")), may.points,
                           tuple(reason for reason in may.reasons if reason.points)) for may in one.may_be)
    is_notice = account.status not in INCIDENT_STATUSES
    return Card(account.id, plain(account.headline), account.kind, account.status, account.told_as, tuple(_cells(account)),
                one.joins, choices, is_notice, {} if is_notice else rows_of(account, draft.report, known))


def _cells(account: Account) -> list[Cell]:
    where = account.where
    cells = [Cell("When", when_words(account.when), account.when.precision, f"{account.id}-when"),
             Cell("Where", plain(where_words(where)), PRECISION[where.precision] if where.precision else plain(where.unplaced),
                  f"{account.id}-where")]
    cells += [Cell("Figure", figure_words(figure), plain(speaker_words(figure)), f"{account.id}-{figure.id}",
                   f"read by {origin_words(figure.origin)}")
              for figure in account.figures]
    cells += [Cell(actor.role.capitalize(), plain(actor.text), actor.certainty, f"{account.id}-{actor.id}", read_by_words(actor))
              for actor in account.actors if actor.role != "victim"]
    things: tuple[tuple[str, str, Sequence[Target | Weapon | Affected]], ...] = (
        ("Target", "t", account.targets), ("Weapon", "w", account.weapons), ("Affected", "p", account.affected))
    for label, prefix, several in things:
        cells += [Cell(label, plain(thing.text), "", f"{account.id}-{prefix}{at}",
                       "" if isinstance(thing, Affected) else read_by_words(thing)) for at, thing in enumerate(several, 1)]
    cells += [Cell("Responsibility", said.stance.replace("_", " "), plain(said.speaker), f"{account.id}-r{at}")
              for at, said in enumerate(account.responsibility, 1)]
    return cells
