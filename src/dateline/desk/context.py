"""What every request of the desk works with: the settings, the record, the register of groups, who asks."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from dateline.desk.flashes import Flashes
from dateline.desk.metrics import Metrics
from dateline.desk.packed import PackedDrafts, PackedFiles
from dateline.desk.read_once import ReadOnce
from dateline.desk.rendering import Pages
from dateline.desk.who import Who
from dateline.extract.extractor import extractor_of
from dateline.queries import register_in_force, sources_in_force, view_in_force
from dateline.records import ArmedGroup
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.store.held_columns import HeldColumns

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.reconcile.sources import SourceRegister
    from dateline.reconcile.views import View

_LOG = logging.getLogger(__name__)


class Desk:
    """Made once an application; what it holds does not change with requests, but for registers whose files change."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        extractor = extractor_of(settings)
        self.extractor = extractor if settings.extractor == "built-in" else ReadOnce(extractor)
        self.version = version("dateline")
        self._record = open_record(settings.record)
        secret = self._record.team.secret()
        self.flashes = Flashes(secret)
        self.drafts = PackedDrafts(secret)
        self.files = PackedFiles(secret)
        self.who = Who(self, secret)
        self.pages = Pages(self)
        self.metrics = Metrics(self.version)
        self._read: dict[str, tuple[object, Any]] = {}

    def hold_columns(self) -> None:
        """Count the lists of a large record in memory: its columns are read meanwhile, and the first who ask wait for them. Words
        that most reports hold are found after that."""
        self._record.hold_columns(HeldColumns())
        if self._record.lists.is_large():
            threading.Thread(target=self._warm, name="columns", daemon=True).start()
        else:
            self.metrics.in_memory()

    def _warm(self) -> None:
        lists = self._record.beside().lists
        try:
            lists.hold()
            lists.find_common_words()
        except Exception as error:    # a desk without them is slower, and answers: the next question tells what is wrong
            _LOG.warning("what the desk counts in memory could not all be read beforehand: %s", error)
        else:
            self.metrics.in_memory()

    def close(self) -> None:
        self._record.close()

    @contextmanager
    def open(self) -> Iterator[Store]:
        """The record for one request: one thread at a time uses it."""
        yield self._record.beside()

    @property
    def register(self) -> Register:
        """The armed groups in force, read again when the person's own file has changed."""
        path = self.settings.groups_file
        return cast("Register", self._read_once("groups", path, lambda: register_in_force(path)))

    @property
    def sources(self) -> SourceRegister:
        """The sources in force, read again when the person's own file has changed."""
        from dateline.queries import own_sources_path

        path = str(own_sources_path(self.settings))
        return cast("SourceRegister", self._read_once("sources", path, lambda: sources_in_force(self.settings)))

    def group(self, name: str) -> ArmedGroup | None:
        """The armed group of that id, or that alone is called so."""
        return self.register.get(name) or self.register.resolve(name)

    def group_name(self, group_id: str | None) -> str | None:
        """The name of a group of the register; its id where the register has it no more."""
        found: ArmedGroup | None = self.register.get(group_id) if group_id else None
        return found.name if found else group_id

    @property
    def sent_to(self) -> str | None:
        """The model and host to which texts are sent that are pasted; None: they are read here."""
        if self.settings.extractor == "built-in":
            return None
        return f"{self.settings.llm_model} at {urlsplit(self.settings.llm_url).netloc}"

    @property
    def boundaries(self) -> dict[str, str] | None:
        """The person's own boundaries under the map: what kind of file, and its address."""
        path = self.settings.desk_boundaries
        return {"kind": "pmtiles" if path.lower().endswith(".pmtiles") else "geojson", "url": "/boundaries"} if path else None

    @property
    def view(self) -> View:
        """The rules by which incidents are shown unless a reader asks for others."""
        return view_in_force(self.settings)

    def on_every_page(self, request: Request) -> dict[str, Any]:
        """What the frame of each page shows."""
        return {"version": self.version, "handling": self.settings.handling, **self.who.on_every_page(request)}

    def _read_once(self, name: str, path: str, read: Any) -> Any:
        stamp = _stamp(path)
        if name not in self._read or self._read[name][0] != stamp:
            self._read[name] = (stamp, read())
        return self._read[name][1]


def _stamp(path: str) -> object:
    """Changes when the file does; None where there is none."""
    try:
        found = os.stat(Path(path)) if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


def desk_of(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


def _store(request: Request) -> Iterator[Store]:
    with desk_of(request).open() as store:
        yield store


DeskHere = Annotated[Desk, Depends(desk_of)]
StoreHere = Annotated[Store, Depends(_store)]
