"""What can be broken. Not knowing is a value and never raises.

    DatelineError
    ├── ReadError         a source, or one record of it, could not be read
    ├── ExtractError      a report that was read could not be extracted
    ├── StoreError        the record on disk could not be opened or written
    ├── SettingsError     a setting has a value that it cannot have
    ├── DecisionError     what a person decided cannot be done
    └── ExportError       an export could not be written

A message says what, which one, where in it, and what to do; it is one line, or a line and indented ones.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Anything that went wrong and that a person can mend."""


class ReadError(DatelineError):
    """`source`: path or address. `where`: line, record or byte in it. `what`: what is wrong. `todo`: the next step."""

    def __init__(self, source: str, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.source, self.what, self.where, self.todo = source, what, where, todo
        place = f"{source}: {where}" if where else source
        super().__init__(f"{place}: {what}" + (f"; {todo}" if todo else ""))


class ExtractError(DatelineError):
    """`report`: id of the report; `source`: where it was read from."""

    def __init__(self, report: str, source: str, what: str) -> None:
        self.report, self.source, self.what = report, source, what
        super().__init__(f"{source}: report {report} could not be extracted: {what}; "
                         "it is kept, and the next run tries it again")


class StoreError(DatelineError):
    """The record on disk."""


class SettingsError(DatelineError):
    """A setting."""


class DecisionError(DatelineError):
    """What a person decided about the record and cannot be done."""


class ExportError(DatelineError):
    """An export that could not be written."""
