"""Article -> Report."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.errors import ReadError
from dateline.read.report import report_from
from dateline.records import from_json, to_json
from dateline.records.report import Report
from helpers import a_report, an_article

NEWS = "ARDEN, March 12 (Hawk Wire) - Shelling hit Port Verity overnight, killing at least 12 people, the mayor said."


def test_the_dateline_is_read_with_its_words() -> None:
    report = a_report(NEWS)
    assert report.dateline is not None
    assert (report.dateline.place, report.dateline.date, report.agency) == ("Arden", "--03-12", "Hawk Wire")
    [span] = report.dateline.evidence
    assert report.text[span.start:span.end] == span.quote


def test_the_day_of_writing_is_bounded_by_the_time_of_publishing() -> None:
    report = a_report(NEWS, published_at=datetime(2021, 3, 13, 4, tzinfo=UTC))
    assert report.written.candidates or report.written.day
    assert report.written.latest is not None
    assert report.written.latest <= date(2021, 3, 14)


def test_the_same_article_read_twice_is_one_report() -> None:
    assert a_report(NEWS).id == a_report(NEWS).id
    assert a_report(NEWS).id != a_report(NEWS, source="https://other.example/1").id
    assert a_report(NEWS).id != a_report(NEWS + " More.").id


@pytest.mark.parametrize(("text", "language"), [
    pytest.param(NEWS, "en", id="english"),
    pytest.param(NEWS.upper(), "en", id="english-in-capitals"),
    pytest.param("Le maire a déclaré que les bombardements avaient tué douze personnes au marché.", "fr", id="french"),
    pytest.param("قال رئيس البلدية إن القصف أصاب الميناء ليلا وقتل اثني عشر شخصا في السوق.", "ar", id="arabic"),
    pytest.param("Мэр сообщил, что ночной обстрел унёс жизни двенадцати человек на рынке.", "ru", id="russian"),
    pytest.param("12 March", None, id="too-short-to-tell"),
])
def test_a_report_in_any_language_is_a_report(text: str, language: str | None) -> None:
    assert a_report(text).language == language


def test_an_article_that_is_too_long_is_told() -> None:
    with pytest.raises(ReadError, match=r"110 characters, more than 100; it is left out; set DATELINE_MAX_TEXT_CHARS"):
        report_from(an_article(NEWS.ljust(110, ".")), most_chars=100)


def test_a_report_survives_json() -> None:
    report = a_report(NEWS, published_at=datetime(2021, 3, 13, 4, tzinfo=UTC), title="Shelling")
    assert from_json(Report, to_json(report)) == report


def test_a_factory_fills_in_what_a_case_does_not_care_about() -> None:
    report = a_report(outlet="Arden Post", language="fr", copy_of="R0")
    assert (report.outlet, report.language, report.copy_of) == ("Arden Post", "fr", "R0")
    assert report.dateline is not None


@pytest.mark.parametrize(("title", "text", "expected"), [
    pytest.param("Two shot dead in Arden market - Arden News 5", "Loading the player. Watch again later.",
                 "Two shot dead in Arden market\n\nLoading the player. Watch again later.", id="a-page-that-holds-a-video"),
    pytest.param("Two shot dead in Arden", "Police said two shot dead in Arden were brothers.",
                 "Police said two shot dead in Arden were brothers.", id="told-in-the-text"),
    pytest.param("Arden", "Police are looking for a man.", "Police are looking for a man.", id="a-title-that-says-nothing"),
    pytest.param("Two shot dead in Arden", "ARDEN, March 12 (Hawk Wire) - Two men died.",
                 "ARDEN, March 12 (Hawk Wire) - Two men died.", id="a-dispatch"),
    pytest.param("Two shot dead in Arden", "Two brothers died. " * 30, ("Two brothers died. " * 30).strip(), id="an-article"),
])
def test_a_text_too_short_to_tell_its_story_has_its_headline_before_it(title: str, text: str, expected: str) -> None:
    assert report_from(an_article(text, title=title)).text.strip() == expected
