"""The text of a report as it may be shown: as long as it was, with the names blanked that may not be."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.publish.names import Blanker
from dateline.publish.withhold import private_names, public_names
from dateline.records import Account


def published_text(text: str, accounts: Sequence[Account]) -> str:
    """`text` without the names that may not be shown; offsets into it stay true. accounts: all those of its report."""
    names = private_names(accounts)
    return Blanker(names, public_names(accounts, names)).blank(text) if names else text
