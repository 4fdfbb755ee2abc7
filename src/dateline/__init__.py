"""dateline: news reports in, a sourced record of incidents out.

    read(source) -> Iterator[Report]          files, folders, pages, feeds, archives
    extract(report) -> Extraction             its accounts and its statements about armed groups
    reconcile(pairs) -> list[Incident]        accounts of several reports, put together in memory
    open(path) -> Store                       a record on disk, with iterators over incidents and reports
    connect(url, token) -> Remote             a record behind the address of its desk: the same, over HTTP

Each is imported when it is first used: `import dateline` loads no model.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.extract import extract
    from dateline.read import read
    from dateline.reconcile import incidents_of as reconcile
    from dateline.remote import connect
    from dateline.store import open_record as open  # as gzip.open and others of the standard library

__all__ = ["connect", "extract", "open", "read", "reconcile"]


def __getattr__(name: str) -> Any:
    if name == "open":
        return importlib.import_module("dateline.store").open_record
    if name == "connect":
        return importlib.import_module("dateline.remote").connect
    if name in __all__:
        return importlib.import_module(f"dateline.{name}")      # callable: dateline/verbs.py
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
