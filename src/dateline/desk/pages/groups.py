"""Armed groups: the index, and what is held of each."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints

from dateline.desk.answers import answer
from dateline.desk.asked import asked_for, filter_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.desk.views.choices import country_name
from dateline.desk.views.groups import SENSES, area_points, index_rows, register_facts, sections_of, strength_points
from dateline.desk.views.rows import row_of
from dateline.publish.beside import as_published
from dateline.publish.groups import Told, by_words, told_of
from dateline.publish.ledger import source_name
from dateline.publish.profiles import attributes_of, claims_of
from dateline.records import ArmedGroup, GroupStatement
from dateline.store import IncidentFilter, Store

router = APIRouter(include_in_schema=False)
Words = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
LATEST = 20                       # incidents on a group's page
MOST_CLAIMS = 10                  # incidents, each of which is read whole
MOST_OF_EACH = 10                 # statements of each attribute, newest first, unless all are asked for


@router.get("/groups")
def groups(request: Request, desk: DeskHere, store: StoreHere, text: Annotated[Words, Query()] = "") -> Response:
    rows = index_rows(desk.register.groups, store.lists.groups(filter_of(asked_for(), desk)), text, country_name)
    return desk.pages.page(request, "groups.html", section="groups", rows=rows, text=text, known=len(desk.register.groups))


@router.get("/groups/{name}")
def group(request: Request, name: str, desk: DeskHere, store: StoreHere, all: bool = False) -> Response:
    """name: the id; any other name that leads to one group goes there."""
    held = _group(name, desk)
    if held.id != name:
        return RedirectResponse(f"/groups/{quote(held.id)}", 301)
    told = told_of(held.id, store, None if all else MOST_OF_EACH)
    by = _by(told)
    sections = sections_of(attributes_of(told.statements, by), told.statements)
    wanted = filter_of(asked_for(group=[held.id]), desk)
    counts, page = store.lists.count(wanted), store.lists.page(wanted, order="newest", most=LATEST)
    claims, withheld, all_claims = _claims(held.id, store)
    query = f"group={quote(held.id)}"
    return desk.pages.page(
        request, "group.html", section="groups", withheld=withheld, group=held, query=query,
        register=register_facts(held, desk.group_name, country_name), sections=sections, linked=_linked(sections, desk),
        statements=len(told.statements), all_statements=told.total, strength=strength_points(told.statements, by),
        areas=any(area_points(told.statements, sections)), counts=counts, alleged=store.lists.count(
            filter_of(asked_for(group=[held.id], status=["alleged"]), desk)).total,
        months=month_rows(store, wanted), provinces=store.lists.facets(wanted)["province"][:30], country_name=country_name,
        claims=claims, all_claims=all_claims, most_claims=MOST_CLAIMS, rows=[row_of(one, desk.group_name) for one in page.rows],
        under=desk.boundaries)


@router.get("/groups/{name}/strength")
def strength(request: Request, name: str, desk: DeskHere, store: StoreHere) -> Response:
    """For static/band.js."""
    told = told_of(_group(name, desk).id, store)
    return answer(request, {"points": strength_points(told.statements, _by(told)), "unit": "people"})


@router.get("/groups/{name}/areas")
def areas(request: Request, name: str, desk: DeskHere, store: StoreHere, all: bool = False) -> Response:
    """For static/map.js: the areas that reports tell, each under the number of its row in the table of the page."""
    told = told_of(_group(name, desk).id, store, None if all else MOST_OF_EACH)
    points = list(area_points(told.statements, sections_of(attributes_of(told.statements, _by(told)), told.statements)))
    return answer(request, {"points": points, "kinds": SENSES, "total": len(points), "unplaced": 0, "undated": 0})


def month_rows(store: Store, wanted: IncidentFilter) -> list[tuple[str, int, int, int]]:
    """Month, incidents, killed at least and at most: the table behind the timeline, newest first, empty months left out."""
    return [(f"{bar.start:%Y-%m}", bar.incidents, bar.killed_low, bar.killed_high)
            for bar in reversed(store.lists.days(wanted, by="month")) if bar.incidents]


def _group(name: str, desk: Desk) -> ArmedGroup:
    held = desk.group(name)
    if held is None:
        several = desk.register.candidates(name)
        told = f"; several are called so: {', '.join(one.id for one in several)}" if several else ""
        raise NotHeld(f"the register has no armed group {name[:80]!r}{told}; /groups lists those known")
    return held


def _by(told: Told) -> Any:
    outlets = {ref.id: source_name(ref) for ref in told.reports}

    def by(said: GroupStatement) -> str:
        return by_words(said, outlets)

    return by


def _linked(sections: Any, desk: Desk) -> dict[str, str]:
    """Names of the groups of the register that values name."""
    return {value.group: desk.group_name(value.group) or value.group
            for told in sections for value in told.values if value.group and desk.register.get(value.group)}


def _claims(group_id: str, store: Store) -> tuple[Any, int, int]:
    """What the group claims and denies in the newest incidents in which it does; names withheld there; how many there are."""
    page = store.lists.page(IncidentFilter(own_word=(group_id,)), order="newest", most=MOST_CLAIMS)
    held = store.incidents_called([one.id for one in page.rows])
    whole = list(as_published(store, (held[one.id] for one in page.rows if one.id in held)))
    return claims_of(group_id, [one.incident for one in whole]), sum(one.withheld for one in whole), page.total
