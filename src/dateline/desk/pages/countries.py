"""Countries and provinces: counts, map, timeline, latest incidents, a feed, and an archive by month.

An incident belongs where it happened, whatever section of its site an outlet filed the story under.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import pycountry
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dateline.desk.asked import Asked, asked_for, filter_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.pages.feeds import feed_answer
from dateline.desk.pages.groups import month_rows
from dateline.desk.problems import NotHeld
from dateline.desk.views.choices import country_name
from dateline.desk.views.groups import killed_words
from dateline.desk.views.rows import row_of
from dateline.publish.words import day_words
from dateline.store import IncidentFilter, Store

router = APIRouter(include_in_schema=False)
LATEST = 20
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
AskedHere = Annotated[Asked, Query()]


@router.get("/countries")
def countries(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    sums = store.lists.countries(filter_of(asked_for(), desk))
    rows = [{"code": one.of, "name": country_name(one.of) if one.of else "Country not known", "incidents": one.incidents,
             "killed": killed_words(one), "last": day_words(one.last_day) if one.last_day else ""} for one in sums]
    return desk.pages.page(request, "countries.html", section="countries", rows=rows)


@router.get("/countries/{code}")
def country(request: Request, code: str, desk: DeskHere, store: StoreHere) -> Response:
    known = _code(code, desk, store)
    if known != code:
        return RedirectResponse(f"/countries/{known}", 301)
    return _place_page(request, desk, store, known, None)


@router.get("/countries/{code}/feed.atom")
def country_feed(request: Request, code: str, desk: DeskHere, store: StoreHere) -> Response:
    known = _code(code, desk, store)
    return feed_answer(request, _wanted(desk, known, None), desk, store, country_name(known), f"countries/{known}",
                       f"/countries/{known}")


@router.get("/countries/{code}/{part:path}")
def part_of_country(request: Request, code: str, part: str, asked: AskedHere, desk: DeskHere, store: StoreHere) -> Response:
    """part: a month as 2018-01, a province as the record names it, or a province's feed."""
    known = _code(code, desk, store)
    if MONTH.fullmatch(part):
        return _month_page(request, desk, store, known, part, asked)
    name, is_feed = part.removesuffix("/feed.atom"), part.endswith("/feed.atom")
    province = _province(name, known, desk, store)
    if is_feed:
        address = f"countries/{known}/{quote(province)}"
        return feed_answer(request, _wanted(desk, known, province), desk, store, f"{province}, {country_name(known)}", address,
                           f"/{address}")
    if province != part:
        return RedirectResponse(f"/countries/{known}/{quote(province)}", 301)
    return _place_page(request, desk, store, known, province)


def _place_page(request: Request, desk: Desk, store: Store, code: str, province: str | None) -> Response:
    wanted = _wanted(desk, code, province)
    with store.at_one_moment():
        counts, facets, months = store.lists.count(wanted), store.lists.facets(wanted), month_rows(store, wanted)
        page, sums = store.lists.page(wanted, order="newest", most=LATEST), store.lists.countries(wanted)
    query = urlencode({"country": code} | ({"province": province} if province else {}))
    here = f"/countries/{code}" + (f"/{quote(province)}" if province else "")
    held = next((one for one in sums if one.of == code), None)
    return desk.pages.page(
        request, "country.html", section="countries", code=code, country=country_name(code), province=province, here=here,
        query=query,
        counts=counts, killed=killed_words(held) if held else "", last=held.last_day if held else None, day_words=day_words,
        months=months, kinds=facets["kind"],
        groups=[(one.value, desk.group_name(str(one.value)), one.incidents) for one in facets["group"][:20]],
        affected=facets["affected"], provinces=[] if province else facets["province"], under=desk.boundaries,
        rows=[row_of(one, desk.group_name) for one in page.rows])


def _month_page(request: Request, desk: Desk, store: Store, code: str, month: str, asked: Asked) -> Response:
    first = date.fromisoformat(f"{month}-01") if not month.startswith("0000") else None
    if first is None:
        raise NotHeld(f"there is no month {month}")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    wanted = replace(_wanted(desk, code, None), since=first, until=last)
    page = store.lists.page(wanted, order="day" if asked.order == "day" else "newest", after=asked.after, most=asked.most)
    held = [f"{bar.start:%Y-%m}" for bar in store.lists.days(_wanted(desk, code, None), by="month") if bar.incidents]
    here = f"/countries/{code}/{month}"
    return desk.pages.page(
        request, "month.html", section="countries", code=code, country=country_name(code), month=month, words=f"{first:%B %Y}",
        rows=[row_of(one, desk.group_name) for one in page.rows], total=page.total,
        next=f"{here}?{urlencode({'after': page.after})}" if page.after else None, first_page=here if asked.after else None,
        before=max((one for one in held if one < month), default=None),
        after=min((one for one in held if one > month), default=None),
        query=urlencode({"country": code, "since": first.isoformat(), "until": last.isoformat()}))


def _wanted(desk: Desk, code: str, province: str | None) -> IncidentFilter:
    """As lists are filtered where nothing is asked: the code is known, or held by the record."""
    return replace(filter_of(asked_for(), desk), countries=(code,), provinces=(province,) if province else ())


def _code(given: str, desk: Desk, store: Store) -> str:
    """The code of a country of the world or of the record. Raises NotHeld."""
    code = given.upper()
    held = {one.of for one in store.lists.countries(filter_of(asked_for(), desk))}
    if code in held or pycountry.countries.get(alpha_2=code) is not None:
        return code
    try:
        return str(pycountry.countries.lookup(given).alpha_2)
    except LookupError:
        raise NotHeld(f"there is no country {given[:40]!r}; addresses have ISO 3166 codes: /countries/AF") from None


def _province(name: str, code: str, desk: Desk, store: Store) -> str:
    """As the record spells it. Raises NotHeld."""
    held: list[Any] = [one.value for one in store.lists.facets(_wanted(desk, code, None))["province"]]
    found = next((one for one in held if one.casefold() == name.casefold()), None)
    if found is None:
        raise NotHeld(f"no incident that is held was in a province {name[:80]!r} of "
                      f"{country_name(code)}; /countries/{code} lists them")
    return str(found)
