"""demo-facts: each fact of the table is seen when it holds and missed when it does not."""

from collections.abc import Callable
from typing import Any

import pytest

from bench.demo_facts import FACTS, GAO, GARISSA, KABUL, Expected, Record, check, may_be

Incident = dict[str, Any]


def a_figure(value: int, standing: str = "superseded", effect: str = "killed") -> dict[str, Any]:
    return {"effect": effect, "value": value, "standing": standing, "scope": "incident", "part_of": None}


def an_incident(what: Expected, best: int, by_actor: tuple[int, ...] = (), figures: tuple[dict[str, Any], ...] = (),
                claim: str = "") -> Incident:
    return {
        "id": f"DTL-{what.name}", "told_as": "news", "headline": f"attack, {what.name}",
        "where": {"country": what.country, "text": what.name, "name": what.name},
        "when": {"earliest": what.day, "latest": what.day, "candidates": []}, "targets": [], "disagreements": [],
        "toll": {"killed": {"low": what.low, "best": best, "high": what.high,
                            "by_actor": [{"of": "gunmen", "best": n} for n in by_actor]},
                 "injured": {"best": 196}},
        "responsibility": [{"stance": "claimed", "group": claim, "speaker": claim, "text": "said it did"}],
        "accounts": [{"account": {"figures": list(figures), "evidence": []}}],
    }


def in_the_past(name: str, year: str) -> Incident:
    return {"id": name, "told_as": "background", "headline": f"attack, {name}", "targets": [], "accounts": [],
            "where": {"country": "KE", "text": None, "name": None},
            "when": {"earliest": f"{year}-01-01", "latest": f"{year}-12-31", "candidates": []}}


def as_it_should_be() -> Record:
    kabul = an_incident(KABUL, 102, figures=tuple(map(a_figure, (40, 63, 95))), claim="taliban")
    gao = an_incident(GAO, 77, figures=(a_figure(80, "stands"),), claim="al-mourabitoun")
    gao["disagreements"] = [{"field": "attackers", "values": [{"value": "one bomber"}, {"value": "five bombers"}]}]
    garissa = an_incident(GARISSA, 147, (4,), (a_figure(15), a_figure(2)))
    past = [in_the_past("Intercontinental Hotel", "2018"), in_the_past("Westgate mall", "2013"),
            in_the_past("US embassy", "1998")]
    lowest = [an_incident(what, what.lowest) for what in (KABUL, GAO, GARISSA)]
    return Record([kabul, gao, garissa, *past], lowest)


def test_the_table_has_a_fact_a_line_with_a_name_of_its_own() -> None:
    assert len({fact.name for fact in FACTS}) == len(FACTS)


def test_all_facts_hold_of_a_record_that_is_as_it_should_be() -> None:
    assert check(as_it_should_be()) == (len(FACTS), ())


def test_an_empty_record_fails_every_fact_and_raises_nothing() -> None:
    passed, wrong = check(Record([], []))
    assert (passed, len(wrong)) == (0, len(FACTS))


def _best(value: int) -> Callable[[Record], None]:
    def spoil(record: Record) -> None:
        record.reliable[0]["toll"]["killed"]["best"] = value
    return spoil


def _standing(record: Record) -> None:
    record.reliable[0]["accounts"][0]["account"]["figures"][2]["standing"] = "stands"


def _casualties(record: Record) -> None:
    record.reliable[2]["accounts"][0]["account"]["figures"].append(a_figure(30, effect="injured"))


def _agree(record: Record) -> None:
    record.reliable[1]["disagreements"].clear()


def _news(record: Record) -> None:
    record.reliable[4]["told_as"] = "news"


def _attackers_in(record: Record) -> None:
    record.lowest[2]["toll"]["killed"]["best"] = 147


@pytest.mark.parametrize(("spoil", "missed"), [
    pytest.param(_best(95), "Kabul: killed best 102", id="an-earlier-total"),
    pytest.param(_standing, "Kabul: the count of 95 killed is superseded", id="an-earlier-count-still-stands"),
    pytest.param(_casualties, "Garissa: '30 casualties' is no injured count", id="casualties-taken-for-injured"),
    pytest.param(_agree, "Gao: one bomber or five is a disagreement", id="a-disagreement-lost"),
    pytest.param(_news, "Westgate: an incident of its own, known from background only", id="background-as-news"),
    pytest.param(_attackers_in, "Garissa: killed 151 by the rule 'lowest'", id="attackers-left-out-of-lowest"),
])
def test_one_thing_wrong_is_one_fact_missed(spoil: Callable[[Record], None], missed: str) -> None:
    record = as_it_should_be()
    spoil(record)
    assert check(record) == (len(FACTS) - 1, (f"MISS {missed}",))


@pytest.mark.parametrize(("when", "fits"), [
    pytest.param({"earliest": None, "latest": "2018-02-01", "candidates": []}, True, id="on-or-before"),
    pytest.param({"earliest": None, "latest": None, "candidates": []}, False, id="no-bounds-at-all"),
    pytest.param({"earliest": "2017-01-01", "latest": "2018-12-31", "candidates": ["2017-01-27"]}, False,
                 id="none-of-its-candidates"),
])
def test_a_day_fits_within_the_doubt(when: Incident, fits: bool) -> None:
    assert may_be(when, "2018-01-27") is fits
