"""The browser of the mails' tests."""

from desk.conftest import browser

__all__ = ["browser"]
