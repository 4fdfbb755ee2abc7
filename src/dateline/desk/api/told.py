"""What reports say, through the API: accounts, figures, statements about armed groups, and the reports themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Path, Query, Request, Response

from dateline.desk.api.answering import gives, router, send, send_page
from dateline.desk.api.asking import AccountsAsked, FiguresAsked, ReportsAsked, StatementsAsked
from dateline.desk.api.records import AccountList, FigureList, ReportList, ShownAccount, ShownReport, StatementList
from dateline.desk.api.showing import Beside, names_withheld, shown_report
from dateline.desk.asked import filter_of, given_in, group_named
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.errors import SettingsError
from dateline.store import Store
from dateline.store.lists_told import HeldAccount, ListedReport

api = router("told")
Id = Annotated[str, Path(max_length=80)]


@api.get("/accounts", summary="List accounts", responses=gives(AccountList, paged=True), operation_id="accounts")
def accounts(request: Request, asked: Annotated[AccountsAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """What each report says about one incident, of the incidents of the filter; or of one report, in the order told."""
    beside = Beside(store)
    with store.at_one_moment():
        if asked.report is not None:
            _alone(asked)
            rows: Sequence[HeldAccount] = _of_report(asked.report, store)
            after, total = None, len(rows)
        else:
            page = store.lists.accounts_page(filter_of(asked, desk), asked.after, asked.most)
            rows, after, total = page.rows, page.after, page.total
        beside.load(one.incident for one in rows)
        beside.load_reports(one.account.report for one in rows)
        items = tuple(map(beside.account, rows))
    return send_page(request, AccountList(items, total, after, names_withheld(one.account for one in rows)))


@api.get("/accounts/{account}", summary="One account", responses=gives(ShownAccount), operation_id="account")
def account(request: Request, account: Id, store: StoreHere) -> Response:
    held, beside = store.lists.account(account), Beside(store)
    if held is None:
        raise NotHeld(f"there is no account {account[:40]} in this record")
    beside.load([held.incident])
    return send(request, beside.account(held))


@api.get("/figures", summary="List figures", responses=gives(FigureList, paged=True), operation_id="figures")
def figures(request: Request, asked: Annotated[FiguresAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Every count with who gives it and how it stands, of the incidents of the filter."""
    beside = Beside(store)
    with store.at_one_moment():
        page = store.lists.figures_page(
            filter_of(asked, desk), effects=asked.effect, sides=asked.side, standings=asked.standing, speakers=asked.speaker,
            after=asked.after, most=asked.most)
        beside.load(one.incident for one in page.rows)
        beside.load_reports(one.account.report for one in page.rows)
        items = tuple(map(beside.figure, page.rows))
    return send_page(request, FigureList(items, page.total, page.after))


@api.get("/statements", summary="List statements about armed groups", responses=gives(StatementList, paged=True),
         operation_id="statements")
def statements(request: Request, asked: Annotated[StatementsAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """What reports say about armed groups, by the statement's id; each with its words."""
    beside = Beside(store)
    groups = [group_named(name, desk) for name in asked.group]
    with store.at_one_moment():
        page = store.lists.statements_page(groups=groups, attributes=asked.attribute, after=asked.after, most=asked.most)
        beside.load_reports(one.report for one in page.rows)
        items = tuple(map(beside.statement, page.rows))
    return send_page(request, StatementList(items, page.total, page.after))


@api.get("/reports", summary="List reports", responses=gives(ReportList, paged=True), operation_id="reports")
def reports(request: Request, asked: Annotated[ReportsAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """The articles that were read, the last kept first. Texts only where the desk is set to give them (desk_report_text)."""
    with store.at_one_moment():
        page = store.lists.reports_page(outlets=asked.outlet, languages=asked.language, extracted=asked.extracted,
                                        after=asked.after, most=asked.most)
        beside = Beside(store)
        beside.load_reports(one.id for one in page.rows)
        items = tuple(_shown(one, beside, desk) for one in page.rows)
    return send_page(request, ReportList(items, page.total, page.after))


@api.get("/reports/{report}", summary="One report", responses=gives(ShownReport), operation_id="report")
def report(request: Request, report: Id, desk: DeskHere, store: StoreHere) -> Response:
    """Its text is there where the desk is set to give texts (desk_report_text), withheld names blanked: offsets stay true."""
    listed, beside = store.lists.report(report), Beside(store)
    if listed is None:
        raise NotHeld(f"there is no report {report[:40]} in this record")
    return send(request, _shown(listed, beside, desk))


def _shown(listed: ListedReport, beside: Beside, desk: Desk) -> ShownReport:
    kept = beside.report(listed.id)
    assert kept is not None       # it is listed
    return shown_report(kept, beside.of_report(listed.id), extracted=listed.extracted, extractor=listed.extractor,
                        accounts=beside.own(listed.id), with_text=desk.settings.desk_report_text)


def _alone(asked: AccountsAsked) -> None:
    """Raises SettingsError where a filter is given that the accounts of one report would pass over."""
    if more := {name for name, _ in given_in(asked)} - {"report"}:
        raise SettingsError(f"report is asked for alone, all its accounts come at once; leave out {', '.join(sorted(more))}")


def _of_report(report: str, store: Store) -> list[HeldAccount]:
    """The accounts of a report in the order told, as their incidents have settled them."""
    if store.report(report) is None:
        raise NotHeld(f"there is no report {report[:40]} in this record")
    return store.lists.accounts_of(report)
