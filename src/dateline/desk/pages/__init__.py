"""The desk's pages: one router each."""

from dateline.desk.pages import data, decide, enter, export, incident, overview, review, twice

ROUTERS = (overview.router, data.router, incident.router, decide.router, review.router, twice.router, enter.router, export.router)
