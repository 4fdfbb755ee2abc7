"""One report: the whole of it as it may be shown, what was read in it, and what else tells its story."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Request, Response

from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.desk.views.marked import fields_of, pieces_of
from dateline.desk.views.reports import accounts_shown, report_facts, retold_shown, shown_report
from dateline.desk.views.rows import row_of
from dateline.publish.ledger import source_name
from dateline.publish.safe import plain
from dateline.publish.shelters import account_by_district, is_shelter, without_places
from dateline.publish.withhold import private_names, withhold_decided
from dateline.reconcile.merge import report_ref
from dateline.records import Account
from dateline.store import Store

router = APIRouter(include_in_schema=False)


@router.get("/reports/{report}")
def report(request: Request, report: str, desk: DeskHere, store: StoreHere) -> Response:
    kept = store.report(report)
    if kept is None:
        raise NotHeld(f"there is no report {report[:40]} in this record")
    accounts = store.accounts_of(report)
    incidents = store.incidents_of([one.id for one in accounts])
    sheltered = at_shelters(store, accounts, incidents)
    shown = shown_report(kept, accounts, sheltered)
    told = [_as_shown(one, accounts, sheltered) for one in accounts]
    numbers = [int(one.rpartition("-")[2]) for one in dict.fromkeys(incidents.values())]
    others = store.lists.retold(report_ref(kept))
    fields = [field for one in accounts for field in fields_of(one)]
    pieces = pieces_of(shown.text, fields, [one.evidence for one in accounts], whole=True)
    names = private_names(accounts)
    return desk.pages.page(
        request, "report.html", report=shown, name=plain(source_name(report_ref(shown))),
        facts=report_facts(shown, store.lists.kept(report)),
        pieces=pieces, accounts=accounts_shown(told, incidents), withheld=len(names),
        is_web=shown.source.startswith(("http://", "https://")),
        rows=[row_of(one, desk.group_name) for one in store.lists.listed(numbers)],
        retold=retold_shown(kept, others, published_titles(store, [one.id for one in others])))


def published_titles(store: Store, ids: Collection[str]) -> dict[str, str]:
    """The titles of reports as they may be shown."""
    refs, accounts = store.lists.refs(ids), store.lists.accounts_by_report(ids)
    return {one: plain(withhold_decided({"title": ref.title or ""}, accounts.get(one, ()))["title"]) for one, ref in refs.items()}


def at_shelters(store: Store, accounts: Collection[Account], incidents: dict[str, str]) -> list[Account]:
    """Those whose incident lies at a shelter, as this or another report of it tells."""
    numbers = {int(one.rpartition("-")[2]) for one in incidents.values()}
    hidden = {one.id for one in store.lists.listed(sorted(numbers)) if one.shelter}
    return [one for one in accounts if incidents.get(one.id) in hidden or is_shelter([one])]


def _as_shown(account: Account, accounts: list[Account], sheltered: list[Account]) -> Account:
    blanked = without_places(account, sheltered)
    return withhold_decided(account_by_district(blanked, account) if account in sheltered else blanked, accounts)
