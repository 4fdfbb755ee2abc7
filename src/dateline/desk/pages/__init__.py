"""The desk's pages: one router each."""

from dateline.desk.pages import (
    account,
    countries,
    data,
    decide,
    enter,
    feeds,
    groups,
    incident,
    overview,
    people,
    reports,
    review,
    search,
    sources,
    twice,
)

ROUTERS = tuple(page.router for page in (
    overview, data, incident, decide, enter, review, twice, groups, countries, feeds, reports, search, sources,
    account, people))
