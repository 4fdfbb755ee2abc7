"""One search over reports, incidents, groups and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import StringConstraints

from dateline.desk.asked import asked_for, filter_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.views.choices import country_name
from dateline.desk.views.groups import index_rows
from dateline.desk.views.reports import shown_report
from dateline.desk.views.rows import row_of
from dateline.desk.views.snippets import Term, snippet_of
from dateline.desk.views.sources import sources_named
from dateline.publish.beside import beside_reports
from dateline.publish.ledger import source_name
from dateline.publish.safe import plain
from dateline.publish.words import day_words
from dateline.reconcile.merge import report_ref
from dateline.store import Store
from dateline.store.search import Found, parts_of

router = APIRouter(include_in_schema=False)
Words = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)]
MOST = 20                         # of each section


@router.get("/search")
def search(request: Request, desk: DeskHere, store: StoreHere, text: Annotated[Words, Query()] = "") -> Response:
    terms = [Term(words.rstrip("*"), is_beginning) for words, is_beginning in parts_of(text)]
    if not terms:
        return desk.pages.page(request, "search.html", section="search", words=text, asked=False)
    wanted = filter_of(asked_for(), desk)
    found = store.lists.search(text, wanted, MOST)
    reports = _reports(store, found.reports, terms)
    bare = " ".join(term.words for term in terms)
    groups = index_rows(desk.register.groups, store.lists.groups(wanted), bare, country_name)
    sources = sources_named(desk.sources, bare)
    return desk.pages.page(
        request, "search.html", section="search", words=text, asked=True, reports=reports,
        all_reports=found.all_reports - (len(found.reports) - len(reports)),
        incidents=[row_of(one, desk.group_name) for one in found.incidents],
        all_incidents=found.all_incidents, groups=groups[:MOST], all_groups=len(groups), sources=sources[:MOST],
        all_sources=len(sources),
        query=urlencode({"text": text}))


def _reports(store: Store, found: Sequence[Found], terms: Sequence[Term]) -> list[dict[str, Any]]:
    """Those that hold the words in what may be shown of them, with some text around the words."""
    ids = [one.report for one in found]
    told, beside, held = store.lists.incidents_told(ids), beside_reports(store, ids), store.reports_called(ids)
    shown: list[dict[str, Any]] = []
    for one in found:
        if one.report not in held:
            continue
        kept = held[one.report]
        public = shown_report(kept, beside[one.report])
        bits = snippet_of((public.title or "", public.text), terms, (kept.title or "", kept.text))
        if bits is not None:
            shown.append({
                "id": kept.id, "title": plain(public.title), "name": plain(source_name(report_ref(public))), "bits": bits,
                "day": day_words(one.written) if one.written else "", "incidents": told.get(kept.id, ())})
    return shown
