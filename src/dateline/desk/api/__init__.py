"""The API under /api/v1."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
