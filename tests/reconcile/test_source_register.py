"""The register of sources: who a speaker is, on whose side, and what a person thinks of them."""

from __future__ import annotations

import pytest

from dateline.errors import SettingsError
from dateline.extract.register import load_register
from dateline.reconcile.disagreements import sources_of
from dateline.reconcile.informed import informed
from dateline.reconcile.merge import merge
from dateline.reconcile.ranks import ACCESS, ENEMY, OWN, REPORT, rank_of
from dateline.reconcile.sources import load_sources, own_sources, packaged_sources, register_of
from dateline.records import Speaker
from reconcile.factories import a_figure, a_place, a_report, a_speaker, an_account, an_actor

REGISTER = register_of([
    {"id": "coast-observatory", "names": ["Coast Observatory for Rights", "COR", "the Coast Observatory", "Mara Quillip"],
     "kind": "monitor", "country": "XA"},
    {"id": "vale-dispatch", "names": ["Vale Dispatch"], "kind": "armed group", "party_to": "vale-front"},
    {"id": "arden-news", "names": ["Arden News Agency", "ARNA"], "kind": "agency", "country": "XA", "party_to": "state:XA"},
    {"id": "market-talk", "names": ["Market Talk"], "kind": "monitor",
     "reliability": {"value": "low", "why": "counts twice", "at": "2026-01-31"}},
])
PORT = a_place(name="Port Verity", country="XA")


def speaker(text, organisation=None, person=None, kind="other", party=None):
    return Speaker(text, person, None, organisation, kind, party)


@pytest.mark.parametrize(("who", "expected"), [
    pytest.param(speaker("Coast Observatory", "Coast Observatory"), "coast-observatory", id="by another of its names"),
    pytest.param(speaker("the COAST OBSERVATORY", "the COAST OBSERVATORY"), "coast-observatory", id="in other letters"),
    pytest.param(speaker("Quillip", person="Mara Quillip"), "coast-observatory", id="by the person who speaks for it"),
    pytest.param(speaker("the head of the Coast Observatory, an activist"), "coast-observatory", id="within the words"),
    pytest.param(speaker("an activist of COR"), "coast-observatory", id="a short name in capitals"),
    pytest.param(speaker("a cor anglais player"), None, id="not the same letters written small"),
    pytest.param(speaker("the Observatory", "the Observatory"), None, id="a part of a name is none"),
    pytest.param(speaker("the mayor"), None, id="nobody it knows"),
])
def test_a_speaker_is_known_by_organisation_person_or_words(who, expected):
    found = REGISTER.speaking(who)
    assert (found and found.id) == expected


def known(figure, register=REGISTER, report=None, **given):
    [account] = informed([an_account(figure, where=PORT, **given)], {"R1": report} if report else {}, register)
    return account


def test_what_the_register_knows_of_a_speaker_counts():
    account = known(a_figure(5, speaker=a_speaker("Coast Observatory", "other")))
    [one] = account.figures[0].speakers
    assert (one.text, one.organisation, one.kind, one.party) == (
        "Coast Observatory", "Coast Observatory for Rights", "monitor", None)
    assert rank_of(account.figures[0], account) == ACCESS


def test_the_media_of_an_armed_group_speak_for_it():
    victims = an_actor("victim", "soldiers", id="a2", type=1, country="XA")
    fighters = an_actor("attacker", "Vale Front", group="vale-front", type=2)
    account = known(a_figure(30, side="state forces", of="a2", speaker=a_speaker("Vale Dispatch", "other")),
                    actors=(fighters, victims))
    assert rank_of(account.figures[0], account) == ENEMY


def test_whom_a_person_calls_unreliable_counts_as_if_nobody_were_named():
    account = known(a_figure(90, speaker=a_speaker("Market Talk", "other")))
    assert rank_of(account.figures[0], account) == REPORT


def test_whom_the_register_does_not_know_stays_as_read():
    account = an_account(a_figure(5, speaker=a_speaker("the mayor")), a_figure(6), where=PORT)
    assert informed([account], {"R1": a_report(id="R1")}, REGISTER) == (account,)


def test_informed_twice_is_informed_once():
    reports = {"R1": a_report(id="R1", outlet="ARNA")}
    once = informed([an_account(a_figure(5, speaker=a_speaker("COR")), a_figure(6), where=PORT)], reports, REGISTER)
    assert informed(once, reports, REGISTER) == once


@pytest.mark.parametrize(("outlet", "agency", "country", "party"), [
    pytest.param("ARNA", None, "XA", "state:XA", id="its own state's war"),
    pytest.param("Verity Post", "ARNA", "XA", "state:XA", id="an outlet that carries its story"),
    pytest.param("ARNA", None, "XB", None, id="a war of others"),
    pytest.param("Verity Post", None, "XA", None, id="an outlet of no side"),
])
def test_an_outlet_that_is_a_party_speaks_for_its_side_in_its_own_voice(outlet, agency, country, party):
    account = known(a_figure(5), report=a_report(id="R1", outlet=outlet, agency=agency))
    if country == "XB":
        [account] = informed([an_account(a_figure(5), where=a_place(country="XB"))], {"R1": a_report(id="R1", outlet=outlet)},
                             REGISTER)
    assert [one.party for one in account.figures[0].speakers] == ([party] if party else [])
    assert rank_of(account.figures[0], account) == (OWN if party else REPORT)


def incident(*pairs):
    """One incident of (figure, outlet, agency) told in reports of their own."""
    reports = {f"R{n}": a_report(f"report {n}", id=f"R{n}", outlet=outlet, agency=agency)
               for n, (_, outlet, agency) in enumerate(pairs)}
    accounts = informed([an_account(figure, report=f"R{n}", id=f"A{n}", where=PORT) for n, (figure, _, _) in enumerate(pairs)],
                        reports, REGISTER)
    return merge("DTL-1", accounts, reports), sources_of(accounts, reports)


def test_five_outlets_that_quote_one_monitor_are_one_origin():
    names = ["Coast Observatory", "COR", "the Coast Observatory for Rights", "Mara Quillip", "the head of COR"]
    _, sources = incident(*[(a_figure(9, speaker=a_speaker(name, "other")), f"Outlet {name}", None) for name in names])
    assert (sources.reports, sources.stories, sources.origins, sources.origins_not_party) == (5, 5, 1, 1)


def test_outlets_that_name_no_speaker_are_their_own_origin():
    _, sources = incident((a_figure(9), "Verity Post", None), (a_figure(9), "Hawk Wire", None))
    assert (sources.origins, sources.origins_not_party) == (2, 2)


def test_what_outlets_tell_after_one_agency_is_the_agencys():
    _, sources = incident((a_figure(9), "Verity Post", "Hawk Wire"), (a_figure(9), "Meridian", "Hawk Wire"),
                          (a_figure(9), "Hawk Wire", None))
    assert sources.origins == 1


def test_an_origin_that_belongs_to_a_side_is_no_independent_one():
    _, sources = incident((a_figure(9), "ARNA", None), (a_figure(9, speaker=a_speaker("Arden News Agency")), "Hawk Wire", None),
                          (a_figure(9), "Verity Post", None))
    assert (sources.origins, sources.origins_not_party) == (2, 1)


def test_what_only_a_partys_outlet_tells_is_alleged_until_somebody_else_tells_it():
    alone, _ = incident((a_figure(9), "ARNA", None))
    confirmed, _ = incident((a_figure(9), "ARNA", None), (a_figure(9), "Verity Post", None))
    assert (alone.status, confirmed.status) == ("alleged", "happened")


# The files


def test_the_packaged_register_is_whole():
    register = load_sources()
    groups = load_register()
    assert len(register.sources) == len(packaged_sources()) > 100
    for source in register.sources.values():
        assert all(register.get(name) == source for name in source.names), source.id
        assert source.reliability is None            # that is for a person to say
        if source.party_to and not source.party_to.startswith("state:"):
            assert groups.get(source.party_to) is not None, source.id


@pytest.mark.parametrize(("name", "kind", "party"), [
    ("SOHR", "monitor", None), ("UNAMA", "monitor", None), ("OCHA", "monitor", None), ("SNHR", "monitor", None),
    ("SANA", "agency", "state:SY"), ("Reuters", "agency", None), ("Amaq", "armed group", "islamic-state"),
    ("Gaza's Health Ministry", "official", None), ("CENTCOM", "military", "state:US")])
def test_speakers_that_matter_are_in_it(name, kind, party):
    found = load_sources().get(name)
    assert found is not None
    assert (found.kind, found.party_to) == (kind, party)


def test_a_file_of_ones_own_wins(tmp_path):
    own = tmp_path / "sources.toml"
    own.write_text('[[source]]\nid = "sana"\nnames = ["SANA"]\nkind = "outlet"\n\n'
                   '[[source]]\nid = "vale-wire"\nnames = ["Vale Wire", "Reuters"]\nkind = "agency"\n')
    register = load_sources(own)
    assert register.get("SANA").kind == "outlet"
    assert register.get("Syrian Arab News Agency") is None
    assert register.get("Reuters").id == "vale-wire"
    assert register.get("AFP").id == "afp"


@pytest.mark.parametrize(("text", "told"), [
    pytest.param('[[source]]\nid = "x"\nnames = ["X"]\nkind = "gossip"\n', "gossip", id="no such kind"),
    pytest.param('[[source]]\nid = "x"\nnames = []\nkind = "agency"\n', "it has no names", id="no names"),
    pytest.param('[[source]]\nid = "x"\nnames = ["X"]\nkind = "agency"\nside = "XA"\n', "no such key: side", id="an odd key"),
    pytest.param('[[source]]\nid = "x"\nnames = ["X"]\nkind = "agency"\nreliability = {value = "good"}\n', "'x'",
                 id="no such reliability"),
    pytest.param("[[source\n", "sources.toml", id="no TOML"),
])
def test_a_file_of_another_form_is_refused_with_what_is_wrong(tmp_path, text, told):
    own = tmp_path / "sources.toml"
    own.write_text(text)
    with pytest.raises(SettingsError, match=told):
        own_sources(own)
