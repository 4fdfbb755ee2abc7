"""Comments on an incident's page: a query to a colleague stands until somebody has answered it."""

from __future__ import annotations

import pytest

from made_desk import a_desk, post, text_of
from made_incidents import a_report, an_account

PAGE = "/incidents/DTL-1"


@pytest.fixture
def desk(tmp_path):
    browser = a_desk(tmp_path / "d.db", [(a_report(), [an_account()], []),
                                         (a_report(id="R2"), [an_account(report="R2", kind="abduction")], [])])
    post(browser, f"{PAGE}/comments", PAGE, words="Which hospital?")
    return browser


def settle(desk, page, number, settled):
    return post(desk, f"{page}/comments/{number}", page, settled=settled)


def test_a_comment_is_settled_and_opened_again_by_a_person_who_is_named(desk):
    assert settle(desk, PAGE, 1, "true").status_code == 303
    shown = text_of(desk.get(PAGE).text)
    assert "Which hospital?" in shown
    assert "settled by Ana" in shown
    assert settle(desk, PAGE, 1, "false").status_code == 303
    assert "settled by" not in text_of(desk.get(PAGE).text)


@pytest.mark.parametrize(("page", "number"), [(PAGE, 9), ("/incidents/DTL-2", 1)], ids=["none", "of another incident"])
def test_a_comment_that_is_not_on_the_page_is_not_settled_from_it(desk, page, number):
    assert settle(desk, page, number, "true").status_code == 404
    assert "settled by" not in text_of(desk.get(PAGE).text)
