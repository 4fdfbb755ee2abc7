"""After a decision the person is on the page of the incident that was before them, wherever it is still held."""

from __future__ import annotations

from made_desk import a_desk, post
from made_incidents import a_report, an_account


def test_what_is_split_off_leaves_the_person_where_they_were(tmp_path):
    """Also where the one split off has the lower number, as after a merge of an earlier incident into a later one."""
    twice = [(a_report(id=name), [an_account(report=name, kind="abduction")], []) for name in ("R2", "R3")]
    desk = a_desk(tmp_path / "d.db", [(a_report(), [an_account()], []), *twice])
    merged = post(desk, "/incidents/DTL-2/merge", "/incidents/DTL-2", other="DTL-1")
    assert merged.headers["location"] == "/incidents/DTL-2"
    split = post(desk, "/incidents/DTL-2/split", "/incidents/DTL-2", account="A-R1")
    assert split.headers["location"] == "/incidents/DTL-2"
    assert desk.get("/incidents/DTL-1").status_code == 200


def test_what_was_merged_away_leads_to_the_one_that_holds_it(tmp_path):
    twice = [(a_report(id=name), [an_account(report=name, kind="abduction")], []) for name in ("R2", "R3")]
    desk = a_desk(tmp_path / "d.db", [(a_report(), [an_account()], []), *twice])
    merged = post(desk, "/incidents/DTL-1/merge", "/incidents/DTL-1", other="DTL-2")
    assert merged.headers["location"] == "/incidents/DTL-2"
