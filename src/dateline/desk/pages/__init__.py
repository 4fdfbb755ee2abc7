"""The desk's pages: one router each."""

from dateline.desk.pages import (
    about,
    account,
    alerts,
    briefing_preferences,
    briefing_signup,
    countries,
    data,
    decide,
    enter,
    export,
    feeds,
    groups,
    importing,
    incident,
    overview,
    people,
    reports,
    review,
    search,
    sources,
    subscribers,
    twice,
)

ROUTERS = tuple(page.router for page in (
    overview, data, incident, decide, enter, importing, export, review, twice, groups, countries, feeds, reports, search, sources,
    about, account, people, alerts,
    # before those of briefings and editions, whose addresses would take these for the name of one
    briefing_signup, briefing_preferences, subscribers))
