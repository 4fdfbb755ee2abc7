"""Which outlets tell something: each once, and copies of a wire story not at all."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.publish.safe import plain
from dateline.records import Incident, Joined, ReportRef


def own_accounts(incident: Incident) -> list[Joined]:
    """Its accounts without those of reports that repeat another one of them."""
    held = {joined.report.id for joined in incident.accounts}
    return [joined for joined in incident.accounts if joined.report.copy_of is None or joined.report.copy_of not in held]


def outlets_of(accounts: Iterable[Joined]) -> tuple[str, ...]:
    """The outlets of these accounts, each once, in their order."""
    return tuple(dict.fromkeys(name for joined in accounts if (name := outlet_of(joined.report))))


def outlet_of(ref: ReportRef) -> str:
    """The outlet, of a wire's own story the agency; "" where the report names neither: a path or an address is no outlet."""
    return plain(ref.outlet or ref.agency)
