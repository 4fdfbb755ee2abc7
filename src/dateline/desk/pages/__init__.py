"""The desk's pages: one router each."""

from dateline.desk.pages import (
    account,
    countries,
    data,
    decide,
    enter,
    export,
    feeds,
    groups,
    incident,
    overview,
    people,
    review,
    twice,
)

ROUTERS = tuple(page.router for page in (
    overview, data, incident, decide, enter, export, review, twice, groups, countries, feeds, account, people))
