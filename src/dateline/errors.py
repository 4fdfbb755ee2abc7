"""What can be broken. Not knowing is a value and never raises.

    DatelineError
    ├── ReadError         a source, or one record of it, could not be read
    ├── ExtractError      a report that was read could not be extracted
    │   └── DeadlyReport  the process that extracted it died of it, or did not come to an end
    ├── StoreError        the record on disk could not be opened or written
    ├── CursorError       a list was asked to go on after a place that it did not give
    ├── SettingsError     a setting has a value that it cannot have
    ├── ExportError       an export cannot be written so
    ├── BackfillError     an archive job cannot go on, or its tables cannot be loaded
    ├── LayoutError       a mail could not be laid out
    └── DecisionError     what a person decided cannot be done
        └── StaleEdit     another person has changed the incident meanwhile

A message says what, which one, where in it, and what to do; it is one line, or a line and indented ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.records import Incident


class DatelineError(Exception):
    """Anything that went wrong and that a person can mend."""

    def __reduce__(self) -> tuple[Any, ...]:
        # an error comes back from another process as it was made there, whatever its class is made with
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[DatelineError], said: tuple[object, ...], held: dict[str, object]) -> DatelineError:
    error = kind.__new__(kind, *said)
    error.__dict__.update(held)
    return error


class ReadError(DatelineError):
    """`source`: path or address. `where`: line, record or byte in it. `what`: what is wrong. `todo`: the next step."""

    def __init__(self, source: str, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.source, self.what, self.where, self.todo = source, what, where, todo
        place = f"{source}: {where}" if where else source
        super().__init__(f"{place}: {what}" + (f"; {todo}" if todo else ""))


class ExtractError(DatelineError):
    """`report`: id of the report; `source`: where it was read from. `todo`: the next step, where it is not to run again."""

    def __init__(self, report: str, source: str, what: str, *, todo: str | None = None) -> None:
        self.report, self.source, self.what, self.todo = report, source, what, todo
        super().__init__(f"{source}: report {report} could not be extracted: {what}; "
                         + (todo or "it is kept, and the next run tries it again"))


class DeadlyReport(ExtractError):
    """The process that read this report, and no other, died or took too long. The next one may die of it too."""


class StoreError(DatelineError):
    """The record on disk."""


class CursorError(DatelineError):
    """`cursor`: as it was given. Whoever asks over the web made a mistake; nothing is wrong with the record."""

    def __init__(self, cursor: str) -> None:
        self.cursor = cursor
        super().__init__(f"the cursor {cursor!r} is none of this list in this order; "
                         "leave it out, and go on with the one that comes with the first page")


class SettingsError(DatelineError):
    """A setting."""


class LayoutError(DatelineError):
    """A mail: a template is at fault, or what was put into it."""


class DecisionError(DatelineError):
    """What a person decided about the record and cannot be done."""


class StaleEdit(DecisionError):
    """Somebody, or a new report, has changed the incident since it was read. `held`: as it is now; `seen`: the revision read."""

    def __init__(self, held: Incident, seen: str) -> None:
        self.held, self.seen = held, seen
        last = held.history[-1] if held.history else None
        told = f": {last.what}, by {last.who}, {last.at:%Y-%m-%d %H:%M} UTC" if last else ""
        super().__init__(f"{held.id} has changed since you read it{told}; look at it again, then decide anew")


class ExportError(DatelineError):
    """An export that could not be written."""


class BackfillError(DatelineError):
    """An archive job, or the folder of its tables."""
