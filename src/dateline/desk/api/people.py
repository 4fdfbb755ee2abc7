"""The API as a page for people: what there is, which parameters it takes, and how to call it. Made from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from dateline.desk.api.document import TAGS, document_of
from dateline.desk.context import DeskHere
from dateline.desk.who import PersonHere

router = APIRouter(include_in_schema=False)
PAGE = "/api"
MOST_CHOICES = 12                 # of a parameter's values that the page lists
IN_WORDS = {"date": "a day, YYYY-MM-DD", "date-time": "a time, 2024-03-12T07:00:00Z", "boolean": "true or false",
            "integer": "a number"}
EXAMPLES: Mapping[str, Mapping[str, str]] = {    # of query parameters, by path
    "/api/v1/incidents": {"country": "AF", "since": "2018-01-01", "most": "10"},
    "/api/v1/figures": {"effect": "killed", "standing": "stands", "most": "10"},
    "/api/v1/changes": {"most": "100"},
    "/api/v1/search": {"text": "car bomb"},
    "/api/v1/groups": {"text": "state"},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    words: str
    takes: str                    # "days", "one or more of killed, injured", "a number from 1 to 200"
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    anchor: str
    summary: str
    words: str
    parameters: tuple[Parameter, ...]
    gives: str                    # name of the schema
    curl: str


@router.get(PAGE)
def api(request: Request, desk: DeskHere, person: PersonHere) -> Response:
    document, root = document_of(request.app), str(request.base_url).rstrip("/")
    told = {tag: [one for one in operations(document, root) if one[0] == tag] for tag in TAGS}
    sections = [{"tag": tag, "words": words, "operations": [one for _, one in told[tag]]} for tag, words in TAGS.items()]
    return desk.pages.page(request, "api.html", section="api", sections=sections, root=root, python=python_example(root))


def operations(document: Mapping[str, Any], root: str) -> Iterator[tuple[str, Operation]]:
    """(tag, operation) of each operation of the document. root: address of the desk."""
    for path, methods in document["paths"].items():
        for method, held in methods.items():
            parameters = tuple(_parameter(one) for one in held.get("parameters", ()))
            words = " ".join(held.get("description", "").split())
            yield held["tags"][0], Operation(method.upper(), path, held["operationId"], held["summary"], words, parameters,
                                             _given(held), _curl(method, path, root))


def python_example(root: str) -> str:
    return (f'import dateline\nfrom dateline.store import IncidentFilter\n\nwith dateline.connect("{root}") as record:\n'
            '    for incident in record.incidents(IncidentFilter(countries=("AF",))):\n'
            "        print(incident.id, incident.headline, incident.toll.killed.best)")


def _parameter(given: Mapping[str, Any]) -> Parameter:
    return Parameter(given["name"], given.get("description", ""), _takes(given["schema"]), bool(given.get("required")))


def _takes(schema: Mapping[str, Any]) -> str:
    """What values a parameter takes, in words."""
    told = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if told.get("type") == "array":
        return f"may be repeated: {_takes(told.get('items', {}))}"
    if choices := told.get("enum"):
        more = f", and {len(choices) - MOST_CHOICES} more" if len(choices) > MOST_CHOICES else ""
        return "one of " + ", ".join(map(str, choices[:MOST_CHOICES])) + more
    if "minimum" in told or "maximum" in told:
        return f"a number from {told.get('minimum', 0)} to {told.get('maximum', '')}".rstrip(" to")
    return IN_WORDS.get(told.get("format") or told.get("type", ""), "text")


def _given(operation: Mapping[str, Any]) -> str:
    """The name of the schema of what it gives; of a file its types."""
    content = operation["responses"]["200"]["content"]
    if set(content) != {"application/json"}:
        return ", ".join(content)
    return str(content["application/json"]["schema"]["$ref"].rpartition("/")[2])


def _curl(method: str, path: str, root: str) -> str:
    asked = EXAMPLES.get(path)
    address = f"{root}{path}{'?' + urlencode(asked) if asked else ''}"
    if method == "get":
        return f"curl '{address}'"
    return f"curl -X POST -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' -d '{{…}}' '{address}'"
