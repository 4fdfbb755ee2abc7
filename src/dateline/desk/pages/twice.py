"""Coding twice, blind: a share of the incidents is coded by two people who do not see each other's values, nor the machine's."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import StringConstraints

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.held import held
from dateline.desk.views.incident import reports_shown
from dateline.desk.views.marked import pieces_of
from dateline.desk.who import FromOurPage, Needs, Person, PersonHere
from dateline.errors import DecisionError
from dateline.publish.beside import beside_reports
from dateline.publish.texts import published_text
from dateline.records.account import INCIDENT_STATUSES
from dateline.records.kinds import KINDS
from dateline.records.team import Coding
from dateline.store import Store
from dateline.store.listed import Listed
from dateline.team.coding import CODERS, agreement, check_coding, coded_apart, to_code_twice
from dateline.typed import typed_day, typed_where

router = APIRouter(include_in_schema=False, prefix="/review/twice", dependencies=[Depends(Needs("code"))])
MOST = 50
AT_ONCE = 500                     # incidents that are looked through for those of the share
Text = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), Form()]


@router.get("")
def to_code(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    together = [codings for codings in store.team.coded_twice() if len(codings) >= CODERS]
    apart = [(codings[0].incident, coded_apart(codings)) for codings in together]
    waiting = list(islice(_waiting(desk, store, person), MOST))
    return desk.pages.page(request, "twice.html", section="review", to_code=waiting, agreed=agreement(together),
                           apart=[one for one in apart if one[1]], share=desk.settings.double_coded_share, coded=len(together))


def _waiting(desk: Desk, store: Store, person: Person) -> Any:
    """Those of the share that the person has not coded and that lack a coder, the most doubtful first."""
    from dateline.desk.asked import Asked, filter_of

    wanted, after = filter_of(Asked.model_validate({}), desk), None
    while True:
        page = store.lists.page(wanted, order="doubt", after=after, most=AT_ONCE)
        for one in page.rows:
            if to_code_twice(one.id, desk.settings.double_coded_share) and _lacks(store, one, person):
                yield one
        after = page.after
        if after is None:
            return


def _lacks(store: Store, one: Listed, person: Person) -> bool:
    held = store.team.coded_by(one.id)
    return held < CODERS and not (held and store.team.codings(one.id, person.name, CODERS))


@router.get("/{incident}")
def form(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    return _form(request, incident, desk, store, person, {}, "")


@router.post("/{incident}", dependencies=[FromOurPage])
def code(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, kind: Text = "", day: Text = "",
         place: Text = "", killed: Text = "", injured: Text = "", side: Text = "", status: Text = "") -> Response:
    given = {"kind": kind, "day": day, "place": place, "killed": killed, "injured": injured, "side": side, "status": status}
    found = held(store, incident, desk.view)
    try:
        coding = _coding(found.kept.id, person.name, given, desk)
        check_coding(coding)
        codings = store.team.keep_coding(coding, CODERS)
    except DecisionError as wrong:
        return _form(request, incident, desk, store, person, given, str(wrong), 422)
    done = "both are in" if len(codings) >= CODERS else "one more is to come"
    return go_to(request, "/review/twice", desk, f"Coded {found.kept.id}: {done}.")


def _coding(incident: str, who: str, given: dict[str, str], desk: Desk) -> Coding:
    """Raises DecisionError for what is no day, number or place."""
    where = typed_where(given["place"]) if given["place"] else None
    group = desk.group(given["side"]) if given["side"] else None
    day = typed_day(given["day"]) if given["day"] else None
    return Coding(incident, who, datetime.now(UTC), given["kind"].lower() or None, day,
                  (where.gazetteer_id or where.name) if where else None, _number(given["killed"]), _number(given["injured"]),
                  group.id if group else given["side"] or None, given["status"] or None)


def _number(text: str) -> int | None:
    try:
        return int(text) if text else None
    except ValueError:
        raise DecisionError(f"{text!r} is no number: write the best estimate, or nothing where there is none") from None


def _form(request: Request, incident: str, desk: Desk, store: Store, person: Person, given: dict[str, str], error: str,
          status: int = 200) -> Response:
    """The reports without a mark in them, and nothing that anyone or the machine has coded."""
    one = held(store, incident, desk.view).shown
    kept = store.reports_called(joined.report.id for joined in one.accounts)
    shown = reports_shown(one, {}, {})
    beside = beside_reports(store, kept)
    texts = {name: pieces_of(published_text(report.text, beside[name].accounts, beside[name].shelters), [], whole=True)
             for name, report in kept.items()}
    own = store.team.codings(one.id, person.name, CODERS)
    return desk.pages.page(
        request, "code_twice.html", status, section="review", one=one, reports=shown, texts=texts, given=defaultdict(str, given),
        error=error, kinds=list(KINDS), statuses=[(word, word) for word in INCIDENT_STATUSES],
        is_in=any(coding.who == person.name for coding in own))
