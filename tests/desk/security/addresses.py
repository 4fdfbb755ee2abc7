"""Every address of the desk with the ids of the hostile record in it: what tests ask for one by one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from dateline.publish.export import SHAPES
from desk.security.crawl import routes_of
from desk.security.hostile import bad, formula

IDS = {
    "incident": ("DTL-1", "DTL-3", "DTL-4", "DTL-5", "DTL-6", "DTL-99"),
    "report": ("R1", "R2", "R3", "R5", "R7", "R9", "none"),
    "figure": ("F-14", "F-1 dead", "none"),
    "account": ("A-R1", "A-R2", "A-R5", "A-R6", "none"),
    "number": ("1",),
    "event": ("1",),
    "shape": tuple(SHAPES),
    "name": ("x-front", "x-monitor", "none", quote(bad("figure.speaker"), safe="")),
    "group": ("x-front", "none"),
    "source": ("x-monitor", "the mayor", "none"),
    "code": ("AF", "SY", "none"),
    "token": ("none",),
    "what": ("pause",),
    "slug": ("open", "closed", "none"),
    "part": ("2024-03", "none", quote(formula("admin1"), safe=""), f"{quote(formula('admin1'), safe='')}/feed.atom"),
}
ISSUES = ("daily-2024-07-02", "weekly-2024-07-02", "none")
IDS_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = {         # of paths where a parameter is something else
    "/briefing/{slug}/{name}": {"name": (*ISSUES, "daily-2024-07-02.md", "daily-2024-07-02.json")},
    "/briefing/{slug}/{name}/map.png": {"name": ISSUES},
    "/briefing/{slug}/{name}/timeline.png": {"name": ISSUES},
    "/editions/{slug}/{name}": {"name": ISSUES},
    "/editions/{slug}/{name}/mail": {"name": ISSUES},
    "/api/v1/briefings/{slug}/{name}": {"name": ISSUES},
}
QUERIES: Mapping[str, tuple[str, ...]] = {
    "/search": ("text=shelling", f"text={quote(bad('text'))}", "text=refuge", "text=buried", "text=girl"),
    "/api/v1/search": ("text=shelling", "text=refuge", "text=buried", "text=girl", "text=leads"),
    "/data/headlines": ("number=1&number=3&number=4&number=5",),
    "/reports/{report}/text": ("incident=DTL-1", "incident=DTL-3"),
    "/api/v1/accounts": ("", "report=R2", "report=R5"),
    "/feed.atom": ("", f"text={quote(bad('asked'))}", "nature=all"),
    "/api/v1/changes": ("", "most=2"),
    "/editions/{slug}/{name}": ("", "as=draft", "as=web", "as=text"),
    "/sign-in": (f"next={quote(bad('next'))}",),
}


def addresses_of(path: str) -> list[str]:
    """The addresses of one route."""
    found = [path]
    for name, values in {**IDS, **IDS_OF.get(path, {})}.items():
        if f"{{{name}}}" in path:
            found = [one.replace(f"{{{name}}}", value) for one in found for value in values]
    assert not [one for one in found if "{" in one], f"{path}: a parameter without ids: add some"
    return list(dict.fromkeys(found))


def addresses(app: object) -> list[str]:
    """The addresses of every GET route of the application, each with the queries of its path."""
    return [f"{one}{'?' if query else ''}{query}" for method, path in routes_of(app) if method == "GET"
            for one in addresses_of(path) for query in QUERIES.get(path, ("",))]
