"""What API requests may ask: the parameters of each list, refused where the document does not know them.

A filter that is misspelled or empty must not silently show everything, so that what an operation of the OpenAPI document lists is
all that it takes, each once unless it is a list.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dateline.desk.asked import Asked, Filters
from dateline.records.account import Effect, Side, Standing
from dateline.records.briefing import Frequency
from dateline.records.group import Attribute
from dateline.records.incident import AttributionRule, TollRule

MOST_ROWS = 200
MOST_IDS = 1_000
Cursor = Annotated[str, StringConstraints(max_length=400)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Paged = Annotated[int, Field(ge=1, le=MOST_ROWS)]
_AFTER = "Cursor: what `after` of the page before said"


class IncidentsAsked(Asked):
    """As pages ask for incidents."""


class ExportAsked(Asked):
    """As pages ask for incidents, or by their ids."""

    id: list[Annotated[str, StringConstraints(min_length=1, max_length=40)]] = Field(
        [], max_length=MOST_IDS, description="These incidents alone, whatever the filters say")


class AccountsAsked(Filters):
    """Which accounts: those of the incidents of the filter, or with `report` those of one report, its notices too."""

    report: Words | None = Field(None, description="Accounts of this report; no filter beside it")
    after: Cursor | None = Field(None, description=_AFTER)
    most: Paged = Field(50, description="Most rows of a page")


class FiguresAsked(Filters):
    """Which figures, of the incidents of the filter."""

    effect: list[Effect] = Field([], description="What became of the people counted")
    side: list[Side] = Field([], description="Whose people they are")
    standing: list[Standing] = Field([], description="How the figure stands")
    speaker: list[Words] = Field([], max_length=50, description="Who gives it, as written")
    after: Cursor | None = Field(None, description=_AFTER)
    most: Paged = Field(50, description="Most rows of a page")


class StatementsAsked(BaseModel):
    """Which statements about armed groups."""

    model_config = ConfigDict(frozen=True)

    group: list[Words] = Field([], max_length=50, description="Armed group, by id or any of its names")
    attribute: list[Attribute] = Field([], description="What the statement tells of the group")
    after: Cursor | None = Field(None, description=_AFTER)
    most: Paged = Field(50, description="Most rows of a page")


class ReportsAsked(BaseModel):
    """Which reports."""

    model_config = ConfigDict(frozen=True)

    outlet: list[Words] = Field([], max_length=50, description="As the record names it")
    language: list[Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]] = Field(
        [], max_length=50, description="ISO 639-1 code")
    extracted: list[Annotated[str, StringConstraints(pattern="^(done|pending|failed|language:[a-z]{2,3})$")]] = Field(
        [], max_length=50, description="How far extraction came: done, pending, failed, or language: and a code that is not read")
    after: Cursor | None = Field(None, description=_AFTER)
    most: Paged = Field(50, description="Most rows of a page")


class GroupsAsked(BaseModel):
    """Which armed groups."""

    model_config = ConfigDict(frozen=True)

    text: Words | None = Field(None, description="Words of any of its names")


class SourcesAsked(BaseModel):
    """Which sources."""

    model_config = ConfigDict(frozen=True)

    text: Words | None = Field(None, description="Words of any of its names")


class ChangesAsked(BaseModel):
    """Which changes."""

    model_config = ConfigDict(frozen=True)

    after: Cursor | None = Field(None, description="Cursor: what `after` of the last answer said; left out: from the beginning")
    whole: bool = Field(True, description="Whether the incidents come along, or their ids alone")
    most: Paged = Field(100, description="Most rows of a page")


class SearchAsked(BaseModel):
    """What is searched."""

    model_config = ConfigDict(frozen=True)

    text: Words = Field(description="Words that all stand in it; \"a phrase\", begin*")
    most: Annotated[int, Field(ge=1, le=50)] = Field(20, description="Most of each kind")


class BriefingsAsked(BaseModel):
    """Which issues of an edition."""

    model_config = ConfigDict(frozen=True)

    frequency: Frequency | None = Field(None, description="Only the daily ones, or the weekly ones")
    after: Cursor | None = Field(None, description=_AFTER)
    most: Paged = Field(50, description="Most rows of a page")


class ViewAsked(BaseModel):
    """The rules by which one incident is shown."""

    model_config = ConfigDict(frozen=True)

    rule: TollRule | None = Field(None, description="Rule for tolls; by default as the desk is set")
    attribution: AttributionRule | None = Field(None, description="Rule for who did it; by default as the desk is set")


def only_known(request: Request) -> None:
    """Raises RequestValidationError for a parameter that the operation does not have, that says nothing, or is said twice."""
    from dateline.desk.api.document import parameters_of

    known = parameters_of(request.app, request.scope["route"].path_format, request.method)
    wrong: list[dict[str, Any]] = []
    given = request.query_params.multi_items()
    for name in dict.fromkeys(name for name, _ in given):
        values = [value for one, value in given if one == name]
        if name not in known:
            wrong.append(_problem(name, f"there is no such parameter here; there are {', '.join(known) or 'none'}"))
        elif not all(value.strip() for value in values):
            wrong.append(_problem(name, "says nothing; leave it out"))
        elif len(values) > 1 and not known[name]:
            wrong.append(_problem(name, "is given several times; it takes one value"))
    if wrong:
        raise RequestValidationError(wrong)


OnlyKnown = Depends(only_known)


def _problem(name: str, said: str) -> dict[str, Any]:
    return {"loc": ("query", name[:100]), "msg": said, "type": "value_error"}
