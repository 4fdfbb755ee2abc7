"""The register of armed groups, and their names in running text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.errors import SettingsError
from dateline.extract.document import Document, GroupMention
from dateline.extract.groups import find_groups, load_register, names_a_group


def mentions_in(text: str) -> list[GroupMention]:
    document = Document(SimpleNamespace(text=text, dateline=None, written=SimpleNamespace(latest=None)))  # type: ignore[arg-type]
    find_groups(document, load_register())
    for mention in document.groups:
        assert text[mention.start : mention.end] == mention.text
    return document.groups


def groups_in(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.group) for mention in mentions_in(text)]


@pytest.mark.parametrize(("text", "ties"), [
    ("Taliban-held areas", [False]), ("Taliban forces and their allies", [False]),
    ("Hamas, allies of the Taliban", [False, True]),
    ("the Taliban-backed men", [True]), ("a Boko Haram splinter faction", [True]), ("Boko Haram's former allies", [True]),
    ("a faction of Boko Haram", [False]), ("men armed by the Taliban", [False]), ("men loyal to the Taliban", [False]),
    ("the Taliban allied with Hamas", [False, True]), ("men who broke away from Boko Haram", [True]), ("the Taliban", [False]),
])
def test_a_name_may_only_say_who_another_is_tied_to(text, ties):
    assert [mention.tie for mention in mentions_in(text)] == ties


def test_the_register_holds_groups_of_forty_years_and_all_its_parents():
    register = load_register()
    assert len(register.groups) >= 150
    assert [g.id for g in register.groups.values() if g.parent and g.parent not in register.groups] == []
    assert set(range(1, 9)) >= {t.type for g in register.groups.values() for t in g.types}
    assert register.groups["al-mourabitoun"].parent == "al-qaeda-islamic-maghreb"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        pytest.param("ISIS-K", "islamic-state-khorasan", id="short-name"),
        pytest.param("ISIL K", "islamic-state-khorasan", id="no-hyphen"),
        pytest.param("the Islamic State Khorasan Province", "islamic-state-khorasan", id="with-the"),
        pytest.param("IS-Khorasan", "islamic-state-khorasan", id="half-short"),
        pytest.param("ISIS", "islamic-state", id="the-whole-is-not-its-province"),
        pytest.param("Al-Qa'ida", "al-qaeda", id="apostrophe"),
        pytest.param("Taleban", "taliban", id="other-vowel"),
        pytest.param("LASHKAR E TAYYIBA", "lashkar-e-taiba", id="capitals"),
        pytest.param("Ash-Shabaab", "al-shabaab", id="article-assimilated"),
        pytest.param("Jabhat an-Nusra", "nusra-front", id="another-article"),
        pytest.param("Séléka", "seleka", id="accents"),
        pytest.param("Sendero Luminoso", "shining-path", id="own-language"),
        pytest.param("Communist Party of India (Maoist)", "naxalites", id="brackets-in-the-name"),
        pytest.param("Foobar Liberation Brigade", None, id="unknown"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_name_finds_its_group_however_it_is_spelled(name, group):
    found = load_register().resolve(name)
    assert (found.id if found else None) == group


@pytest.mark.parametrize(
    ("country", "day", "kind"),
    [
        pytest.param("AF", date(2021, 8, 14), 2, id="rebels-the-day-before-Kabul-fell"),
        pytest.param("AF", date(2021, 8, 15), 1, id="state-forces-from-that-day"),
        pytest.param("PK", date(2021, 8, 15), 2, id="rebels-elsewhere"),
        pytest.param("AF", None, 1, id="no-day-is-now"),
    ],
)
def test_a_group_that_takes_the_state_changes_type_on_a_day(country, day, kind):
    assert load_register().type_in("taliban", country, day) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ISIS-K gunmen opened fire.", [("ISIS-K", "islamic-state-khorasan")], id="hyphen"),
        pytest.param(
            "the Islamic State in Iraq and the Levant-Khorasan (ISIL-K) said",
            [
                ("Islamic State in Iraq and the Levant-Khorasan", "islamic-state-khorasan"),
                ("ISIL-K", "islamic-state-khorasan"),
            ],
            id="longest-name-wins-and-not-the-parent",
        ),
        pytest.param("in Taliban-held areas", [("Taliban", "taliban")], id="Taliban-held-names-them"),
        pytest.param("the Taliban's fighters", [("Taliban", "taliban")], id="without-the-genitive"),
        pytest.param(
            "the Pakistani Taliban and the Taliban",
            [("Pakistani Taliban", "ttp"), ("Taliban", "taliban")],
            id="TTP-only-by-its-name",
        ),
        pytest.param(
            "THE FARABUNDO MARTI NATIONAL LIBERATION FRONT (FMLN) ATTACKED TOWNS",
            [("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "fmln"), ("FMLN", "fmln")],
            id="text-in-capitals",
        ),
        pytest.param(
            "isis-k and al shabaab attacked",
            [("isis-k", "islamic-state-khorasan"), ("al shabaab", "al-shabaab")],
            id="small-letters",
        ),
        pytest.param("ELN rebels in Colombia", [("ELN", "eln-colombia")], id="short-name-with-its-country"),
        pytest.param(
            "The People's Defence Forces (PDF) struck. A PDF unit left.",
            [("People's Defence Forces", "pdf-myanmar"), ("PDF", "pdf-myanmar"), ("PDF", "pdf-myanmar")],
            id="short-name-told-in-the-text",
        ),
        pytest.param("Read the PDF of the report. It is an ELN.", [], id="short-name-alone-is-no-group"),
        pytest.param("A letter is let go; the contras of it", [], id="small-words-are-no-abbreviations"),
        pytest.param("The Youth left the city", [], id="too-common-a-name"),
        pytest.param("Fighters of The Youth left", [("The Youth", "al-shabaab")], id="too-common-but-called-a-group"),
        pytest.param("Jeish Al Fatah and Hizballah fought.", [("Jeish Al Fatah", "jaysh-al-fatah"), ("Hizballah", "hezbollah")],
                     id="as-it-sounds"),
        pytest.param("Mujaheddin of the Jamaatul Ahrar", [("Jamaatul Ahrar", "jamaat-ul-ahrar")], id="joined-article"),
        pytest.param("The Country and its Nature", [], id="English-words-that-sound-like-a-group"),
        pytest.param("Ansar al-Sharia took Derna in Libya.", [("Ansar al-Sharia", "ansar-al-sharia-libya")],
                     id="several-groups-told-apart-by-country"),
        pytest.param("Ansar al-Sharia took the town in Yemen.", [("Ansar al-Sharia", "al-qaeda-arabian-peninsula")],
                     id="the-same-name-in-another-country"),
        pytest.param("Ansar al-Sharia said nothing.", [], id="several-groups-and-nothing-tells-which"),
        pytest.param("the People's Liberation Army (EPL) of Urabá",
                     [("People's Liberation Army", "epl-colombia"), ("EPL", "epl-colombia")],
                     id="told-by-the-short-name-beside-it"),
        pytest.param("The ELN hit a mine in Peru.", [("ELN", "eln-peru")], id="an-abbreviation-by-its-country"),
        pytest.param("ISIS in Khorasan, its Islamic State Khorasan branch, and ISIS-Libya",
                     [("ISIS", "islamic-state"), ("Islamic State Khorasan", "islamic-state-khorasan"),
                      ("ISIS-Libya", "islamic-state-libya")], id="a-province-is-not-the-whole"),
        pytest.param("Taliban gunmen attacked a school in Pakistan.", [("Taliban", "ttp")], id="the-Taliban-of-Pakistan"),
        pytest.param("Taliban fighters took Kunduz, Afghanistan; Pakistan shut the border.", [("Taliban", "taliban")],
                     id="the-Taliban-where-a-neighbour-is-named"),
        pytest.param("Mai-Mai Mazembe fought the Mai-Mai.", [("Mai-Mai Mazembe", "mai-mai-mazembe"), ("Mai-Mai", "mai-mai")],
                     id="one-of-the-Mai-Mai"),
        pytest.param("The rebels and militants fled.", [], id="the-rebels-are-nobody-by-name"),
        pytest.param("Fulani women sold milk in Nigeria.", [], id="a-people-is-no-group"),
        pytest.param("Fulani gunmen raided a village in Nigeria.", [("Fulani gunmen", "fulani-communal")],
                     id="some-of-a-people-as-a-group"),
    ],
)
def test_groups_named_in_a_text(text, expected):
    assert groups_in(text) == expected


@pytest.mark.parametrize(
    ("text", "members"),
    [
        pytest.param("Two Taliban fighters died.", True, id="fighters"),
        pytest.param("A Houthi official spoke.", True, id="official"),
        pytest.param("The Taliban took the city.", False, id="the-group"),
    ],
)
def test_its_people_are_told_from_the_group(text, members):
    document = Document(SimpleNamespace(text=text, dateline=None, written=SimpleNamespace(latest=None)))  # type: ignore[arg-type]
    find_groups(document, load_register())
    assert [m.members for m in document.groups] == [members]


@pytest.mark.parametrize(("name", "country", "groups"), [
    pytest.param("Ansar al-Sharia", None, {"al-qaeda-arabian-peninsula", "ansar-al-sharia-derna", "ansar-al-sharia-libya",
                                           "ansar-al-sharia-tunisia"}, id="all-that-are-called-so"),
    pytest.param("Ansar al-Sharia", "TN", {"ansar-al-sharia-tunisia"}, id="the-one-in-the-country"),
    pytest.param("Taliban", None, {"taliban"}, id="one"),
    pytest.param("Foobar Liberation Brigade", None, set(), id="nobody"),
])
def test_a_name_gives_its_candidates(name: str, country: str | None, groups: set[str]):
    assert {group.id for group in load_register().candidates(name, country)} == groups


@pytest.mark.parametrize(("latest", "group"), [
    pytest.param(date(1996, 5, 1), [("Harkat-ul-Ansar", "harkat-ul-mujahideen")], id="when-it-was-called-so"),
    pytest.param(date(2020, 5, 1), [("Harkat-ul-Ansar", "harkat-ul-mujahideen")], id="later-still-the-only-one"),
])
def test_a_former_name_still_means_its_group(latest: date, group: list[tuple[str, str]]):
    document = Document(SimpleNamespace(text="Harkat-ul-Ansar fought in Kashmir, India.", dateline=None,  # type: ignore[arg-type]
                                        written=SimpleNamespace(latest=latest)))
    find_groups(document, load_register())
    assert [(m.text, m.group) for m in document.groups] == group


def test_every_id_of_the_lists_is_one_groups_own():
    own = [ref for g in load_register().groups.values() for ref in g.references if ref not in g.also_listed]
    assert sorted(own) == sorted(set(own))
    assert len([ref for ref in own if ref.startswith("un:")]) >= 108
    assert len([ref for ref in own if ref.startswith("ucdp:")]) >= 317


def test_what_a_group_came_out_of_is_a_group():
    register = load_register()
    splits = [(g.id, split.group) for g in register.groups.values() for split in g.split_from]
    assert ("milf", "mnlf") in splits
    assert [pair for pair in splits if pair[1] not in register.groups or pair[0] == pair[1]] == []


def test_ids_are_small_letters_and_hyphens_and_countries_are_codes():
    import pycountry

    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    for group in load_register().groups.values():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", group.id)
        assert set(group.active_in) <= codes


def test_a_file_of_the_user_adds_and_replaces(tmp_path: Path):
    extra = tmp_path / "groups.toml"
    extra.write_text(
        '[[group]]\nid = "arden-front"\nname = "Arden Front"\ntypes = [{type = 3}]\nactive_in = ["FR"]\n'
        '[[group]]\nid = "taliban"\nname = "Taliban"\ntypes = [{type = 8}]\n',
        encoding="utf-8",
    )
    register = load_register(extra)
    found = register.resolve("the ARDEN front")
    assert found is not None
    assert found.id == "arden-front"
    assert register.type_in("taliban", "AF", None) == 8
    assert register.get("hamas") is not None


@pytest.mark.parametrize(
    "content", [pytest.param("[[group", id="not-toml"), pytest.param('[[group]]\nname = "X"\n', id="no-id")]
)
def test_a_broken_file_is_named(tmp_path: Path, content: str):
    extra = tmp_path / "groups.toml"
    extra.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"groups\.toml"):
        load_register(extra)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Islamic State " * 20_000, id="one-name-again-and-again"),
        pytest.param("'" * 200_000, id="apostrophes"),
        pytest.param("al-" * 100_000, id="articles"),
        pytest.param("a.b" * 100_000, id="one-endless-word"),
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(text):
    groups_in(text)


@pytest.mark.parametrize(("text", "recased", "found"), [
    pytest.param("THE ELN CHIEF SPOKE OF PEACE IN COLOMBIA.", "The ELN chief spoke of peace in Colombia.",
                 [("ELN", "eln-colombia")], id="letters-that-re-casing-kept"),
    pytest.param("M-19 COMMANDERS MET IN COLOMBIA.", "M-19 commanders met in Colombia.", [("M-19", "m-19")], id="with-a-number"),
    pytest.param("THIS IS THE END OF IT IN SYRIA.", "This is the end of it in Syria.", [], id="a-word-stays-a-word"),
])
def test_a_short_name_in_a_text_of_capitals_is_told_by_its_re_casing(text: str, recased: str, found: list[tuple[str, str]]):
    document = Document(SimpleNamespace(text=text, dateline=None, written=SimpleNamespace(latest=None)),  # type: ignore[arg-type]
                        SimpleNamespace(text=recased))
    find_groups(document, load_register())
    assert [(m.text, m.group) for m in document.groups] == found


def test_a_bracket_that_opened_before_a_name_ends_it():
    assert groups_in("The Islamic State (IS) group and the Communist Party of India (Maoist) fled.") == [
        ("Islamic State", "islamic-state"), ("IS", "islamic-state"), ("Communist Party of India (Maoist", "naxalites")]


@pytest.mark.parametrize("text", [
    pytest.param("The Lord's Resistance Army left.", id="the-first-word-is-everywhere"),
    pytest.param("He saw al-Shabaab's men.", id="after-an-article-and-with-a-genitive"),
    pytest.param("Harakat al Shabab al Mujahedin said so.", id="written-as-it-sounds"),
    pytest.param("In the camps the Taliban rule.", id="a-name-of-one-word"),
])
def test_a_text_names_a_group_whether_or_not_all_its_words_are_looked_at(text):
    assert names_a_group(text, load_register())
    assert groups_in(text)


def test_a_text_of_words_with_which_names_begin_names_no_group():
    assert not names_a_group("In the north the new council plans a people's park for the national youth.", load_register())
