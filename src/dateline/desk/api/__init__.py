"""The API under /api/v1."""

from fastapi import APIRouter

from dateline.desk.api import briefings, deciding, exporting, finding, incidents, people, registers, told

ROUTERS: tuple[APIRouter, ...] = (
    finding.api, incidents.api, told.api, registers.api, incidents.changing, exporting.api, briefings.api, deciding.api,
    people.router)
