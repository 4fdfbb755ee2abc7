"""Watches: for editors those with webhooks and what was told of late; for a subscriber, by the link in their mails, their own.

What protects the subscriber's page is the token in its address: it names them, and nobody else has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from dateline.alerts.asking import AFFECTED, read_watch
from dateline.alerts.body import trial_body
from dateline.alerts.calls import check_webhook, new_secret, post
from dateline.alerts.words import watch_words
from dateline.desk.asked import Number
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.pages.account import NOT_KEPT, address_of
from dateline.desk.problems import NotHeld
from dateline.desk.who import CSRF_FIELD, FromOurPage, Needs, PersonHere
from dateline.errors import SettingsError
from dateline.publish.export.countries import acled_regions, all_countries
from dateline.records.kinds import KINDS, headline
from dateline.records.mailing import Subscriber, Watch
from dateline.records.team import Audited
from dateline.store import Store

MOST_OF_SUBSCRIBER = 20           # watches
MOST_VALUES, MOST_CHARS = 100, 2_000      # of a form; what is more of it is left out
MOST_BYTES = 64_000               # of a form that anybody may send
LINES = 50                        # of what was told and called last
PRIVATE = NOT_KEPT | {"referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
DONE = {"made": "Your alert is on.", "paused": "Your alert is paused.", "on": "Your alert is on again.",
        "deleted": "Your alert is deleted."}
What = Literal["pause", "resume", "delete"]

router = APIRouter(include_in_schema=False)
editors = APIRouter(include_in_schema=False, dependencies=[FromOurPage, Depends(Needs("editions"))])
public = APIRouter(include_in_schema=False)


async def _form(request: Request) -> dict[str, list[str]]:
    """The fields of an editor's form, cut to what one of ours can hold."""
    return _fields((await request.form(max_fields=MOST_VALUES, max_files=0)).multi_items())


async def _small_form(request: Request) -> dict[str, list[str]]:
    """The same of anybody's, of which no more is read than ours can be long. Raises HTTPException for more."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "this form is longer than any of ours")
    try:
        return _fields(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_VALUES))
    except ValueError:
        raise HTTPException(413, "this form has more fields than any of ours") from None


def _fields(sent: Iterable[tuple[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in sent:
        if isinstance(value, str) and name != CSRF_FIELD:
            found.setdefault(name[:100], []).append(value[:MOST_CHARS])
    return found


Fields = Annotated[dict[str, list[str]], Depends(_form)]
SmallFields = Annotated[dict[str, list[str]], Depends(_small_form)]


# Editors


@editors.get("/alerts")
def alerts(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    return _page(request, desk, store)


@editors.post("/alerts")
def make(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, fields: Fields) -> Response:
    """A watch with a webhook. Its secret is shown on this one answer and nowhere again."""
    read, now = read_watch(fields, desk.group, may_be_all=True), datetime.now(UTC)
    errors = dict(read.errors)
    try:
        address = check_webhook(next(iter(fields.get("webhook", ())), ""), desk.settings)
    except SettingsError as wrong:
        errors["webhook"] = str(wrong)
    if errors or read.watch is None:
        return _page(request, desk, store, status=422, errors=errors, fields=fields)
    made = store.watches.add(replace(read.watch, webhook=address, secret=new_secret(), by=person.name), now)
    assert made is not None
    _audit(request, store, person.name, "made a webhook", made)
    return _page(request, desk, store, made=made)


@editors.post("/alerts/{number}/test")
def try_call(request: Request, number: Number, desk: DeskHere, store: StoreHere) -> Response:
    watch = _held(store, number)
    if watch.webhook is None:
        raise NotHeld(f"alert {number} calls no webhook")
    if desk.settings.offline:
        return go_to(request, "/alerts", desk, "Nothing was sent, because offline is set.", level="problem")
    now = datetime.now(UTC)
    answer = post(watch.webhook, watch.secret or "", trial_body(watch, now), desk.settings, now)
    words = f"{watch.name} answered the test call: {answer.said}" if answer.status else f"The test call failed: {answer.said}"
    return go_to(request, "/alerts", desk, words, level="done" if answer.is_taken else "problem")


@editors.post("/alerts/{number}/{what}")
def change(request: Request, number: Number, what: What, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    watch = _held(store, number)
    done = _change(store, watch, what)
    _audit(request, store, person.name, f"{what.removesuffix('e')}ed an alert", watch)
    return go_to(request, "/alerts", desk, f"{watch.name} is {done}.")


def _page(request: Request, desk: Desk, store: Store, *, status: int = 200, errors: Mapping[str, str] | None = None,
          fields: Mapping[str, Sequence[str]] | None = None, made: Watch | None = None) -> Response:
    watches = store.watches.all()
    names = {one.id: one.name for one in watches}
    notices = [{"at": one.at, "watch": names.get(one.watch, one.watch), "incident": one.incident, "count": one.count}
               for one in store.watches.last_notices(LINES)]
    calls = [{"at": one.changed_at, "watch": names.get(one.watch, one.watch), "state": one.state, "attempts": one.attempts,
              "said": one.said} for one in store.watches.last_calls(LINES)]
    return desk.pages.page(
        request, "alerts.html", status, NOT_KEPT, watches=[_shown(one, desk) for one in watches], notices=notices, calls=calls,
        made=made, off=not desk.settings.public_url, **_form_shown(errors, fields))


def _held(store: Store, number: int) -> Watch:
    found = store.watches.get(number)
    if found is None:
        raise NotHeld(f"there is no alert {number}")
    return found


def _audit(request: Request, store: Store, who: str, what: str, watch: Watch) -> None:
    store.team.note(Audited(datetime.now(UTC), who, what, f"{watch.id}: {watch.name}", address_of(request)))


# Subscribers


@public.get("/briefing/alerts/{token}")
def own(request: Request, token: str, desk: DeskHere, store: StoreHere, done: str = "") -> Response:
    return _own_page(request, desk, store, _subscriber(store, token), said=DONE.get(done, ""))


@public.post("/briefing/alerts/{token}")
def make_own(request: Request, token: str, desk: DeskHere, store: StoreHere, fields: SmallFields) -> Response:
    who = _subscriber(store, token)
    read = read_watch(fields, desk.group, may_be_all=False)
    errors = dict(read.errors)
    if read.watch is not None:
        if store.watches.add(replace(read.watch, subscriber=who.id), datetime.now(UTC), most=MOST_OF_SUBSCRIBER) is not None:
            return _back(token, "made")
        errors["name"] = f"you have {MOST_OF_SUBSCRIBER} alerts, which is as many as there can be; delete one first"
    return _own_page(request, desk, store, who, status=422, errors=errors, fields=fields)


@public.post("/briefing/alerts/{token}/{number}/{what}")
def change_own(token: str, number: Number, what: What, store: StoreHere) -> Response:
    who = _subscriber(store, token)
    watch = store.watches.get(number)
    if watch is None or watch.subscriber != who.id:      # another's is not told from one that there is not
        raise NotHeld("you have no such alert")
    return _back(token, {"paused": "paused", "on again": "on"}.get(_change(store, watch, what), "deleted"))


def _subscriber(store: Store, token: str) -> Subscriber:
    """Whoever the token names, if they are confirmed. Raises NotHeld, which says no more, for anybody else."""
    found = store.subscribers.by_token(token)
    if found is None or found.state != "confirmed":
        raise NotHeld("this link does not hold any more; use the one of your latest mail")
    return found


def _own_page(request: Request, desk: Desk, store: Store, who: Subscriber, *, status: int = 200, said: str = "",
              errors: Mapping[str, str] | None = None, fields: Mapping[str, Sequence[str]] | None = None) -> Response:
    return desk.pages.page(
        request, "briefing_alerts.html", status, PRIVATE, here=f"/briefing/alerts/{who.token}", said=said,
        watches=[_shown(one, desk) for one in store.watches.of(who.id)], most=MOST_OF_SUBSCRIBER, **_form_shown(errors, fields))


def _back(token: str, done: str) -> Response:
    return RedirectResponse(f"/briefing/alerts/{token}?done={done}", 303, PRIVATE)


# Both


def _change(store: Store, watch: Watch, what: What) -> str:
    """What was done, in a word."""
    if what == "delete":
        store.watches.delete(watch.id)
        return "deleted"
    store.watches.pause(watch.id, what == "pause")
    return "paused" if what == "pause" else "on again"


def _shown(one: Watch, desk: Desk) -> dict[str, Any]:
    """Without the secret, and of the webhook no more than its host: the rest of the address may be one."""
    names = {group: desk.group_name(group) or group for group in one.coverage.groups}
    host = (urlsplit(one.webhook).hostname or "") if one.webhook else None
    return {"id": one.id, "name": one.name, "words": watch_words(one, names), "host": host, "subscriber": one.subscriber,
            "by": one.by, "paused": one.paused}


def _form_shown(errors: Mapping[str, str] | None, fields: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    given = fields or {}
    named = sorted(((code, one.acled_name) for code, one in all_countries().items()), key=lambda pair: pair[1])
    return {
        "errors": errors or {}, "given": {name: values[0] for name, values in given.items() if values},
        "chosen": {name: tuple(given.get(name, ())) for name in ("kind", "affected")}, "countries": named,
        "regions": [(one, one) for one in acled_regions()], "kinds": [(kind, headline(kind, None)) for kind in KINDS],
        "affected": [(one, one) for one in AFFECTED]}


router.include_router(editors)
router.include_router(public)
