"""Signing up, confirming and unsubscribing: pages for everybody, without account, cookie or script.

What changes something is a POST: programs that look into mails open their links. No form carries a token of the desk's: that of
the sign-up says when it was given out, the others are known by their address, which is in one mail alone.
"""

from __future__ import annotations

import ipaddress
import re
import time
from datetime import UTC, datetime
from typing import Any

from anyio import sleep
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.small_forms import Fields, SmallForm, first
from dateline.errors import DecisionError
from dateline.records.mailing import Choices, Edition
from dateline.store import Store
from dateline.subscribing import beside, confirming, leaving
from dateline.subscribing.addresses import network_of
from dateline.subscribing.links import ALERTS
from dateline.subscribing.signing_up import form_mark, form_state, sign_up

router = APIRouter(include_in_schema=False)
PRIVATE = {"cache-control": "no-store", "x-robots-tag": "noindex"}      # a page whose address opens a door
SIGN_UP = "/briefing/sign-up"
ANSWER_AFTER_S = 0.25             # the work takes 2 to 15 ms, by what is held of the address
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


# Signing up


@router.get(SIGN_UP)
def form(desk: DeskHere, store: StoreHere, edition: str = "") -> Response:
    """edition: the slug of one that is chosen already; one that is not open is named on the form by whoever knows it."""
    return _form(desk, store, chosen=edition)


@router.post(SIGN_UP)
async def asked(request: Request, desk: DeskHere, store: StoreHere, fields: SmallForm) -> Response:
    """The answer comes at the same time whatever was done for it: what is left of that time is waited for, in no thread."""
    began = time.monotonic()
    answer = await run_in_threadpool(_asked, desk, store, fields, network_of(caller_of(request)))
    await sleep(max(0.0, ANSWER_AFTER_S - (time.monotonic() - began)))
    return answer


def _asked(desk: Desk, store: Store, fields: Fields, network: str | None) -> Response:
    now, what, address = datetime.now(UTC), first(fields, "what"), first(fields, "address")
    state = form_state(store.team.secret(), first(fields, "mark"), first(fields, "website"), now)
    if state == "old":
        return _form(desk, store, chosen=what, address=address, status=422, error="this page was open for long: send it again")
    if state == "good" and desk.settings.mail_from:
        slug, _, frequency = what.partition("/")
        try:
            sign_up(store, address, slug, _choices(beside.edition_of(store, slug), frequency), desk.settings,
                    network=network, at=now)
        except DecisionError as wrong:
            return _form(desk, store, chosen=what, address=address, status=422, error=str(wrong))
    return said(desk, "Look into your mailbox", (
        "If this address can be signed up, a mail is on its way to it. Open the page that it leads to, and press the button.",
        "Nothing there after some minutes? Look among unwanted mails, or try again later. An address gets few such mails a day."))


def _form(desk: Desk, store: Store, *, chosen: str = "", address: str = "", status: int = 200, error: str = "") -> Response:
    open_ones = [one for one in beside.editions_of(store) if one.is_open]
    options = [(f"{one.slug}/{often}", f"{one.title}, {often}") for one in open_ones for often in one.frequencies]
    slug = chosen.partition("/")[0]
    shown = next((one for one in open_ones if one.slug == slug), None)
    picked = chosen if chosen in dict(options) else next((value for value, _ in options if value.startswith(f"{slug}/")), "")
    by_invitation = slug if _SLUG.fullmatch(slug) and shown is None else ""      # whether there is one is not told
    return desk.pages.public(
        "briefing_sign_up.html", status, PRIVATE, options=options, picked=picked, about=shown.about if shown else "",
        by_invitation=by_invitation, address=address[:400], error=error, mark=form_mark(store.team.secret(), datetime.now(UTC)),
        sends=bool(desk.settings.mail_from), days=desk.settings.unconfirmed_days)


def _choices(edition: Edition | None, frequency: str) -> Choices:
    """What whoever signs up gets until they choose more. Without an edition nothing comes of it."""
    offered = edition.frequencies if edition else ("daily",)
    return Choices(next((one for one in offered if one == frequency), offered[0]))


def caller_of(request: Request) -> str | None:
    """The machine that asks. Where a server before us runs on this machine, the one that it says it had the request from."""
    host = request.client.host if request.client else None
    if host is not None and _is_loopback(host):
        return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or host
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# Confirming


@router.get("/briefing/confirm/{token}")
def confirm_page(token: str, desk: DeskHere, store: StoreHere) -> Response:
    """Changes nothing."""
    found = confirming.waiting(store, token, desk.settings, at=datetime.now(UTC))
    if isinstance(found, confirming.Closed):
        return _closed(desk, found)
    return said(desk, "Confirm the subscription", (f"{found.edition.title} will come to you {_often(found.asked.choices)}.",),
                buttons=[("", "Confirm", {}, "main")])


@router.post("/briefing/confirm/{token}")
def confirmed(token: str, desk: DeskHere, store: StoreHere) -> Response:
    done = confirming.confirm(store, token, desk.settings, at=datetime.now(UTC))
    if isinstance(done, confirming.Closed):
        return _closed(desk, done)
    return said(desk, "You are a subscriber", (
        f"The next issue of {done.edition.title} comes to you.",
        "Choose regions, countries or groups, how long the mail is and when it comes, on your own page. Each mail leads there."),
        links=[(f"/briefing/preferences/{done.subscriber.token}", "Your subscriptions")])


def _closed(desk: Desk, found: confirming.Closed) -> Response:
    if found.why == "used":
        return said(desk, "This was confirmed already", (
            "There is nothing more to do here. Each mail leads to your own page, where you change what you get, or leave.",))
    return said(desk, "This link confirms nothing any more", (
        f"A link is good for {desk.settings.unconfirmed_days:g} days, and once; or part of it was lost on its way.",
        "Sign up again, and another one comes."), links=[(SIGN_UP, "Sign up")], status=404)


def _often(choices: Choices) -> str:
    return {"daily": "every day", "weekly": "every week"}[choices.frequency]


# Unsubscribing


@router.get("/briefing/unsubscribe/{token}")
def unsubscribe_page(token: str, desk: DeskHere, store: StoreHere) -> Response:
    """Changes nothing."""
    return _unsubscribe_page(desk, store, token)


@router.post("/briefing/unsubscribe/{token}")
def unsubscribed(token: str, desk: DeskHere, store: StoreHere, fields: SmallForm) -> Response:
    """From the page, and by whatever reads mails (RFC 8058): at once, whoever sends it, without cookie or redirect."""
    leaver = leaving.leaver_of(store, token)
    what = first(fields, "what")
    one_click = first(fields, "List-Unsubscribe").strip().lower() == "one-click"
    if leaver is None or not (one_click or what in ("this", "all")):
        return _unsubscribe_page(desk, store, token, status=422)
    edition = None if what == "all" and not one_click else leaver.edition
    title = _title(store, edition)
    was_waiting = leaver.subscriber.state == "unconfirmed"
    leaving.unsubscribe(store, leaver.subscriber, edition, at=datetime.now(UTC))
    if was_waiting:
        return said(desk, "The address is deleted", ("Nothing more comes to it, and nothing is held of it.",))
    return said(desk, "You are unsubscribed", (f"{title[:1].upper()}{title[1:]} will not come to you any more.",
                                               "A mail that is on its way already may still arrive. The link to your own page, "
                                               "where you change or delete everything, is in each mail."))


def _unsubscribe_page(desk: Desk, store: Store, token: str, *, status: int = 200) -> Response:
    leaver = leaving.leaver_of(store, token)
    if leaver is None:
        return said(desk, "This link is no longer good", (
            "The address may have been deleted, or its owner asked for a new link: then the latest mail has the one that works.",
            "Part of it may also have been lost on its way: copy the whole address."), status=404)
    if leaver.subscriber.state == "unconfirmed":
        return said(desk, "Do not sign this address up", ("Nothing more will come to it, and it is deleted at once.",),
                    buttons=[("", "Delete the address", {"what": "all"}, "main")], status=status)
    buttons = [("", "Unsubscribe from everything", {"what": "all"}, "main" if leaver.edition is None else "")]
    if leaver.edition is not None:
        buttons.insert(0, ("", f"Unsubscribe from {_title(store, leaver.edition)}", {"what": "this"}, "main"))
    return said(desk, "Unsubscribe", ("One button, and it is done.",), buttons=buttons, status=status)


def _title(store: Store, edition: str | None) -> str:
    if edition is None:
        return "everything"
    if edition == ALERTS:
        return "alerts"
    found = beside.edition_of(store, edition, retired=True)
    return found.title if found else edition


def said(desk: Desk, title: str, paragraphs: tuple[str, ...], *, status: int = 200, buttons: Any = (), links: Any = ()
         ) -> Response:
    """A page of a few words.

    buttons: [(address, "" for this page's own; label; hidden fields; kind)]. links: [(address, label)].
    """
    return desk.pages.public("briefing_said.html", status, PRIVATE, title=title, paragraphs=paragraphs, buttons=buttons,
                             links=links)
