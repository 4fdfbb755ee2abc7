"""A pasted report as a row of the columns that its reader types by hand, each cell with the words that say it."""

from __future__ import annotations

import pytest

from dateline.desk.views.draft_rows import rows_of
from dateline.publish.export import Known
from made_incidents import DAY, a_figure, a_report, a_where, an_account

PORT = a_where(text="Port Verity", name="Port Verity", kind="city", country="SY", lat=34.9, lon=35.9, precision=1)
ACCOUNT = an_account(where=PORT, figures=(a_figure("At least 12", 12, None, 12, "at_least"),))


@pytest.fixture(scope="module")
def rows():
    known = Known(_Nothing(), _Nothing())
    return {shape: {cell.column: cell for cell in cells} for shape, cells in rows_of(ACCOUNT, a_report(), known).items()}


class _Nothing:
    """A register that knows nobody."""

    def get(self, name, /):
        return None

    def type_in(self, group_id, country, day, /):
        return None


@pytest.mark.parametrize(("shape", "column", "value", "field"), [
    ("acled", "event_date", DAY.isoformat(), "A-R1-when"),
    ("acled", "location", "Port Verity", "A-R1-where"),
    ("acled", "fatalities", "12", "A-R1-F-At least 12"),
    ("csv", "killed_low", "12", "A-R1-F-At least 12"),
])
def test_each_cell_names_the_words_that_say_it(rows, shape, column, value, field):
    cell = rows[shape][column]
    assert (cell.value, cell.field) == (value, field)


def test_codes_rest_on_no_words(rows):
    assert rows["acled"]["sub_event_type"].field == ""
