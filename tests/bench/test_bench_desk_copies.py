"""A record that is copied within the server is one like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.desk_copies import make_many
from dateline.store import open_record
from dateline.store.filters import ALL

if TYPE_CHECKING:
    from on_postgres import Server


def test_each_copy_is_an_incident_of_its_own(postgres: Server):
    address = postgres.url(postgres.new_database())
    make_many(address, 60, 240, base=20)
    with open_record(address, create=False) as store:
        counts = store.lists.count(ALL)
        assert counts.total % 3 == 0
        assert counts.accounts == 3 * (counts.accounts // 3)
        for number in (1, 21, 41):
            [one] = store.lists.incidents([number])
            assert one.id == f"DTL-{number}"
            for joined in one.accounts:
                assert store.report(joined.report.id).text
                assert store.lists.account(joined.account.id).incident == one.id
        assert store.lists.search("killed").all_reports >= counts.accounts


def test_what_is_no_whole_number_of_copies_is_refused():
    with pytest.raises(ValueError, match="are not 1 to 256 times 20"):
        make_many("postgresql:///nothing", 50, 200, base=20)
