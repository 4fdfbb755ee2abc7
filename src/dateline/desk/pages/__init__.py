"""The desk's pages: one router each."""

from dateline.desk.pages import (
    about,
    account,
    countries,
    data,
    decide,
    enter,
    export,
    feeds,
    groups,
    importing,
    incident,
    mails,
    overview,
    people,
    reports,
    review,
    search,
    sources,
    twice,
)

ROUTERS = tuple(page.router for page in (
    overview, data, incident, decide, enter, importing, export, review, twice, groups, countries, feeds, reports, search, sources,
    about, account, people, mails))
