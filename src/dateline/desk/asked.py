"""What a request asks for: the parameters that pages, API, feeds and exports share, and the filter over the record they mean.

One address is one set of incidents: list, map, timeline and export of it read the same parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from dateline.desk.context import Desk
from dateline.errors import SettingsError
from dateline.queries import country_code
from dateline.reconcile.views import View
from dateline.records.account import AffectedKind, Side, Status
from dateline.records.incident import AttributionRule, ReviewState, TollRule
from dateline.records.kinds import KINDS
from dateline.settings import check_natures
from dateline.store import IncidentFilter

Order = Literal["newest", "day", "changed", "killed", "doubt", "first"]
MOST_WORDS = 500                  # characters of one parameter
MOST_VALUES = 50                  # of one parameter
MOST_NUMBER = 2**53               # that JSON numbers hold in every language; the record's reach further
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _said(value: Any) -> Any:
    """A form sends every field; an empty one says nothing."""
    if isinstance(value, list):
        return [one for one in value if one != ""]
    return None if value == "" else value


def _on_calendar(value: Any) -> Any:
    """A number is no day: "0" would be read as seconds since 1970."""
    if isinstance(value, str) and value and not _DAY.match(value):
        raise ValueError("no day; write 2018-01-27")
    return _said(value)


Number = Annotated[int, Field(ge=1, le=MOST_NUMBER)]      # of an incident, an event, a token, as addresses have it
Words = Annotated[str, StringConstraints(max_length=MOST_WORDS, strip_whitespace=True)]
Given = BeforeValidator(_said)
OnCalendar = BeforeValidator(_on_calendar)
Several = Annotated[list[Words], Field(max_length=MOST_VALUES), Given]
NatureAsked = Literal["political", "crime", "accident", "unknown", "all"]


class Filters(BaseModel):
    """Which incidents. Values of one parameter are alternatives; several parameters must all fit."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    since: Annotated[date | None, OnCalendar] = Field(None, description="May have begun on this day or later")
    until: Annotated[date | None, OnCalendar] = Field(None, description="May have begun on this day or before")
    surely: Annotated[bool | None, Given] = Field(None, description="Only what must fall in the span, not what may")
    country: Several = Field([], description="ISO 3166 alpha-2 code or name")
    province: Several = Field([], description="First-level unit, as the record names it")
    kind: Annotated[list[Words], Given] = Field([], description="Incident kind (ACLED's sub-event types in lower case)",
                                                json_schema_extra={"items": {"type": "string", "enum": list(KINDS)}})
    group: Several = Field([], description="Armed group, by id or any of its names")
    affected: Annotated[list[AffectedKind], Given] = Field([], description="Protected people and things among those hit")
    side_killed: Annotated[list[Side], Given] = Field([], description="Whose dead a standing figure counts")
    precision: Annotated[int | None, Given] = Field(None, ge=1, le=7, description="Worst precision of the place that is shown "
                                                    "(UCDP's where_prec)")
    origins: Annotated[int | None, Given] = Field(None, ge=0, le=10_000, description="At least so many distinct origins")
    origins_not_party: Annotated[int | None, Given] = Field(None, ge=0, le=10_000, description="At least so many origins that "
                                                            "belong to no side")
    review: Annotated[list[ReviewState], Given] = Field([], description="Review state")
    nature: Annotated[list[NatureAsked], Given] = Field([], description="Nature; by default as the desk is set; or all")
    status: Annotated[list[Status], Given] = Field([], description="Status")
    text: Annotated[Words | None, Given] = Field(None, description="Words that stand in one of its reports; \"a phrase\", begin*")
    unplaced: Annotated[bool | None, Given] = Field(None, description="Only those that have no point on a map")
    undated: Annotated[bool | None, Given] = Field(None, description="Only those without a day or span of days")
    assigned_to: Several = Field([], description="Persons that it is assigned to, as histories name them")
    facts_changed: Annotated[bool | None, Given] = Field(None, description="Only those whose facts are others than were reviewed")
    changed_since: Annotated[datetime | None, OnCalendar] = Field(None, description="Whose facts changed at this time or later "
                                                                  "(UTC)")


class Asked(Filters):
    """A filter, and how what it finds is shown."""

    order: Annotated[Order, Given] = Field("newest", description="newest; day: oldest first; changed: last "
                                         "changed first; killed; doubt: the review queue; first: as they were first held")
    rule: Annotated[TollRule | None, Given] = Field(None, description="Rule for tolls; by default as the desk is set")
    attribution: Annotated[AttributionRule | None, Given] = Field(None, description="Rule for who did it")
    after: Annotated[Annotated[str, StringConstraints(max_length=400)] | None, Given] = Field(
        None, description="Cursor: what `after` of the page before said")
    most: Annotated[int, Given] = Field(50, ge=1, le=200, description="Most rows of a page")

    def view(self, desk: Desk) -> View:
        """The rules under which incidents are shown."""
        held = desk.view
        return View(self.rule or held.toll, self.attribution or held.attribution)


def asked_for(**given: object) -> Asked:
    """What a page asks for that sets some parameters itself; the others are as where nothing is asked."""
    return Asked.model_validate(given)


def filter_of(asked: Filters, desk: Desk) -> IncidentFilter:
    """The filter over the record that `asked` means. Raises SettingsError for a country, group or kind that nobody knows."""
    kinds = tuple(kind.lower() for kind in asked.kind)
    for kind in kinds:
        if kind not in KINDS:
            raise SettingsError(f"kind {kind!r}: no such kind; the kinds are {', '.join(KINDS)}")
    return IncidentFilter(
        since=asked.since, until=asked.until, surely=bool(asked.surely),
        countries=tuple(country_code(one) for one in asked.country), provinces=tuple(asked.province),
        groups=tuple(group_named(one, desk) for one in asked.group), kinds=kinds, affected=tuple(asked.affected),
        sides_killed=tuple(asked.side_killed), precision=asked.precision, origins=asked.origins,
        origins_not_party=asked.origins_not_party, reviews=tuple(asked.review),
        natures=check_natures("nature", ",".join(asked.nature) or desk.settings.nature), statuses=tuple(asked.status),
        text=asked.text, unplaced=bool(asked.unplaced), undated=bool(asked.undated), changed_since=asked.changed_since,
        assigned_to=tuple(asked.assigned_to), facts_changed=bool(asked.facts_changed))


def group_named(name: str, desk: Desk) -> str:
    """Its id. Raises SettingsError where no one group is called so."""
    found = desk.group(name)
    if found is None:
        raise SettingsError(f"group {name!r}: no armed group has this name, or several have it; /groups lists those known")
    return found.id


def given_in(asked: BaseModel) -> Iterator[tuple[str, str]]:
    """The parameters that `asked` was given, in the order of its fields, those left at their default out."""
    for name in type(asked).model_fields:
        value = getattr(asked, name)
        if value == type(asked).model_fields[name].default:
            continue
        for one in value if isinstance(value, list) else [value]:
            yield name, "1" if one is True else one.isoformat() if isinstance(one, date) else str(one)


def query_of(asked: BaseModel, changes: Mapping[str, object] | None = None) -> str:
    """The query string of `asked` with `changes` (None takes a parameter out); the cursor goes unless it is given."""
    changes = {"after": None} | dict(changes or {})
    kept = [(name, value) for name, value in given_in(asked) if name not in changes]
    for name, value in changes.items():
        kept += [(name, str(one)) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None]
    return urlencode(kept)


