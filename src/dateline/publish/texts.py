"""The text of a report as it may be shown: as long as it was, with what may not be shown blanked."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.publish.names import Blanker
from dateline.publish.passages import passages_of, text_without_passages
from dateline.publish.shelters import is_shelter, without_places
from dateline.publish.withhold import private_names, public_names
from dateline.records import Account


def published_text(text: str, accounts: Sequence[Account], shelters: Sequence[Account] = ()) -> str:
    """`text` without the names, passages and shelters that may not be shown; offsets into it stay true.

    accounts: all those of its report. shelters: those of them whose incident lies at a shelter, as another report tells.
    """
    shown = text_without_passages(text, passages_of(accounts))
    sheltered = [one for one in accounts if is_shelter([one])] + list(shelters)
    if sheltered:
        shown = without_places(shown, sheltered)
    names = private_names(accounts)
    return Blanker(names, public_names(accounts, names)).blank(shown) if names else shown
