"""What programs decide through the API: the library's own verbs, by whoever the token or the desk's own page says."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Annotated, Any, Literal, get_type_hints

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from dateline import decisions, entering
from dateline.decisions import By, Done
from dateline.desk.answers import answer
from dateline.desk.api.answering import ROOT, gives
from dateline.desk.api.asking import OnlyKnown
from dateline.desk.api.incidents import GONE, IncidentId
from dateline.desk.api.records import Decided
from dateline.desk.asked import Number
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.held import held_incident
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.entered import Entered, EnteredFigure
from dateline.team.roles import OF_DECISIONS
from dateline.typed import typed_value

Words = Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Revision = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class Given(BaseModel):
    """What every decision may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: Words = Field("", description="Why, as the history will say")


class _OnIncident(Given):
    seen: Revision | None = Field(None, description="`revision` of the incident as it was read; 409 where it has changed since")


class ReviewGiven(_OnIncident):
    """The next state of a review."""

    what: Literal["accept", "reject", "assign", "code", "query"] = Field(
        description="Approve; reject, with a reason; assign `to` a person; coded: checked and corrected; ask a colleague")
    to: Words | None = Field(None, description="Of assign and query: a person's name")


class ConfidenceGiven(_OnIncident):
    """How sure a person is."""

    level: Literal["low", "medium", "high"]


class CorrectGiven(_OnIncident):
    """A field and its value."""

    field: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="kind, when, where, figures.ID.low, ... (docs/use.md, correct)")
    value: Any = Field(description="As the record has it, null for unknown; or as a person writes it: 2018-01-27, \"Gao, ML\"")
    account: Words | None = Field(None, description="Id of the account that is corrected; left out: the incident as a whole")
    evidence: Words | None = Field(None, description="Words of a report that say so, as they are printed")


class MergeGiven(_OnIncident):
    """The other incident."""

    other: Id = Field(description="The incident that it is put together with")
    other_seen: Revision | None = Field(None, description="`revision` of the other as it was read")


class ApartGiven(_OnIncident):
    """The other incident."""

    other: Id = Field(description="The incident that it is not")


class SplitGiven(_OnIncident):
    """Accounts to take out."""

    accounts: list[Annotated[str, StringConstraints(min_length=1, max_length=80)]] = Field(
        min_length=1, max_length=500, description="Ids of the accounts that become an incident of their own")


def _body_of(kind: type[Any], name: str, **changed: Any) -> type[BaseModel]:
    """The body that is a dataclass of ours, field for field."""
    hints = get_type_hints(kind)
    held = {one.name: (changed.get(one.name, hints[one.name]), ... if one.default is MISSING else one.default)
            for one in fields(kind)}
    given: type[BaseModel] = create_model(
        name, __config__=ConfigDict(extra="forbid", frozen=True), __doc__=kind.__doc__, **held)  # type: ignore[call-overload]
    return given


FigureGiven = _body_of(EnteredFigure, "EnteredFigureGiven")
EnteredGiven = _body_of(Entered, "EnteredGiven", figures=tuple[FigureGiven, ...])  # type: ignore[valid-type]


class EnterGiven(_OnIncident):
    """What is entered by hand; `seen` is of the incident that it is put with (`entered.into`)."""

    entered: EnteredGiven  # type: ignore[valid-type]


class Deciding:
    """Whoever decides, and what they decide on."""

    def __init__(self, request: Request, desk: DeskHere, store: StoreHere, person: PersonHere) -> None:
        self._request, self._person = request, person
        self.settings, self._who, self.store = desk.settings, desk.who, store

    def may(self, what: str) -> None:
        """Raises NotAllowed where their role may not do it."""
        self._who.check(self._request, OF_DECISIONS[what])

    def held(self, incident: str) -> str:
        """Its id. Raises NotHeld."""
        return held_incident(incident, self.store).id

    def by(self, given: Given) -> By:
        return By(self._person.name, given.why)

    def answer(self, done: Done) -> Response:
        return answer(self._request, Decided(done.event, done.incidents, done.gone), headers={"cache-control": "no-store"})


Here = Annotated[Deciding, Depends()]
api = APIRouter(prefix=ROOT, tags=["deciding"], dependencies=[OnlyKnown, Depends(Needs("read")), FromOurPage])
GIVES = gives(Decided, "Done; `event` takes it back", changes=True)
OF_INCIDENT = GIVES | GONE


@api.post("/incidents/{incident}/review", summary="Review an incident", responses=OF_INCIDENT, operation_id="review")
def review(incident: IncidentId, given: ReviewGiven, here: Here) -> Response:
    """Approving and rejecting is an editor's; the rest a coder's."""
    here.may(given.what)
    return here.answer(decisions.review(here.store, here.held(incident), given.what, here.by(given), here.settings, to=given.to,
                                        seen=given.seen))


@api.post("/incidents/{incident}/confidence", summary="Say how sure you are of an incident", responses=OF_INCIDENT,
          operation_id="confidence")
def confidence(incident: IncidentId, given: ConfidenceGiven, here: Here) -> Response:
    here.may("confidence")
    return here.answer(decisions.set_confidence(here.store, here.held(incident), given.level, here.by(given), here.settings,
                                                seen=given.seen))


@api.post("/incidents/{incident}/correct", summary="Correct a field", responses=OF_INCIDENT, operation_id="correct")
def correct(incident: IncidentId, given: CorrectGiven, here: Here) -> Response:
    """Of an incident as a whole, or of one of its accounts."""
    here.may("correct")
    value = typed_value(given.field, given.value, given.evidence) if isinstance(given.value, str) else given.value
    return here.answer(decisions.correct(here.store, here.held(incident), given.field, value, here.by(given), here.settings,
                                         account=given.account or None, evidence=given.evidence or None, seen=given.seen))


@api.post("/incidents/{incident}/merge", summary="Put two incidents together", responses=OF_INCIDENT, operation_id="merge")
def merge(incident: IncidentId, given: MergeGiven, here: Here) -> Response:
    here.may("merge")
    return here.answer(decisions.merge(here.store, here.held(incident), here.held(given.other), here.by(given), here.settings,
                                       seen=(given.seen, given.other_seen)))


@api.post("/incidents/{incident}/apart", summary="Tell two incidents apart for good", responses=OF_INCIDENT, operation_id="apart")
def apart(incident: IncidentId, given: ApartGiven, here: Here) -> Response:
    here.may("apart")
    one, other = here.held(incident), here.held(given.other)
    return here.answer(decisions.tell_apart(here.store, one, other, here.by(given), here.settings, seen=given.seen))


@api.post("/incidents/{incident}/split", summary="Take accounts out of an incident", responses=OF_INCIDENT, operation_id="split")
def split(incident: IncidentId, given: SplitGiven, here: Here) -> Response:
    here.may("split")
    return here.answer(decisions.split(here.store, here.held(incident), given.accounts, here.by(given), here.settings,
                                       seen=given.seen))


@api.post("/decisions/{event}/undo", summary="Take a decision back", responses=GIVES, operation_id="undo")
def undo(event: Annotated[Number, Path(description="Its number")], here: Here,
         given: Annotated[Given | None, Body()] = None) -> Response:
    here.may("undo")
    return here.answer(decisions.undo(here.store, event, here.by(given or Given.model_validate({})), here.settings))


@api.post("/enter", summary="Enter an incident or account by hand", responses=GIVES, operation_id="enter")
def enter(given: EnterGiven, here: Here) -> Response:
    """With a note as its evidence: a phone call, a report in a language that is not read yet. docs/use.md tells the fields."""
    here.may("enter")
    told = given.entered.model_dump()  # type: ignore[attr-defined]  # made by _body_of
    entered = Entered(**{**told, "figures": tuple(EnteredFigure(**one) for one in told["figures"])})
    return here.answer(entering.enter(here.store, entered, here.by(given), here.settings, seen=given.seen))
