"""A small record for the tests of the API, made from records in memory: a shelling with named victims, a clinic, a shelter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.extract import Extraction
from dateline.job import run as run_job
from dateline.records import Account, AsOf, GroupStatement, Report, Written
from dateline.settings import Settings
from dateline.store import open_record
from made_incidents import a_figure, a_person, a_report, a_sensitive, a_when, a_where, an_account, words_of

HERE = "http://127.0.0.1"
SHELTER_LON = 113.5
VICTIM, WITNESS = "Selda Oarewyn", "Tam Quillip"
CLINIC = "Shells fell on the clinic of Lower Quill on 14 March. Three nurses were killed, the health office said."
HOUSE = "Gunmen broke into the Harbour House on 20 March, where women had found refuge. One guard was killed."
LATER = "The mayor of Port Verity said on 13 March that 14 people were killed in the shelling of the day before."
STATED = "The Vale Front has about 300 fighters, a monitor said."


def reports() -> list[tuple[Report, tuple[Account, ...], tuple[GroupStatement, ...]]]:
    """Each report with what was read from it."""
    day = date(2024, 3, 14)
    later = a_figure("14", 14, 14, 14, "exact", text=LATER)
    clinic = a_figure("Three", 3, 3, 3, "exact", text=CLINIC, speaker="the health office", who="nurses", side="civilians")
    guard = a_figure("One", 1, 1, 1, "exact", text=HOUSE, speaker=None)
    return [
        (a_report(id="R1"),
         (an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least"),), sensitive=(a_sensitive(VICTIM),),
                     actors=(a_person(WITNESS),)),), ()),
        (a_report(LATER, id="R2", outlet="Hawk Wire", title="Mayor speaks"),
         (an_account(LATER, report="R2", figures=(later,)),), ()),
        (a_report(CLINIC, id="R3", outlet="Arden Post", written=Written(day, day, (), "metadata")),
         (an_account(CLINIC, report="R3", figures=(clinic,), headline="shelling, Lower Quill", when=_on(day),
                     where=_at("Lower Quill", "XB")),), ()),
        (a_report(HOUSE, id="R4", outlet="Arden Post", title="Raid on Harbour House"),
         (an_account(HOUSE, report="R4", kind="attack", figures=(guard,), headline="attack, Harbour House",
                     when=_on(date(2024, 3, 20)), where=_at("Harbour House", "XC", kind="site", lon=SHELTER_LON,
                                                            admin1="Coast Province", admin2="Harbour District"),
                     sensitive=(a_sensitive("Harbour House", HOUSE, "shelter"),)),), ()),
        (a_report(STATED, id="R5", outlet=None, title=None), (), (_statement(),)),
    ]


def _on(day: date) -> Any:
    return a_when(earliest=day, latest=day, best=day, precision="day", text=f"{day:%d %B}".lstrip("0"))


def _at(name: str, country: str, **given: Any) -> Any:
    held = {"kind": "city", "lat": -40.0, "lon": 100.0, "radius_km": 5.0, "precision": 1} | given
    return a_where(text=name, name=name, country=country, **held)


def _statement() -> GroupStatement:
    value = {"low": 300, "high": 300, "value": 300, "modifier": "about", "unit": "fighters", "words": "about 300"}
    return GroupStatement("G1", "R5", "islamic-state-khorasan", "The Vale Front", "strength", value,
                          AsOf("2024-03-12", "2024-03-12"), "a monitor", words_of(STATED, "about 300 fighters"))


def a_settings(path: Path, **given: Any) -> Settings:
    return replace(Settings(), record=str(path), user="Ana", **given)


def made(path: Path, told: Iterable[tuple[Report, tuple[Account, ...], tuple[GroupStatement, ...]]] | None = None) -> Path:
    """A record at `path` as a run leaves it."""
    held = {report.id: (report, accounts, said) for report, accounts, said in (reports() if told is None else told)}

    def read(source: object, **_: Any) -> Iterator[Report]:
        yield from (report for report, _, _ in held.values())

    def extract_all(found: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
        for one in found:
            yield one, Extraction(held[one.id][1], held[one.id][2])

    with open_record(path) as store:
        run_job(["made"], store, Settings(), on_problem=print, read=read, extract_all=extract_all)
    return path


def a_client(path: Path, **given: Any) -> TestClient:
    """A browser or program that calls the desk over the record at `path`. given: settings."""
    return TestClient(create_app(a_settings(path, **given)), base_url=HERE, raise_server_exceptions=False)
