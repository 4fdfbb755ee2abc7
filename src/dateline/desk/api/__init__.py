"""The API under /api/v1."""

from fastapi import APIRouter

from dateline.desk.api import deciding, exporting, finding, incidents, people, registers, told

ROUTERS: tuple[APIRouter, ...] = (
    finding.api, incidents.api, told.api, registers.api, incidents.changing, exporting.api, deciding.api, people.router)
