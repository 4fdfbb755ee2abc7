"""What became of the mails, and those that a person has to decide on: for editors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from dateline.desk.asked import Number
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.pages.account import NOT_KEPT
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.records.mailing import Mail, MailState
from dateline.store import Store
from dateline.store.mails import STATES

router = APIRouter(include_in_schema=False, dependencies=[FromOurPage, Depends(Needs("editions"))])
FEW, MANY = 20, 100               # mails of a state: on the page of all, and on its own
PUT_OFF = "put off"               # queued, and the server has not wanted it yet
Shown = Literal["uncertain", "refused", "put off", "queued", "claimed", "handed over", "sent", "withdrawn"]
TROUBLE: tuple[Shown, ...] = ("uncertain", "refused", "put off")


@router.get("/editions/mails")
def all_mails(request: Request, desk: DeskHere, store: StoreHere, state: Annotated[Shown | None, Query()] = None,
              before: Annotated[Number | None, Query()] = None) -> Response:
    counts: dict[str, int] = dict(store.mails.counts().items()) | {PUT_OFF: store.mails.count_put_off()}
    most = FEW if state is None else MANY
    lists = [_list(store, one, counts[one], most, before if state else None) for one in (TROUBLE if state is None else (state,))]
    return desk.pages.page(
        request, "mails.html", 200, NOT_KEPT, state=state, lists=[one for one in lists if one["count"]], counts=counts,
        states=[*STATES[:1], PUT_OFF, *STATES[1:]], problem=store.mails.problem(), total=sum(store.mails.counts().values()),
        sends=bool(desk.settings.mail_from))


@router.post("/editions/mails/again")
def again(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere,
          number: Annotated[Number, Form()]) -> Response:
    """number: of an uncertain mail. Raises DecisionError for any other: somebody else was quicker."""
    one = store.mails.resend(number, person.name, datetime.now(UTC))
    return go_to(request, "/editions/mails", desk, f"Mail {one.id} is queued again, under the same Message-ID.", level="note")


def _list(store: Store, state: Shown, count: int, most: int, before: int | None) -> dict[str, object]:
    held: MailState = "queued" if state == "put off" else state
    found: list[Mail] = store.mails.page((held,), most + 1, before, tried=state == "put off")
    older = f"/editions/mails?state={state.replace(' ', '+')}&before={found[most - 1].id}" if len(found) > most else None
    return {"state": state, "mails": found[:most], "count": count, "older": older}
