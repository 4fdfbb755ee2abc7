"""One report: the whole of it as it may be shown, what was read in it, and what else tells its story."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Request, Response

from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.desk.views.marked import fields_of, pieces_of
from dateline.desk.views.reports import accounts_shown, report_facts, retold_shown, shown_report
from dateline.desk.views.rows import row_of
from dateline.publish.beside import beside_reports
from dateline.publish.ledger import source_name
from dateline.publish.safe import plain
from dateline.publish.shelters import account_by_district, without_places
from dateline.publish.withhold import Surroundings, private_names, withhold_decided
from dateline.reconcile.merge import report_ref
from dateline.records import Account
from dateline.store import Store
from dateline.store.rows import numbers_in

router = APIRouter(include_in_schema=False)


@router.get("/reports/{report}")
def report(request: Request, report: str, desk: DeskHere, store: StoreHere) -> Response:
    kept = store.report(report)
    if kept is None:
        raise NotHeld(f"there is no report {report[:40]} in this record")
    accounts = store.accounts_of(report)
    incidents = store.incidents_of([one.id for one in accounts])
    beside = beside_reports(store, [report])[report]
    shown = shown_report(kept, beside)
    told = [_as_shown(one, beside) for one in accounts]
    others = store.lists.retold(report_ref(kept))
    fields = [field for one in accounts for field in fields_of(one)]
    pieces = pieces_of(shown.text, fields, [one.evidence for one in accounts], whole=True)
    names = private_names(accounts)
    read = store.lists.kept(report)
    return desk.pages.page(
        request, "report.html", report=shown, name=plain(source_name(report_ref(shown))),
        facts=report_facts(shown, read),
        pieces=pieces, accounts=accounts_shown(told, incidents, read.extractor if read else None), withheld=len(names),
        is_web=shown.source.startswith(("http://", "https://")),
        rows=[row_of(one, desk.group_name) for one in store.lists.listed(numbers_in(incidents.values()))],
        retold=retold_shown(kept, others, published_titles(store, [one.id for one in others])))


def published_titles(store: Store, ids: Collection[str]) -> dict[str, str]:
    """The titles of reports as they may be shown."""
    refs, beside = store.lists.refs(ids), beside_reports(store, ids)
    return {one: plain(_title(ref.title or "", beside[one])) for one, ref in refs.items()}


def _title(title: str, beside: Surroundings) -> str:
    shown: dict[str, str] = withhold_decided(without_places({"title": title}, beside.shelters), beside.accounts)
    return shown["title"]


def _as_shown(account: Account, beside: Surroundings) -> Account:
    blanked = without_places(account, beside.shelters)
    return withhold_decided(account_by_district(blanked, account) if account in beside.shelters else blanked, beside.accounts)
