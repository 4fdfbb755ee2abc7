"""The OpenAPI document: FastAPI's of the routes, with the schemas of the record's own types as msgspec writes them."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from dateline.desk.api import records

TITLE = "dateline"
SUMMARY = "A sourced record of incidents of armed conflict, read from news reports"
DESCRIPTION = """Incidents, the accounts they were made from, every figure with who gives it, what reports say of armed groups.

Fields are described in docs/record.md. Unknown is null. Days are YYYY-MM-DD, times UTC, coordinates WGS84 degrees. Lists come in
pages: `after` is the cursor of the next one. A parameter that an operation does not have is refused. Names of victims, witnesses
and merely suspected persons are left out of every answer, and places of shelters are their district; `withheld` counts."""
TAGS = {
    "incidents": "What is held after reconciling accounts",
    "told": "What reports say: accounts, figures, statements about armed groups, the reports themselves",
    "registers": "Armed groups and sources",
    "changes": "What changed, and search",
    "exports": "Files in the shapes of the field",
    "briefings": "What readers were told of a day or a week: editions and their issues",
    "deciding": "What a person decides; a token or the desk's own page is needed",
}
SHOWN = (
    records.AccountList, records.ChangeList, records.Decided, records.EditionList, records.FigureList, records.GroupList,
    records.GroupProfile, records.IncidentHistory, records.IncidentList, records.Index, records.IssueList,
    records.ParameterProblem, records.ReportList, records.SearchResult, records.ShownAccount, records.ShownIncident,
    records.ShownIssue, records.ShownReport, records.SourceList, records.SourceProfile, records.StatementList)


def document_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API of `app`, made once."""
    if not hasattr(app.state, "api_document"):
        app.state.api_document = _made(app)
    found: dict[str, Any] = app.state.api_document
    return found


def parameters_of(app: FastAPI, path: str, method: str) -> dict[str, bool]:
    """The query parameters of an operation, each with whether it takes several values."""
    operation = document_of(app)["paths"].get(path, {}).get(method.lower(), {})
    return {one["name"]: _is_list(one["schema"]) for one in operation.get("parameters", ()) if one["in"] == "query"}


def _made(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=TITLE, version=app.version, openapi_version="3.1.0", summary=SUMMARY, description=DESCRIPTION,
        routes=list(iter_route_contexts(app.routes)), tags=[{"name": name, "description": words} for name, words in TAGS.items()])
    found["paths"] = {path: held for path, held in found["paths"].items() if path.startswith("/api/")}
    _, components = msgspec.json.schema_components(SHOWN, ref_template="#/components/schemas/{name}")
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= {name: _always_whole(schema) for name, schema in components.items()}
    schemas["Problem"] = _problem()
    found["components"]["securitySchemes"] = {"token": {
        "type": "http", "scheme": "bearer", "description": "Made on the desk's account page or by `dateline token add`"}}
    found["security"] = [{"token": []}, {}]       # a desk of one person asks for none
    return found


def _always_whole(schema: dict[str, Any]) -> dict[str, Any]:
    """Every field of a record is in every answer, those with a default too."""
    if schema.get("type") != "object" or "properties" not in schema:
        return schema
    return schema | {"required": list(schema["properties"]), "properties": {
        name: {key: value for key, value in held.items() if key != "default"} for name, held in schema["properties"].items()}}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "title": "Problem", "type": "object", "description": "What is wrong (RFC 9457)",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": text, "title": text, "status": {"type": "integer"}, "detail": text, "instance": text,
            "errors": _list("ParameterProblem", "Of 422: by parameter"), "history": _list("Change", "Of 410: what became of it"),
            "seen": text | {"description": "Of 409: the revision that was sent"},
            "revision": text | {"description": "Of 409: the revision that is held"},
            "held": {"$ref": "#/components/schemas/ShownIncident"},
        }}


def _list(of: str, words: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}, "description": words}


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(one.get("type") == "array" for one in schema.get("anyOf", ()))
