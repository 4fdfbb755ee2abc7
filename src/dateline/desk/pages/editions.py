"""Editions, for editors: what there is and what waits, and the form by which one is made, changed and retired."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.problems import NotHeld
from dateline.desk.views.edition_form import EditionForm, differences, edition_of, filled, offered
from dateline.desk.views.editions import coverage_words, when_words
from dateline.desk.views.issues import listed, named_in
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.editions import making
from dateline.editions.issuing import draft, shown
from dateline.editions.schedule import next_hour, window_of_days
from dateline.errors import DecisionError
from dateline.records.briefing import Frequency
from dateline.records.codec import to_line
from dateline.records.mailing import Edition, Issue
from dateline.store import Store

router = APIRouter(include_in_schema=False, dependencies=[FromOurPage, Depends(Needs("editions"))])
OF_A_PAGE = 30                    # issues
WAITING = 50                      # drafts that the first page lists
Seen = Annotated[str, Form(max_length=100)]


@router.get("/editions")
def editions(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    return _editions_page(request, desk, store)


@router.post("/editions")
def make(request: Request, form: Annotated[EditionForm, Form()], desk: DeskHere, store: StoreHere, person: PersonHere
         ) -> Response:
    try:
        made = making.make(store, edition_of(form, form.slug.strip(), desk), by=person.name, at=datetime.now(UTC))
    except DecisionError as problem:
        return _editions_page(request, desk, store, form=form.model_dump(), problem=str(problem), status=422)
    return go_to(request, f"/editions/{made.slug}", desk, f"{made.title} is there; its first issue is made at its next hour.")


@router.get("/editions/{slug}")
def edition(request: Request, slug: str, desk: DeskHere, store: StoreHere, before: Annotated[str, Query()] = "") -> Response:
    """before: the name of an issue; those that are older follow."""
    return _edition_page(request, desk, store, held_edition(store, slug), before=before)


@router.post("/editions/{slug}")
def change(request: Request, slug: str, form: Annotated[EditionForm, Form()], desk: DeskHere, store: StoreHere,
           person: PersonHere) -> Response:
    """Refused with what is there now where another editor changed it since the form was opened."""
    held = held_edition(store, slug)
    try:
        wanted = making.checked(edition_of(form, slug, desk, retired=held.retired))
        changed = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name not in ("slug", "retired")}
        now_held = _changed(store, slug, form.seen, person.name, changed)
    except DecisionError as problem:
        return _edition_page(request, desk, store, held, form=form.model_dump(), problem=str(problem), status=422)
    if now_held is not None:
        return _edition_page(request, desk, store, now_held, status=409, others=differences(now_held, wanted, desk))
    return go_to(request, f"/editions/{slug}", desk, f"{wanted.title} is changed. Issues that are made from now on are made so.")


@router.post("/editions/{slug}/retire")
def retire(request: Request, slug: str, desk: DeskHere, store: StoreHere, person: PersonHere, seen: Seen = "",
           retired: Annotated[bool, Form()] = True) -> Response:
    """retired False: take it up again."""
    held = held_edition(store, slug)
    now_held = _changed(store, slug, seen, person.name, {"retired": retired})
    if now_held is not None:
        others = differences(now_held, replace(now_held, retired=retired), desk)
        return _edition_page(request, desk, store, now_held, status=409, others=others)
    done = "has no further issue; those there are stay" if retired else "is made again from its next hour on"
    return go_to(request, f"/editions/{slug}", desk, f"{held.title} {done}.")


@router.post("/editions/{slug}/drafts")
def make_draft(request: Request, slug: str, desk: DeskHere, store: StoreHere, person: PersonHere,
               frequency: Annotated[Frequency, Form()], day: Annotated[date, Form()]) -> Response:
    """The issue of a day by its reports' own days; the one that there is where there is one."""
    held, now = held_edition(store, slug), datetime.now(UTC)
    if held.retired or frequency not in held.frequencies:
        raise DecisionError(f"{held.slug} has no {frequency} issues{': it is retired' if held.retired else ''}")
    if not date(1900, 1, 1) <= day < now.astimezone(ZoneInfo(held.zone)).date():
        raise DecisionError(f"day {day} is not over in {held.zone}: its issue would keep the one by schedule from being made; "
                            "choose a day that was")
    was_there = store.editions.issue(slug, frequency, day) is not None
    issue = draft(store, held, frequency, window_of_days(frequency, day, held.zone), desk.settings, at=now)
    said = "was there already." if was_there else "is made and out." if issue.state == "issued" else "is made."
    return go_to(request, f"/editions/{slug}/{issue.name}", desk, f"The issue of {day:%-d %B %Y} {said}")


def _changed(store: Store, slug: str, seen: str, by: str, values: dict[str, Any]) -> Edition | None:
    """Change the edition, unless it is another than the one seen: then that one, as it is now."""
    with store.writing():
        held = held_edition(store, slug)
        if seen != revision(held):
            return held
        making.change(store, slug, by=by, at=datetime.now(UTC), **values)
        return None


def held_edition(store: Store, slug: str) -> Edition:
    """Raises NotHeld."""
    found = store.editions.get(slug)
    if found is None:
        raise NotHeld(f"there is no edition {slug[:60]!r}; /editions lists those there are")
    return found


def held_issue(store: Store, slug: str, name: str) -> Issue:
    """Raises NotHeld."""
    asked = named_in(name)
    found = store.editions.issue(slug, asked.frequency, asked.day) if asked and not asked.form else None
    if found is None:
        raise NotHeld(f"there is no issue {name[:40]!r} of {slug[:60]!r}; /editions lists those there are")
    return found


def revision(record: object) -> str:
    """Changes when anything in it does."""
    return sha256(to_line(record).encode()).hexdigest()[:16]


def _editions_page(request: Request, desk: Desk, store: Store, *, form: dict[str, Any] | None = None, problem: str = "",
                   status: int = 200) -> Response:
    with store.at_one_moment():
        held, subscribers = store.editions.all(), store.subscribers.counts_by_edition()
        drafts = [listed(one, shown(one)) for one in store.editions.issues(states=("draft", "approved"), most=WAITING)]
        standings, uncertain = store.editions.standings(), store.mails.counts().get("uncertain", 0)
    titles, now = {one.slug: one.title for one in held}, datetime.now(UTC)
    rows = [{"edition": one, "when": when_words(one), "covers": coverage_words(one.coverage, desk.group_name),
             "next": None if one.retired else min(next_hour(one, name, now) for name in one.frequencies),
             "problems": [standings[one.slug, name].problem for name in one.frequencies
                          if (one.slug, name) in standings and standings[one.slug, name].problem],
             "subscribers": subscribers.get(one.slug, 0)} for one in held]
    return desk.pages.page(
        request, "editions.html", status, section="editions", rows=sorted(rows, key=lambda row: row["edition"].retired),
        drafts=drafts, titles=titles, uncertain=uncertain, form=form or filled(Edition("", ""), desk), problem=problem,
        **offered())


def _edition_page(request: Request, desk: Desk, store: Store, held: Edition, *, before: str = "",
                  form: dict[str, Any] | None = None, problem: str = "", others: Any = None, status: int = 200) -> Response:
    """others: fields in which what is held differs from what was sent, where it was changed meanwhile."""
    last = held_issue(store, held.slug, before).id if before else None
    issues = store.editions.issues(held.slug, before=last, most=OF_A_PAGE + 1)
    changes = store.team.audit(most=1, about=held.slug)
    return desk.pages.page(
        request, "edition.html", status, section="editions", edition=held, seen=revision(held), when=when_words(held),
        issues=[listed(one, shown(one)) for one in issues[:OF_A_PAGE]], form=form or filled(held, desk), problem=problem,
        others=others, by=changes[0][1].who if changes else None, today=datetime.now(UTC).date(),
        older=issues[OF_A_PAGE - 1].name if len(issues) > OF_A_PAGE else None, **offered())
