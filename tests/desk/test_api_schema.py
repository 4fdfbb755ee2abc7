"""The API's OpenAPI document is true: whatever is asked, no fault and no answer of another form. By schemathesis."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.desk.api import ROUTERS
from dateline.desk.api.document import SHOWN
from dateline.desk.app import create_app
from dateline.store import open_record
from desk.api_records import a_settings, made
from desk.kept_issues import OPEN, an_issue
from publish.brief.made_briefings import a_week

OPERATIONS = [(method, route.path_format) for router in ROUTERS for route in router.routes  # type: ignore[attr-defined]
              if route.include_in_schema for method in sorted(route.methods)]  # type: ignore[attr-defined]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance]
FEW, MANY = 12, 150               # examples of an operation and mode


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    settings = a_settings(made(tmp_path_factory.mktemp("schema") / "d.db"), desk_report_text=True)
    with open_record(settings.record) as store:
        an_issue(store, OPEN, a_week(), frequency="weekly")
        an_issue(store, OPEN)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(settings, hosts=("testserver",)))


def test_every_operation_is_told_in_full(schema: BaseSchema):
    document = schema.raw_schema
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert "503" in operation["responses"], (method, path)
            for parameter in operation.get("parameters", ()):
                assert parameter["in"] == "path" or parameter.get("description"), (path, parameter["name"])
    for kind in SHOWN:
        assert document["components"]["schemas"][kind.__name__]["description"], kind


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: str(part).removeprefix("/api/v1"))
def test_answers_are_as_declared(schema: BaseSchema, method: str, path: str, mode: GenerationMode):
    _ask(schema, method, path, mode, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: str(part).removeprefix("/api/v1"))
def test_many_answers_are_as_declared(schema: BaseSchema, method: str, path: str, mode: GenerationMode):
    _ask(schema, method, path, mode, MANY)


def _ask(schema: BaseSchema, method: str, path: str, mode: GenerationMode, examples: int) -> None:
    operation = schema[path][method]
    if mode is GenerationMode.NEGATIVE and path in ("/api/v1/", "/api/v1/briefings"):
        pytest.skip("it takes nothing that could be wrong")
    desk = schema.app.state.desk
    headers = {"x-csrf-token": desk.who.csrf_token("a seat"), "cookie": f"dateline={desk.who.signed('a seat')}"}

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
              suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate(checks=[*CHECKS, *([negative_data_rejection] if mode is GenerationMode.NEGATIVE else [])],
                               headers=headers if method != "GET" else None)

    answers()
