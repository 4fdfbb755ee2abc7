"""What reads reports: one interface, and the one place that chooses by the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dateline.extract import VERSION, Extraction, Failed

if TYPE_CHECKING:
    from dateline.records import Report
    from dateline.settings import Settings

BATCH = 32                        # reports: spaCy's speed no longer grows beyond it


class Extractor(Protocol):
    """Reads reports: each comes back in the order given, with what it says or why it could not be read."""

    @property
    def version(self) -> str:
        """Kept with each report that it read: a report read by another version is read again by `dateline redo`."""

    @property
    def at_once(self) -> int:
        """Reports that are best given together: what they say is kept together, and lost together when a run is killed."""

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]: ...


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Our own rules."""

    version: str = VERSION
    at_once: int = BATCH

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]:
        from dateline.extract.pipeline import run_each

        return run_each(reports)


def extractor_of(settings: Settings) -> Extractor:
    """The extractor that the settings name. Raises SettingsError where they do not allow or describe it."""
    if settings.extractor == "endpoint":
        from dateline.extract.endpoint import endpoint_of

        return endpoint_of(settings)
    return BuiltIn()


@dataclass(frozen=True, slots=True)
class Given:
    """A function of the caller's in the place of an extractor: for tests, and for what is read elsewhere."""

    read: Callable[[Iterable[Report]], Iterator[tuple[Report, Extraction | Failed]]]
    version: str = VERSION
    at_once: int = BATCH

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]:
        return self.read(reports)
