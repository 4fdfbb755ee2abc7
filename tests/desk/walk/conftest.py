"""A real server on the demo record, and Debian's Chromium to walk through it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[3]
OURS = re.compile(r"^(http://127\.0\.0\.1:\d+/|data:|blob:)")


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record that `make demo` makes."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    subprocess.run([*PROGRAM, "run", str(ROOT / "demo/reports"), "--record", str(path), "--offline"], check=True,
                   capture_output=True)
    return path


PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]


@pytest.fixture
def record(demo_record: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may change."""
    return Path(shutil.copy(demo_record, tmp_path / "demo.db"))


@pytest.fixture
def desk(record: Path) -> Iterator[str]:
    """The address of a desk on `record`, as `dateline serve` serves it."""
    with serving(record) as address:
        yield address


class serving:
    """`dateline serve` on a record, ended as Ctrl-C ends it."""

    def __init__(self, record: Path, *options: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [*PROGRAM, "serve", "--port", "0", "--record", str(record), *options], stderr=subprocess.PIPE, text=True,
            env=os.environ | {"DATELINE_OFFLINE": "1", "DATELINE_USER": "Ana", **environment})

    def __enter__(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = re.search(r"http://\S+", line)
            if found:
                return found.group().rstrip("/")
        raise AssertionError("the desk did not start")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        assert self._process.stderr is not None
        self._process.stderr.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab whose every request stays on this machine, and that meets no error and no breach of the policy."""
    opened = context.new_page()
    outside: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda request: outside.append(request.url) if not OURS.match(request.url) else None)
    # a refused edit is what one test is about; the browser calls it an error
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" and " 409 " not in said.text else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    assert outside == []
    assert wrong == []
