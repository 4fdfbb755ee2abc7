"""The frame, macros and modules of the desk served with made-up data, under the policy that the desk has."""

from __future__ import annotations

import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from tiles import archive

import dateline
from dateline.desk.headers import POLICY
from dateline.desk.rendering import FILTERS

DESK = Path(dateline.__file__).parent / "desk"
PAGES = Path(__file__).parent / "pages"
KINDS = ("armed clash", "attack", "suicide bomb", "air/drone strike", "shelling/artillery/missile attack")


def environment() -> jinja2.Environment:
    """As the desk has it: escaped, and strict about what a page forgot to give."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader([DESK / "templates", PAGES]), autoescape=True,
                             undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters |= FILTERS
    env.globals["instant"] = datetime.fromisoformat
    env.globals["asset"] = lambda path: f"/static/{path}"
    return env


def frame(**shown: Any) -> dict[str, Any]:
    """What every page is given, less what is optional."""
    return {"csrf_token": "a-token", "person": {"name": "Ana Reyes", "role": "editor", "has_account": True},
            "can": lambda action: True,
            "handling": "internal", "version": "0.1.0"} | shown


def a_row(number: int = 412, **changes: Any) -> dict[str, Any]:
    """An incident in a list."""
    row = {"url": f"/incidents/DTL-{number}", "id": f"DTL-{number}", "headline": "suicide bombing, Port Verity bus station",
           "kind": "suicide bomb", "status": "happened", "told_as": "news", "when": "27 Jan 2018", "when_sure": True,
           "date": "2018-01-27", "where": "Port Verity, Arden", "precision": 1, "killed": "at least 63", "injured": "151",
           "reports": 7, "copies": 2, "origins": 4, "review": "unreviewed", "disagreements": 0}
    return row | changes


def some_rows() -> list[dict[str, Any]]:
    return [
        a_row(412, changed="changed", disagreements=2, groups=["Verity Front"]),
        a_row(411, headline="air strike on a market, Tamsin", kind="air/drone strike", status="alleged", killed="0-36 (best 12)",
              injured=None, where="Tamsin, Vale Province, Arden", precision=3, reports=3, copies=0, origins=1, review="query",
              when="26-27 Jan 2018", when_sure=False, date=None),
        a_row(409, headline="armed clash, near Halden Crossing", kind="armed clash", killed="not told", injured=None, precision=2,
              where="near Halden Crossing, Arden", reports=1, copies=0, origins=1, review="approved", possibly_same="DTL-402"),
        a_row(398, headline="abduction of 4 aid workers, Vale Province", kind="abduction/forced disappearance", killed=None,
              injured=None, precision=4, where="Vale Province, Arden", review="assigned", told_as="background"),
        a_row(377, headline="هجوم على حافلة، Port Verity " + "قرب المحطة", kind="attack", killed="3", injured="12", precision=0,
              where="“the old road” (not placed: 2 places fit)", review="rejected", changed="new", origins=2),
    ]


def points(count: int) -> dict[str, Any]:
    """The map's data: `count` incidents in clumps, of every precision."""
    chance = random.Random(7)
    towns = [(chance.uniform(25, 75), chance.uniform(5, 38)) for _ in range(60)]
    made = []
    for number in range(1, count + 1):
        lon, lat = chance.choice(towns)
        precision = chance.choices((1, 2, 3, 4, 6), (50, 20, 15, 10, 5))[0]
        made.append([number, round(lon + chance.gauss(0, 1.2), 3), round(lat + chance.gauss(0, 1.0), 3), precision,
                     chance.choice((None, 0, 1, 3, 12, 63)), chance.randrange(len(KINDS)),
                     f"2018-{chance.randrange(1, 13):02}-15"])
    return {"points": made, "kinds": KINDS, "total": count + 40, "unplaced": 40, "undated": 3}


def bars() -> dict[str, Any]:
    chance = random.Random(3)
    made: list[list[Any]] = []
    for week in range(60):
        low = chance.choice((0, 2, 8, 20, 63))
        made.append([f"20{18 + week // 48}-{week // 4 % 12 + 1:02}-{week % 4 * 7 + 1:02}", chance.randrange(1, 30), low,
                     chance.choice((low, low + 12, low + 40, None))])
    return {"by": "week", "bars": made, "undated": 3}


STRENGTH = {"points": [["2014-06-01", 800, 1000, 1200, "Arden defence ministry"], ["2015-03-01", 2000, None, None, "a monitor"],
                       ["2015-09-01", None, 6000, 6000, "the group"], ["2017-02-01", 3000, 3500, 4000, "UN panel"],
                       ["2018-11-01", 900, 1000, 1000, "Arden defence ministry"]]}


CELLS = {"cells": [[44.2, 33.3, 18_400, 9_000], [2.1, 13.5, 960, 120], [69.2, 34.5, 12, 0]],
         "total": 19_400, "unplaced": 28, "undated": 0}
BOUNDS = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[0, 10], [60, 30]]}}
PROBLEM = {"status": 422, "title": "The request cannot be understood",
           "detail": "since: 2018-13-45 is no day\nNothing was changed.", "fields": [("since", "2018-13-45 is no day")]}


def application(asked_for: list[str]) -> Starlette:
    """Pages of `pages/` by their names, static files and data; `asked_for` gets each address."""
    env = environment()

    async def page(request: Request) -> Response:
        name = request.path_params["name"]
        template = env.get_template("problem.html" if name == "problem" else f"sample_{name}.html")
        shown = frame(rows=some_rows(), problem=PROBLEM)
        return HTMLResponse(template.render(shown), headers={"content-security-policy": POLICY})

    async def data(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "cells":           # all of it is too much for one answer, a part is not
            return JSONResponse(points(200) if "west" in request.query_params else CELLS)
        return JSONResponse(bars() if name == "bars" else STRENGTH if name == "strength" else points(int(name)))

    async def details(request: Request) -> Response:
        numbers = request.query_params.getlist("number")
        return JSONResponse([a_row(int(number)) for number in numbers])

    async def boundaries(request: Request) -> Response:
        if request.url.path.endswith(".geojson"):
            return JSONResponse(BOUNDS)
        return FileResponse(tiles)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            asked_for.append(scope["path"])
        await routes(scope, receive, send)

    tiles = Path(tempfile.mkdtemp()) / "boundaries.pmtiles"
    tiles.write_bytes(archive())
    routes = Starlette(routes=[Mount("/static", StaticFiles(directory=DESK / "static")), Route("/data/{name}", data),
                               Route("/details", details),
                               Route("/boundaries.geojson", boundaries), Route("/boundaries.pmtiles", boundaries),
                               Route("/{name}", page)])
    return app  # type: ignore[return-value]


@contextmanager
def served() -> Iterator[tuple[str, list[str]]]:
    """The address of the harness on this machine, and the addresses that were asked for."""
    asked_for: list[str] = []
    server = uvicorn.Server(uvicorn.Config(application(asked_for), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", asked_for
    finally:
        server.should_exit = True
        thread.join(10)
