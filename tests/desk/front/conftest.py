"""One server for the tests of the front end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def site() -> Iterator[tuple[str, list[str]]]:
    """The harness's address, and the paths that were asked of it."""
    from harness import served

    with served() as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: tuple[str, list[str]]) -> Iterator[Page]:
    """A page that may reach this machine alone; what it complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site[0], timezone_id="Asia/Kabul")
    complaints: list[str] = []
    context.on("request", lambda request: complaints.append(f"asked for {request.url}")
               if not request.url.startswith((site[0], "data:", "blob:")) else None)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []
