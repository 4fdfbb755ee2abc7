"""Which words of a report tell of one incident, and which of another. The incidents are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.extract import extract
from dateline.records import Account
from helpers import a_report

PUBLISHED = datetime(2018, 1, 27, tzinfo=UTC)                     # a Saturday


def told(text: str) -> list[tuple[str, list[tuple[int | None, str]]]]:
    """Where each account says that it was, and its counts."""
    return [(a.where.text or a.where.name or "", [(f.value, f.effect) for f in a.figures]) for a in accounts_of(text)]


def accounts_of(text: str) -> tuple[Account, ...]:
    return extract(a_report(text, published_at=PUBLISHED)).accounts


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("A bomb killed two people in Kunduz on Monday. Nine soldiers were wounded in an attack on Ghazni.",
                 [("Kunduz", [(2, "killed")]), ("Ghazni", [(9, "injured")])], id="a-verb-has-the-place-of-its-noun"),
    pytest.param("Fighting raged in Kunduz on Monday, leaving ten soldiers dead. Six traders were killed by shells that landed "
                 "on Ghazni.", [("Kunduz", [(10, "killed")]), ("Ghazni", [(6, "killed")])], id="a-clause-behind-the-weapon"),
    pytest.param("Shells killed two people in the Telmar neighbourhood of Kabul on Monday. Shells wounded three people in the "
                 "Orsan neighbourhood of Kabul.", [("Telmar neighbourhood", [(2, "killed")]),
                                                   ("Orsan neighbourhood", [(3, "injured")])],
                 id="two-quarters-that-the-gazetteer-lacks"),
    pytest.param("Raids killed nine people in the Bab Telmar area of Kabul on Monday and six others were killed in Orsan "
                 "neighbourhood.", [("Kabul", [(9, "killed")]), ("Orsan neighbourhood", [(6, "killed")])],
                 id="two-quarters-in-one-sentence"),
    pytest.param("A raid on the town of Ghazni, where the army is fighting rebels, killed four people on Monday. In Kunduz, "
                 "meanwhile, rebels shelled a market, killing two.", [("town of Ghazni", [(4, "killed")]),
                                                                      ("Kunduz", [(2, "killed")])],
                 id="a-clause-on-the-place"),
    pytest.param("Rebels shelled the army in Kunduz on Monday, killing nine soldiers. The air force also hit a market in Kunduz "
                 "province, killing two traders.", [("Kunduz", [(9, "killed")]), ("Kunduz province", [(2, "killed")])],
                 id="also-in-another-place"),
    pytest.param("Shells fell on a market in Kunduz on Monday, killing nine. The shells also wounded two traders in Kunduz.",
                 [("Kunduz", [(9, "killed"), (2, "injured")])], id="also-in-the-same-place"),
])
def test_attacks_on_two_towns_are_two_accounts(text: str, expected: list[tuple[str, list[tuple[int | None, str]]]]) -> None:
    assert told(text) == expected


def test_a_day_before_the_name_of_a_weapon_is_the_day() -> None:
    _, second = accounts_of("Four people died in clashes in Kunduz on Friday. On Tuesday mortar shells struck Ghazni.")
    assert second.when.best == date(2018, 1, 23)
