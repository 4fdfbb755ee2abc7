"""Remote: a record on another machine, read through the API of its desk. `dateline.connect(url)` makes one.

It gives the same records as a Store does, as the desk shows them: names of victims and witnesses are left out, and the texts of
reports too where the desk gives none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from dateline.errors import StoreError
from dateline.records import Account, GroupStatement, Incident, Report
from dateline.store.filters import ALL, IncidentFilter
from dateline.store.search import Found

T = TypeVar("T")
ROOT = "/api/v1"
AT_ONCE = 100                     # rows of a page
MOST_FOUND = 50                   # of one search
TIMEOUT_S = 30.0
NAMES = {                         # fields of IncidentFilter that the API calls otherwise
    "countries": "country", "provinces": "province", "groups": "group", "kinds": "kind", "natures": "nature",
    "statuses": "status", "sides_killed": "side_killed", "reviews": "review"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an incident: it was added or changed (`incident` is how it is now), or deleted (`incident` is None).

    after: the cursor with which `changes` goes on after this one.
    """

    id: str
    at: datetime | None
    why: str | None               # of a deleted one: what became of it
    incident: Incident | None
    after: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What every list of the API says beside its items, which stay as they came until their type is known."""

    items: list[msgspec.Raw]
    after: str | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class _Changed:
    id: str
    at: datetime | None
    why: str | None
    incident: Incident | None


@dataclass(frozen=True, slots=True)
class _Search:
    reports: list[_FoundReport]


@dataclass(frozen=True, slots=True)
class _FoundReport:
    id: str
    title: str | None
    snippet: str


class Remote:
    """A record behind an address. A context manager; used by one thread at a time.

    Every call raises StoreError, in plain words, where the desk cannot be reached, refuses, or answers what is no record.
    """

    def __init__(self, url: str, token: str | None = None, *, client: httpx.Client | None = None) -> None:
        """url: of the desk: "https://desk.example.org". token: where the desk has accounts. client: for tests and proxies."""
        self.name = url.rstrip("/")
        if not self.name.startswith(("http://", "https://")):
            raise StoreError(f"{url}: no address of a desk; write, for example, http://127.0.0.1:8471 (dateline.open: a file)")
        self._client = client or httpx.Client(base_url=self.name, timeout=TIMEOUT_S)
        self._headers = {"accept": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def incidents(self, wanted: IncidentFilter = ALL) -> Iterator[Incident]:
        """The incidents that `wanted` shows, by their first day, a page at a time.

        What is added or changed meanwhile may or may not be among them; the others come once each.
        """
        yield from self._all("/incidents", Incident, [*_parameters(wanted), ("order", "day")])

    def incident(self, incident_id: str) -> Incident | None:
        """The incident "DTL-412" ("412"), or None: there is none, or it is held no more."""
        return self._one(f"/incidents/{quote(incident_id, safe='')}", Incident)

    def reports(self) -> Iterator[Report]:
        """The kept reports, the last kept first. Where the desk gives no texts, `text` is empty and offsets lead nowhere."""
        for told in self._all("/reports", dict[str, Any], []):
            yield _report(told)

    def report(self, report_id: str) -> Report | None:
        """As one of `reports`; None where there is none."""
        told = self._one(f"/reports/{quote(report_id, safe='')}", dict[str, Any])
        return _report(told) if told is not None else None

    def accounts_of(self, report_id: str) -> list[Account]:
        """The accounts of a report in the order told, none where there is no such report."""
        body = self._get("/accounts", [("report", report_id)])
        return list(self._items(body, Account))

    def group_statements(self, group_id: str) -> list[GroupStatement]:
        """What reports say about an armed group, newest first; none for a group that nobody knows."""
        body = self._get(f"/groups/{quote(group_id, safe='')}/statements", [])
        return list(self._items(body, GroupStatement))

    def search(self, words: str, *, most: int = MOST_FOUND) -> list[Found]:
        """Reports that hold all of `words`, best first, up to 50; "a phrase" in its order, `bomb*` as a beginning."""
        if not words.strip():
            return []
        body = self._get("/search", [("text", words.strip()), ("most", str(min(most, MOST_FOUND)))])
        return [Found(one.id, one.title, one.snippet) for one in _decoded(body or b"", _Search, self.name).reports]

    def changes(self, after: str | None = None) -> Iterator[Change]:
        """What was added, changed or deleted since the cursor `after` (None: since ever), in that order, up to now.

        Keep the `after` of the last one, and ask with it the next time: nothing is missed.
        """
        cursor, done = after, False
        while not done:
            body = self._get("/changes", [("most", str(AT_ONCE)), *([("after", cursor)] if cursor else [])])
            page = _decoded(body or b"", _Page, self.name)
            for told in page.items:
                one = _decoded(told, _Changed, self.name)
                # only the last of a page may be gone on after by the page's cursor: the others are told again with it
                last = told is page.items[-1]
                yield Change(one.id, one.at, one.why, one.incident, page.after or "" if last else cursor or "")
            cursor, done = page.after, page.done

    def _all(self, path: str, kind: type[T], asked: list[tuple[str, str]]) -> Iterator[T]:
        """Every row of a list, page by page."""
        after: str | None = None
        while True:
            body = self._get(path, [*asked, ("most", str(AT_ONCE)), *([("after", after)] if after else [])])
            page = _decoded(body or b"", _Page, self.name)
            for one in page.items:
                yield _decoded(one, kind, self.name)
            after = page.after
            if after is None:
                return

    def _items(self, body: bytes | None, kind: type[T]) -> Iterator[T]:
        """The rows of a list that comes as a whole; none where there is no such thing."""
        if body is not None:
            yield from (_decoded(one, kind, self.name) for one in _decoded(body, _Page, self.name).items)

    def _one(self, path: str, kind: type[T]) -> T | None:
        body = self._get(path, [])
        return _decoded(body, kind, self.name) if body is not None else None

    def _get(self, path: str, asked: Sequence[tuple[str, str]]) -> bytes | None:
        """The body; None where there is no such thing, or no more."""
        try:
            answer = self._client.get(f"{ROOT}{path}", params=tuple(asked), headers=self._headers)
        except httpx.HTTPError as error:
            raise StoreError(f"{self.name}: the desk cannot be reached ({error}); is it running, is the address right?") from None
        if answer.status_code in (404, 410) and _is_problem(answer):
            return None
        if answer.status_code == 401:
            raise StoreError(f"{self.name}: the desk asks who you are; give a token: dateline.connect(url, token)")
        if answer.status_code != 200:
            raise StoreError(f"{self.name}: {_told(answer)}")
        return answer.content


def connect(url: str, token: str | None = None) -> Remote:
    """A record behind the address of its desk. token: made on the desk's account page or by `dateline token add`."""
    return Remote(url, token)


def _parameters(wanted: IncidentFilter) -> Iterator[tuple[str, str]]:
    """`wanted` as the API is asked for it."""
    if not wanted.natures:
        yield "nature", "all"
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if value in (None, False, ()):
            continue
        name = NAMES.get(one.name, one.name)
        for part in value if isinstance(value, tuple) else (value,):
            yield name, "true" if part is True else part.isoformat() if isinstance(part, date) else str(part)


def _report(told: Mapping[str, Any]) -> Report:
    try:
        return msgspec.convert({**told, "text": told.get("text") or ""}, Report)
    except msgspec.ValidationError as error:
        raise StoreError(f"report {told.get('id')}: the desk gave what is no report ({error}); has it another version?") from None


def _decoded(body: bytes | msgspec.Raw, kind: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:          # ValidationError too
        raise StoreError(f"{name}: the answer is none of a desk of this version ({error})") from None


def _is_problem(answer: httpx.Response) -> bool:
    return str(answer.headers.get("content-type", "")).startswith("application/problem+json")


def _told(answer: httpx.Response) -> str:
    """What is wrong, in the desk's words where it is a desk that answered."""
    if not _is_problem(answer):
        return f"answered {answer.status_code}; is this the address of a desk?"
    try:
        detail = str(json.loads(answer.content)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"answered {answer.status_code}"
    again = f"; try again in {answer.headers.get('retry-after', 'a few')} seconds"
    return detail + again if answer.status_code == 503 else detail
