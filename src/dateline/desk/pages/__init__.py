"""The desk's pages: one router each."""

from dateline.desk.pages import account, data, decide, enter, groups, incident, overview, people, review, twice

ROUTERS = (overview.router, data.router, incident.router, decide.router, enter.router, review.router, twice.router, groups.router,
           account.router, people.router)
