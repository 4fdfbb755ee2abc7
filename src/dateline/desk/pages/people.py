"""Who may use this desk, and what was done by whom: for editors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from pydantic import StringConstraints

from dateline.desk.asked import Number
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.pages.account import NOT_KEPT, token_shown
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.errors import DecisionError
from dateline.store import Store
from dateline.team import people
from dateline.team.roles import LEAST_ROLE, ROLES

router = APIRouter(include_in_schema=False, dependencies=[FromOurPage, Depends(Needs("people"))])
Text = Annotated[str, StringConstraints(max_length=2_000), Form()]
LINES = 100                       # of the audit log on a page
MAY: dict[str, str] = {role: ", ".join(action for action, least in LEAST_ROLE.items() if least == role) for role in ROLES}


@router.get("/people")
def all_people(request: Request, desk: DeskHere, store: StoreHere, before: Annotated[Number | None, Query()] = None) -> Response:
    return _page(request, desk, store, before=before)


@router.post("/people")
def add(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, name: Text, role: Text,
        password: Text) -> Response:
    """The first is an editor: from then on everyone signs in, and somebody must be able to add others."""
    try:
        if not person.has_account and role != "editor":
            raise DecisionError("the first person of a desk is an editor: nobody else could add the next")
        made = people.add_person(store, name, role, password, by=person.name, at=datetime.now(UTC))
    except DecisionError as problem:
        return _page(request, desk, store, status=422, errors={"name": str(problem)}, name=name)
    return go_to(request, "/people", desk, f"{made.name} may sign in now, as {made.role}.")


@router.post("/people/change")
def change(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, name: Text,
           what: Annotated[Literal["role", "disable", "enable", "password"], Form()], role: Text = "",
           password: Text = "") -> Response:
    """name: whose account. In the form and not in the address: what addresses say is kept in logs."""
    now, by = datetime.now(UTC), person.name
    if what == "role":
        people.set_role(store, name, role, by=by, at=now)
    elif what == "password":
        people.set_password(store, name, password, by=by, at=now)
    elif what == "disable":
        people.disable(store, name, by=by, at=now)
    else:
        people.enable(store, name, by=by, at=now)
    done = {"role": f"is {role} now", "password": "has another password, and has to sign in again",
            "disable": "is signed out, and may sign in no more", "enable": "may sign in again"}[what]
    return go_to(request, "/people", desk, f"{name} {done}.")


def _page(request: Request, desk: Desk, store: Store, *, status: int = 200, errors: dict[str, str] | None = None, name: str = "",
          before: int | None = None) -> Response:
    lines = store.team.audit(most=LINES + 1, before=before)
    shown = [{"at": line.at, "who": line.who, "what": line.what, "about": line.about, "address": line.address}
             for _, line in lines[:LINES]]
    tokens = [token_shown(one) for one in store.team.tokens() if one.revoked_at is None]
    return desk.pages.page(
        request, "people.html", status, NOT_KEPT, people=store.team.people(), tokens=tokens, audit=shown, errors=errors or {},
        name=name, roles=[(role, role) for role in ROLES], may=MAY, shortest=people.SHORTEST_PASSWORD,
        older=f"/people?before={lines[LINES - 1][0]}#audit" if len(lines) > LINES else None)
