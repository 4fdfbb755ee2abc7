"""The one door to the disk: `open_record(path)` gives a Store (docs/design.md, Store)."""

from dateline.store.filters import IncidentFilter
from dateline.store.neighbourhood import Neighbourhood
from dateline.store.opening import open_record
from dateline.store.reconciling import Applied, Reconciling
from dateline.store.search import Found
from dateline.store.store import Store

__all__ = ["Applied", "Found", "IncidentFilter", "Neighbourhood", "Reconciling", "Store", "open_record"]
