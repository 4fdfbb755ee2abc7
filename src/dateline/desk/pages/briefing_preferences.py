"""A subscriber's own page, opened by the link in their mails: what they get, leaving, their data, deleting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.pages.briefing_signup import PRIVATE, SIGN_UP, said
from dateline.desk.small_forms import SmallForm, first
from dateline.records.briefing import LENGTHS
from dateline.records.mailing import Edition, Subscriber
from dateline.store import Store
from dateline.subscribing import changing, leaving
from dateline.subscribing.choosing import SEVERAL, Offers, offers_of, read_choices, zone_names
from dateline.subscribing.links import ALERTS
from dateline.subscribing.personal import everything_of

router = APIRouter(include_in_schema=False)
PAGE = "/briefing/preferences/{token}"
DONE = {
    "saved": "What you chose is kept.", "left": "You are unsubscribed from it.", "all": "You are unsubscribed from everything.",
    "resumed": "Mails come to you again.",
    "wait": "A link was sent to you a short while ago; look into your mailbox, or ask again later. The old links still work."}
HOURS = [("", "as soon as it is out"), *((str(hour), f"from {hour:02}:00 on") for hour in range(24))]


@router.get(PAGE)
def preferences(token: str, desk: DeskHere, store: StoreHere, done: str = "") -> Response:
    return _of(desk, store, token, lambda one: _page(desk, store, one, DONE.get(done, "")))


@router.get(PAGE + "/editions/{slug}")
def edition(token: str, slug: str, desk: DeskHere, store: StoreHere) -> Response:
    return _of(desk, store, token, lambda one: _edition_page(desk, store, one, slug))


@router.post(PAGE + "/editions/{slug}")
def choose(token: str, slug: str, desk: DeskHere, store: StoreHere, fields: SmallForm) -> Response:
    def chosen(one: Subscriber) -> Response:
        offered = _offered(store, one, slug)
        if offered is None:
            return _nothing(desk)
        read = read_choices(fields, _offers(desk, offered.edition))
        if read.errors:
            return _edition_page(desk, store, one, slug, given={name: first(fields, name) for name in fields}, errors=read.errors)
        changing.change(store, one, offered.edition, read.choices, at=datetime.now(UTC))
        return _back(token, "saved")
    return _of(desk, store, token, chosen)


@router.post(PAGE + "/leave")
def leave(token: str, desk: DeskHere, store: StoreHere, fields: SmallForm) -> Response:
    """what: the slug of an edition, "alerts", or "all"."""
    def left(one: Subscriber) -> Response:
        what = first(fields, "what")
        if what != "all" and what != ALERTS and store.subscribers.choices(one.id, what) is None:
            return _back(token, "")
        leaving.unsubscribe(store, one, None if what == "all" else what, at=datetime.now(UTC))
        return _back(token, "all" if what == "all" else "left")
    return _of(desk, store, token, left)


@router.post(PAGE + "/resume")
def resume(token: str, desk: DeskHere, store: StoreHere) -> Response:
    def resumed(one: Subscriber) -> Response:
        changing.resume(store, one)
        return _back(token, "resumed")
    return _of(desk, store, token, resumed)


@router.post(PAGE + "/link")
def another_link(token: str, desk: DeskHere, store: StoreHere) -> Response:
    def sent(one: Subscriber) -> Response:
        if not leaving.new_link(store, one, desk.settings, at=datetime.now(UTC)):
            return _back(token, "wait")
        return said(desk, "A new link is on its way", (
            "It comes by mail. All links that you had before have stopped, this page's too.",))
    return _of(desk, store, token, sent)


@router.get(PAGE + "/data.json")
def data(token: str, desk: DeskHere, store: StoreHere) -> Response:
    """All that is held of them."""
    def told(one: Subscriber) -> Response:
        body = msgspec.json.format(msgspec.json.encode(everything_of(store, one)))
        named = {"content-disposition": 'attachment; filename="my-data.json"'}
        return Response(body, 200, PRIVATE | named, "application/json")
    return _of(desk, store, token, told)


@router.get(PAGE + "/delete")
def delete_page(token: str, desk: DeskHere, store: StoreHere) -> Response:
    """Changes nothing."""
    return _of(desk, store, token, lambda one: said(
        desk, "Delete everything", ("Your address, what you chose, your alerts and the list of mails to you are deleted at once. "
                                    "Nothing of it can be brought back, and nobody will know any more that you unsubscribed.",),
        buttons=[("", "Delete everything", {}, "bad")], links=[(PAGE.format(token=token), "Back to your subscriptions")]))


@router.post(PAGE + "/delete")
def deleted(token: str, desk: DeskHere, store: StoreHere) -> Response:
    def gone(one: Subscriber) -> Response:
        leaving.erase(store, one, at=datetime.now(UTC))
        return said(desk, "Everything is deleted", ("Nothing is held of you any more, and nothing more comes to you.",))
    return _of(desk, store, token, gone)


def _of(desk: Desk, store: Store, token: str, answer: Callable[[Subscriber], Response]) -> Response:
    """What whoever the token belongs to gets; a page that says so for nobody's."""
    one = changing.by_token(store, token)
    return answer(one) if one is not None else _nothing(desk)


def _nothing(desk: Desk) -> Response:
    return said(desk, "This link is no longer good", (
        "Its owner asked for a new one, or was deleted, or part of it was lost on its way.",
        "The latest mail has the link that works; to have it sent again, sign up with the same address."),
        links=[(SIGN_UP, "Sign up")], status=404)


def _back(token: str, done: str) -> Response:
    return RedirectResponse(PAGE.format(token=token) + (f"?done={done}" if done else ""), 303, PRIVATE)


def _page(desk: Desk, store: Store, one: Subscriber, done: str) -> Response:
    offered = changing.offered_to(store, one)
    here = PAGE.format(token=one.token)
    return desk.pages.public(
        "briefing_preferences.html", 200, PRIVATE, one=one, here=here, alerts=f"/briefing/alerts/{one.token}", done=done,
        gets=[_row(each) for each in offered if each.choices is not None],
        others=[each.edition for each in offered if each.choices is None], gets_alerts=bool(store.subscribers.watches_of(one.id)))


def _row(offered: changing.Offered) -> dict[str, Any]:
    chosen = offered.choices
    assert chosen is not None
    narrowed = [name for name in SEVERAL if getattr(chosen.coverage, name)]
    words = [chosen.frequency, chosen.length, *([f"some {' and '.join(narrowed)} alone"] if narrowed else []),
             *([f"with {chosen.coverage.killed} killed or more"] if chosen.coverage.killed else [])]
    return {"edition": offered.edition, "words": ", ".join(words)}


def _offered(store: Store, one: Subscriber, slug: str) -> changing.Offered | None:
    return next((each for each in changing.offered_to(store, one) if each.edition.slug == slug), None)


def _offers(desk: Desk, edition: Edition) -> Offers:
    return offers_of(edition, [(group.id, group.name) for group in desk.register.groups.values()])


def _edition_page(desk: Desk, store: Store, one: Subscriber, slug: str, *, given: dict[str, Any] | None = None,
                  errors: Any = None) -> Response:
    """given: what the form said, where that is wrong; lists of several are then as they were."""
    offered = _offered(store, one, slug)
    if offered is None:
        return _nothing(desk)
    offers, edition = _offers(desk, offered.edition), offered.edition
    chosen = offered.choices or read_choices({}, offers).choices
    values = {"frequency": chosen.frequency, "length": chosen.length, "killed": chosen.coverage.killed, "zone": chosen.zone or "",
              "hour": "" if chosen.hour is None else chosen.hour} | (given or {})
    return desk.pages.public(
        "briefing_choices.html", 422 if errors else 200, PRIVATE, edition=edition, here=PAGE.format(token=one.token),
        gets=offered.choices is not None, chosen=chosen, values=values, errors=errors or {}, offers=offers, hours=HOURS,
        frequencies=[(often, often) for often in offers.frequencies], lengths=[(length, length) for length in LENGTHS],
        several=[(name, label, getattr(offers, name), getattr(chosen.coverage, name)) for name, label in LABELS],
        zones=[("", f"that of the edition ({edition.zone})"), *((zone, zone) for zone in zone_names())])


LABELS = (("regions", "Regions"), ("countries", "Countries"), ("groups", "Armed groups"), ("kinds", "Kinds of incidents"),
          ("affected", "Affected"))
