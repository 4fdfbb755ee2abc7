"""For whoever watches the server: whether it answers (open to all, and says nothing else), and its metrics (never public)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.loopback import is_loopback
from dateline.desk.problems import NotAllowed
from dateline.desk.who import Person, PersonHere
from dateline.errors import DatelineError

router = APIRouter(include_in_schema=False)
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")      # a server before us sends one of them
NOT_KEPT = {"cache-control": "no-store"}


@router.get("/healthz")
def healthz(store: StoreHere) -> Response:
    """200 where the record can be read, else 503; not a word more, since anybody may ask."""
    try:
        store.known_report_ids(["none"])
    except DatelineError:
        return Response("record cannot be read\n", 503, NOT_KEPT, "text/plain")
    return Response("ok\n", 200, NOT_KEPT, "text/plain")


@router.get("/metrics")
def metrics(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    _check(request, person)
    return Response(desk.metrics.text(store), 200, NOT_KEPT, CONTENT_TYPE_PLAIN_0_0_4)


def _check(request: Request, person: Person) -> None:
    """Raises NotAllowed. A desk without accounts may be open to others on purpose (--without-accounts): its metrics are not, and
    a server before us calls from this machine for everybody."""
    host = request.client.host if request.client else ""
    is_here = is_loopback(host) and not any(name in request.headers for name in FORWARDED)
    if not (person.has_account or person.by_token or is_here):
        raise NotAllowed("metrics are read on this machine, or with a token; make one with dateline token add")
