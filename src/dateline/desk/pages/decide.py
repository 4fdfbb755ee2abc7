"""What a person decides on the desk: review, merge, split, apart, correct, undo, comment. Each is a verb of the library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import StringConstraints

from dateline import decisions
from dateline.decisions import By, Done
from dateline.desk.asked import Number
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.held import held
from dateline.desk.problems import NotHeld
from dateline.desk.who import FromOurPage, Needs, PersonHere, is_ours
from dateline.errors import DecisionError
from dateline.records.decision import What
from dateline.store import Store
from dateline.team.roles import OF_DECISIONS
from dateline.typed import typed_value

router = APIRouter(include_in_schema=False, dependencies=[FromOurPage])
Coder, Editor = [Depends(Needs("code"))], [Depends(Needs("review"))]
LOCKED_FOR_S = 300.0
LONGEST = 2_000                   # characters of what a person writes
Words = Annotated[str, StringConstraints(max_length=LONGEST, strip_whitespace=True)]
Text = Annotated[Words, Form()]
Seen = Annotated[str | None, Form(max_length=40)]


@router.post("/incidents/{incident}/review")
def review(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere,
           what: Annotated[Literal["accept", "reject", "assign", "code", "query"], Form()], why: Text = "", to: Text = "",
           seen: Seen = None, then: Text = "") -> Response:
    desk.who.check(request, OF_DECISIONS[what])
    done = decisions.review(store, incident, what, By(person.name, why), desk.settings, to=to or None, seen=seen or None)
    return _done(request, desk, done, f"{WORDS[what]}{f' to {to}' if to else ''}", then)


WORDS: dict[What, str] = {"accept": "Approved", "reject": "Rejected", "assign": "Assigned", "code": "Marked as coded",
                          "query": "Asked"}


@router.post("/incidents/{incident}/confidence", dependencies=Editor)
def confidence(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, level: Text, why: Text = "",
               seen: Seen = None) -> Response:
    done = decisions.set_confidence(store, incident, level, By(person.name, why), desk.settings, seen=seen or None)
    return _done(request, desk, done, f"Confidence {level}")


@router.post("/incidents/{incident}/merge", dependencies=Coder)
def merge(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, other: Text, why: Text = "",
          seen: Seen = None) -> Response:
    done = decisions.merge(store, incident, other, By(person.name, why), desk.settings, seen=(seen or None, None))
    return _done(request, desk, done, f"Merged {incident} and {other}")


@router.post("/incidents/{incident}/apart", dependencies=Coder)
def apart(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, other: Text, why: Text = "",
          seen: Seen = None) -> Response:
    done = decisions.tell_apart(store, incident, other, By(person.name, why), desk.settings, seen=seen or None)
    return _done(request, desk, done, f"{incident} and {other} are two incidents", f"/incidents/{incident}")


@router.post("/incidents/{incident}/split", dependencies=Coder)
def split(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere,
          account: Annotated[list[str], Form(max_length=500)], why: Text = "", seen: Seen = None) -> Response:
    done = decisions.split(store, incident, account, By(person.name, why), desk.settings, seen=seen or None)
    return _done(request, desk, done, f"Split {len(account)} off {incident}: now {' and '.join(done.incidents)}")


@router.post("/incidents/{incident}/correct", dependencies=Coder)
def correct(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, field: Text, value: Text,
            account: Text = "", quote: Text = "", report: Text = "", start: Annotated[int | None, Form()] = None,
            end: Annotated[int | None, Form()] = None, why: Text = "", seen: Seen = None) -> Response:
    """account: the one corrected; none: the incident as a whole. start, end, report: words chosen in its text that say so."""
    words = chosen_words(store, report, start, end) if report and start is not None and end is not None else quote or None
    done = decisions.correct(store, incident, field, typed_value(field, value, words), By(person.name, why), desk.settings,
                             account=account or None, evidence=words, seen=seen or None)
    return _done(request, desk, done, f"Corrected {field.rpartition('.')[2]}")


def chosen_words(store: Store, report_id: str, start: int, end: int) -> str:
    """The words of a kept report that were chosen on the page. Raises DecisionError where it has no such words."""
    report = store.report(report_id)
    if report is None or not 0 <= start < end <= len(report.text):
        raise DecisionError("the words that were chosen do not stand in that report; choose them again")
    return report.text[start:end].strip()


@router.post("/incidents/{incident}/lock", dependencies=Coder)
def lock(incident: str, store: StoreHere, person: PersonHere) -> Response:
    """Say that the person has it open for correcting, for so long or until `unlock`; 409 where it is another's."""
    held_by = store.team.lock(incident, person.name, LOCKED_FOR_S, datetime.now(UTC))
    if held_by.who != person.name:
        raise DecisionError(f"{held_by.who} has {incident} open for correcting")
    return Response(status_code=204)


@router.post("/incidents/{incident}/unlock", dependencies=Coder)
def unlock(incident: str, store: StoreHere, person: PersonHere) -> Response:
    store.team.unlock(incident, person.name)
    return Response(status_code=204)


@router.post("/incidents/{incident}/comments", dependencies=[Depends(Needs("comment"))])
def comment(request: Request, incident: str, desk: DeskHere, store: StoreHere, person: PersonHere, words: Text, field: Text = ""
            ) -> Response:
    kept = held(store, incident, desk.view).kept
    store.team.comment(kept, words, person.name, datetime.now(UTC), field=field or None)
    return go_to(request, f"/incidents/{kept.id}#comments-title", desk, "Comment kept")


@router.post("/incidents/{incident}/comments/{number}", dependencies=[Depends(Needs("comment"))])
def settle_comment(request: Request, incident: str, number: Number, desk: DeskHere, store: StoreHere, person: PersonHere,
                   settled: Annotated[bool, Form()]) -> Response:
    """Mark a comment, as a query that has its answer, as settled, or open it again; it stays where it is."""
    kept = held(store, incident, desk.view).kept
    if number not in {one.id for one in store.team.comments(kept.id)}:
        raise NotHeld(f"{kept.id} has no comment {number}")
    if settled:
        store.team.resolve(number, person.name, datetime.now(UTC))
    else:
        store.team.reopen(number)
    return go_to(request, f"/incidents/{kept.id}#comments-title", desk, "Comment settled" if settled else "Comment open again")


@router.post("/decisions/{event}/undo", dependencies=[Depends(Needs("undo"))])
def undo(request: Request, event: Number, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    done = decisions.undo(store, event, By(person.name), desk.settings)
    return _done(request, desk, done, f"Took back event {event}")


def _done(request: Request, desk: Desk, done: Done, words: str, then: str = "") -> Response:
    """The incident's page that was before the person where it is held yet, else the one that holds what was decided on.

    then: a page of ours to go to instead.
    """
    gone = f"; {', '.join(done.gone)} held no more" if done.gone else ""
    before = request.path_params.get("incident")
    held = f"/incidents/{before if before in done.incidents else done.incidents[0]}" if done.incidents else "/"
    url = then if is_ours(then) else held
    return go_to(request, url, desk, f"{words}{gone}.", undo=done.event)
