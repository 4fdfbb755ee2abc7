"""gvc-tolls, gva-tolls: which incident is meant and what its toll is. Everything told here is made up."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from bench.scores import Count
from bench.tolls import _errors, by_incident, main_incident, toll_of
from dateline.records.incident import Toll, Tolls


@dataclass(frozen=True)
class TheActor:
    id: str
    role: str = "attacker"


@dataclass(frozen=True)
class TheFigure:
    low: int
    of: str | None = None
    part_of: str | None = None
    standing: str = "stands"
    includes_attackers: bool | None = None
    high: int | None = None
    effect: str = "killed"
    scope: str = "incident"
    who: str | None = None
    side: str = "unknown"


@dataclass(frozen=True)
class TheSpan:
    start: int


@dataclass(frozen=True)
class TheAccount:
    told_as: str
    kind: str = "attack"
    figures: tuple[TheFigure, ...] = ()
    actors: tuple[TheActor, ...] = (TheActor("gunman"),)
    evidence: tuple[TheSpan, ...] = (TheSpan(0),)


@dataclass(frozen=True)
class TheReport:
    id: str


@dataclass(frozen=True)
class TheJoined:
    account: TheAccount
    report: TheReport


@dataclass(frozen=True)
class TheIncident:
    """Only what the bench looks at of an incident."""

    toll: Tolls
    accounts: tuple[TheJoined, ...]


def a_toll(best: int | None) -> Toll:
    return Toll(best, best, best, "reliable", (), (), ())


def an_incident(killed: int | None, injured: int | None = None, *figures: TheFigure, kind: str = "attack",
                told_as: tuple[str, ...] = ("news",), at: int = 0) -> Any:
    """told_as: of each account, one a report; at: where in its report each begins."""
    return TheIncident(Tolls(a_toll(killed), a_toll(injured)),
                       tuple(TheJoined(TheAccount(told, kind, figures, evidence=(TheSpan(at),)), TheReport(f"R{number}"))
                             for number, told in enumerate(told_as)))


GUNMAN = TheFigure(1, of="gunman")


@pytest.mark.parametrize(("incidents", "toll"), [
    pytest.param([], Count(0, 0), id="nothing-read-is-nobody"),
    pytest.param([an_incident(2, 3)], Count(2, 3), id="the-only-one"),
    pytest.param([an_incident(None, 1)], Count(0, 1), id="no-figure-is-nobody"),
    pytest.param([an_incident(2), an_incident(1, told_as=("news", "news"))], Count(1, 0), id="most-accounts-as-news"),
    pytest.param([an_incident(9, told_as=("background",) * 3), an_incident(1)], Count(1, 0), id="background-is-not"),
    pytest.param([an_incident(1, told_as=("news", "background", "background")), an_incident(2, told_as=("news", "news"))],
                 Count(2, 0), id="most-reports-as-news"),
    pytest.param([an_incident(None, 0, told_as=("news", "news")), an_incident(0, 1)], Count(0, 1), id="where-somebody-was-hurt"),
    pytest.param([an_incident(4, at=90), an_incident(1, at=10)], Count(1, 0), id="of-equals-the-one-told-first"),
    pytest.param([an_incident(3, 0, GUNMAN)], Count(4, 0), id="a-gunman-who-died-is-counted"),
    pytest.param([an_incident(3, 0, GUNMAN, kind="armed clash")], Count(3, 0), id="in-a-fight-he-is-in-the-total"),
    pytest.param([an_incident(None, 0, GUNMAN)], Count(1, 0), id="only-the-gunman-died"),
    pytest.param([an_incident(3, 0, replace(GUNMAN, part_of="f1"))], Count(3, 0), id="he-is-told-as-one-of-the-dead"),
    pytest.param([an_incident(3, 0, GUNMAN, TheFigure(3, includes_attackers=True))], Count(3, 0),
                 id="the-total-says-that-it-has-him"),
    pytest.param([an_incident(3, 0, GUNMAN, replace(GUNMAN, low=2))], Count(4, 0), id="of-two-counts-the-lower"),
    pytest.param([an_incident(3, 0, replace(GUNMAN, standing="superseded"))], Count(3, 0), id="a-count-that-stands"),
])
def test_the_toll_of_the_incident_that_is_meant(incidents: list[Any], toll: Count) -> None:
    assert toll_of(main_incident(incidents)) == toll


def a_row(incident: str, killed: int | None, title: str = "Two shot in Arden") -> dict[str, Any]:
    return {"incident_id": incident, "killed": killed, "injured": 0, "title": title}


def test_reports_are_grouped_as_in_the_data_and_unknown_tolls_left_out() -> None:
    rows = [a_row("7", 1), a_row("8", None), a_row("7", 1), a_row("9", 2)]
    assert [[row["incident_id"] for row in group] for group in by_incident(rows)] == [["7", "7"], ["9"]]


def test_errors_come_by_kind_and_fit_a_screen() -> None:
    groups = [[a_row("7", 1, "A very long title " * 9)], [a_row("8", 2)], [a_row("9", 3)]]
    lines = _errors(groups, [Count(0, 1), Count(3, 0), Count(3, 0)], [Count(1, 0), Count(2, 0), Count(3, 0)])
    assert [line.split()[0:3] for line in lines] == [
        ["injured", "too", "high"], ["killed", "too", "high"], ["killed", "too", "low"]]
    assert max(map(len, lines)) <= 100
