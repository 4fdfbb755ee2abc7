"""Records to rows and back. Pure: no connection here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa

from dateline.reconcile.clusters import Pairing
from dateline.reconcile.reasons import Judgement
from dateline.records import Account, Figure, GroupStatement, Joined, Reason, Report, ReportRef, to_line
from dateline.records.codec import from_line
from dateline.records.incident import Change

Row = dict[str, Any]
ACCOUNTS_KEPT = 4_000             # decoded; some 20 MB
REPORTS_KEPT, LONGEST_KEPT = 256, 10_000     # with their texts, of so many characters at most; some 2 MB
REASONS_KEPT = 8_000              # lists of them; some 15 MB


class Held(Protocol):
    """A row as the database gives it: columns by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def instant(at: datetime) -> str:
    """`at` in UTC to the microsecond, with Z, so that text sorts as time."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def report_row(report: Report, *, extracted: str, extractor: str | None, kept_at: datetime) -> Row:
    return {
        "id": report.id, "source": report.source, "outlet": report.outlet, "agency": report.agency,
        "title": report.title, "language": report.language,
        "published_at": instant(report.published_at) if report.published_at else None,
        "written_earliest": report.written.earliest, "written_latest": report.written.latest,
        "copy_of": report.copy_of, "version_of": report.version_of, "update_kind": report.update_kind,
        "text": report.text, "body": to_line(replace(report, text="")),
        "extracted": extracted, "extractor": extractor, "kept_at": instant(kept_at),
    }


def report_from(row: Held) -> Report:
    return _report.__wrapped__(row["body"], row["text"])


def report_held(body: str, text: str) -> Report:
    """The same of its two columns. What one new report may repeat, the next may too."""
    return _report(body, text) if len(text) <= LONGEST_KEPT else _report.__wrapped__(body, text)


@lru_cache(maxsize=REPORTS_KEPT)
def _report(body: str, text: str) -> Report:
    return replace(from_line(Report, body), text=text)


def report_ref(row: Held) -> ReportRef:
    published = row["published_at"]
    return ReportRef(
        row["report_id"], row["outlet"], row["agency"], row["title"], row["source"],
        datetime.fromisoformat(published) if published else None, row["written_earliest"], row["written_latest"],
        row["copy_of"], row["version_of"], row["update_kind"],
    )


def account_row(account: Account, position: int) -> Row:
    when, where = account.when, account.where
    return {
        "id": account.id, "report_id": account.report, "position": position, "kind": account.kind,
        "status": account.status, "told_as": account.told_as, "nature": account.nature,
        "earliest": when.earliest, "latest": when.latest, "country": where.country, "admin1": where.admin1,
        "lat": where.lat, "lon": where.lon, "body": to_line(account), "reconciled": False, "extracted": None,
    }


@lru_cache(maxsize=ACCOUNTS_KEPT)
def account_from(body: str) -> Account:
    """The account that `body` holds. A batch meets those of the batches before it again and again."""
    return from_line(Account, body)


@lru_cache(maxsize=REASONS_KEPT)
def reasons_from(body: str) -> tuple[Reason, ...]:
    """The reasons that `body` holds: a link and the account that it joined have the same."""
    return from_line(tuple[Reason, ...], body)


def figure_rows(account_id: str, figures: Sequence[Figure], written: date | None) -> list[Row]:
    """written: the last day on which the account's report may have been written."""
    return [{
        "account_id": account_id, "id": figure.id, "effect": figure.effect, "side": figure.side, "low": figure.low,
        "high": figure.high, "value": figure.value, "modifier": figure.modifier, "scope": figure.scope,
        "standing": figure.standing, "speaker": figure.speaker, "written": written, "alone": None,
    } for figure in figures]


def actor_rows(account: Account) -> list[Row]:
    return [{
        "account_id": account.id, "id": actor.id, "role": actor.role, "group_id": actor.group, "type": actor.type,
        "text": actor.text, "person": actor.person, "organisation": actor.organisation,
    } for actor in account.actors]


def statement_row(statement: GroupStatement) -> Row:
    return {
        "id": statement.id, "report_id": statement.report, "group_id": statement.group,
        "attribute": statement.attribute, "as_of": statement.as_of.latest or statement.as_of.earliest,
        "body": to_line(statement),
    }


def number_in(incident_id: str) -> int | None:
    """412 of "DTL-412", "dtl-412" or "412"; None for what is no incident's id."""
    digits = incident_id.strip().upper().removeprefix("DTL-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def numbers_in(incident_ids: Iterable[str]) -> list[int]:
    """The numbers of those that are an incident's id, each once."""
    return list(dict.fromkeys(number for one in incident_ids if (number := number_in(one)) is not None))


def in_order(incident_ids: Iterable[str]) -> list[str]:
    """Ids of incidents by their numbers: DTL-9 before DTL-10."""
    return sorted(incident_ids, key=lambda one: (number_in(one) or 0, one))


def incident_id(number: int) -> str:
    return f"DTL-{number}"


def link_row(pair: Pairing, judgement: Judgement) -> Row:
    return {"account_a": pair[0], "account_b": pair[1], "points": judgement.points, "reasons": to_line(judgement.reasons)}


def judgement_from(row: sa.Row[Any]) -> Judgement:
    """What is kept as a link."""
    return Judgement(row.points, reasons_from(row.reasons))


def membership_row(number: int, position: int, joined: Joined, extracted: Account | None, report_seq: int) -> Row:
    """extracted: the account as it is kept; figures are written only where reconciling changed them."""
    figures = joined.account.figures
    changed = extracted is None or figures != extracted.figures
    return {
        "account_id": joined.account.id, "incident_number": number, "report_seq": report_seq, "position": position,
        "reasons": to_line(joined.reasons), "figures": to_line(figures) if changed else None,
    }


def joined_from(row: Held) -> Joined:
    """row: as for `settled_account`, and what report_ref needs."""
    return Joined(settled_account(row), report_ref(row), reasons_from(row["reasons"]))


def settled_account(row: Held) -> Account:
    """row: the account's body as `account_body`, and the figures of its membership, null where these are as extracted."""
    account = account_from(row["account_body"])
    return account if row["figures"] is None else replace(account, figures=from_line(tuple[Figure, ...], row["figures"]))


def history_row(number: int, position: int, change: Change) -> Row:
    return {"incident_number": number, "position": position, "at": instant(change.at), "what": change.what,
            "who": change.who, "why": change.why}


def change_from(row: Held) -> Change:
    return Change(datetime.fromisoformat(row["at"]), row["what"], row["who"], row["why"])
