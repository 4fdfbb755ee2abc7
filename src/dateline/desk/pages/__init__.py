"""The desk's pages: one router each."""

from dateline.desk.pages import (
    about,
    account,
    alerts,
    briefing,
    briefing_preferences,
    briefing_signup,
    countries,
    data,
    decide,
    editions,
    enter,
    export,
    feeds,
    groups,
    health,
    importing,
    incident,
    issues,
    mails,
    overview,
    people,
    reports,
    review,
    search,
    sources,
    subscribers,
    twice,
)

# Editions and briefing come last: /editions/SLUG and /briefing/SLUG/NAME must not hide the pages beside them.
ROUTERS = tuple(page.router for page in (
    health, overview, data, incident, decide, enter, importing, export, review, twice, groups, countries, feeds, reports, search,
    sources, about, account, people, alerts, briefing_signup, briefing_preferences, subscribers, mails, editions, issues,
    briefing))
