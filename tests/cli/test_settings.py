"""Settings come from the environment, and one that cannot be is refused before anything is done."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline.errors import SettingsError
from dateline.records.account import Nature
from dateline.records.incident import AttributionRule, TollRule
from dateline.settings import ATTRIBUTION_RULES, NATURES, TOLL_RULES, Settings, check_natures, load_settings


def test_without_any_variable_the_defaults_are_in_force():
    assert load_settings({}) == Settings()


@pytest.mark.parametrize(
    ("variable", "raw", "name", "value"),
    [
        pytest.param("DATELINE_RECORD", "2021.db", "record", "2021.db", id="words"),
        pytest.param("DATELINE_OFFLINE", "Yes", "offline", True, id="yes"),
        pytest.param("DATELINE_FETCH_ROBOTS", "off", "fetch_robots", False, id="no"),
        pytest.param("DATELINE_FETCH_ROBOTS", "", "fetch_robots", False, id="empty-is-no"),
        pytest.param("DATELINE_FETCH_DELAY_S", "0", "fetch_delay_s", 0.0, id="no-pause"),
        pytest.param("DATELINE_MAX_TEXT_CHARS", "500", "max_text_chars", 500, id="a-whole-number"),
        pytest.param("DATELINE_TOLL_RULE", "lowest", "toll_rule", "lowest", id="a-rule"),
        pytest.param("DATELINE_NATURE", "crime, accident", "nature", "crime, accident", id="natures"),
        pytest.param("DATELINE_NATURE", "all", "nature", "all", id="all-natures"),
        pytest.param("DATELINE_GROUPS_FILE", "", "groups_file", "", id="no-file-of-groups"),
        pytest.param("DATELINE_USER_AGENT", "desk (+a@post.example)", "user_agent", "desk (+a@post.example)", id="user-agent"),
    ],
)
def test_a_variable_replaces_a_default(variable, raw, name, value):
    assert getattr(load_settings({variable: raw}), name) == value


@pytest.mark.parametrize(
    ("variable", "raw", "told"),
    [
        pytest.param("DATELINE_TOLL_RULE", "odd", "reliable, lowest, latest, majority", id="no-rule"),
        pytest.param("DATELINE_TOLL_RULE", "", "reliable, lowest, latest, majority", id="an-empty-rule"),
        pytest.param("DATELINE_NATURE", "political,odd", "political, crime, accident, unknown", id="no-nature"),
        pytest.param("DATELINE_NATURE", " , ", "political, crime, accident, unknown", id="natures-of-nothing"),
        pytest.param("DATELINE_OFFLINE", "perhaps", "write 1 or 0", id="neither-yes-nor-no"),
        pytest.param("DATELINE_FETCH_TIMEOUT_S", "nan", "0.1 or more", id="no-number-at-all"),
        pytest.param("DATELINE_FETCH_TIMEOUT_S", "inf", "0.1 or more", id="a-wait-without-end"),
        pytest.param("DATELINE_FETCH_DELAY_S", "-1", "0 or more", id="a-pause-below-nothing"),
        pytest.param("DATELINE_MAX_TEXT_CHARS", "0", "1 or more", id="no-text-at-all"),
        pytest.param("DATELINE_DOUBLE_CODED_SHARE", "1.5", "from 0 to 1", id="more-than-all"),
        pytest.param("DATELINE_FETCH_MAX_BYTES", "1.5", "whole number", id="half-a-byte"),
        pytest.param("DATELINE_GROUPS_FILE", "none.toml", "no such file", id="a-file-that-is-not-there"),
        pytest.param("DATELINE_USER_AGENT", "desk\r\nCookie: a", "plain ASCII", id="a-second-header"),
        pytest.param("DATELINE_PROXY", "http://próxy", "plain ASCII", id="a-header-that-cannot-be-sent"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(variable, raw, told):
    with pytest.raises(SettingsError) as refused:
        load_settings({variable: raw})
    assert variable in str(refused.value)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_command_refuses_it_before_it_makes_a_record(dateline, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_TOLL_RULE", "odd")
    code, out, err = dateline("run", "-", "--record", "new.db")
    assert (code, out) == (1, "")
    assert err.startswith("dateline: SettingsError: DATELINE_TOLL_RULE='odd'")
    assert list(tmp_path.iterdir()) == []


def test_the_words_that_settings_may_have_are_those_of_the_record():
    assert get_args(TollRule) == TOLL_RULES
    assert get_args(AttributionRule) == ATTRIBUTION_RULES
    assert get_args(Nature) == NATURES


def test_all_natures_are_no_filter():
    assert check_natures("--nature", "all") == ()
    assert check_natures("--nature", "crime, unknown") == ("crime", "unknown")
