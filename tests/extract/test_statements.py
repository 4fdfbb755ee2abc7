"""What a report says about armed groups. Groups, places and people are made up."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime

import pytest

from dateline.extract.document import Attribution, Count, Document, GroupMention, PlaceMention, TimeMention
from dateline.extract.nlp import pipeline
from dateline.extract.statements import group_statements
from dateline.records import Fetched, GroupStatement, Report, Speaker, Where, Written, span_of
from dateline.records.account import Modifier

GROUPS = {
    "Arden Liberation Front": "arden-front",
    "Arden Front": "arden-front",
    "ALF": "arden-front",
    "Ardenis": "arden-front",
    "Morrow Brigade": "morrow-brigade",
    "Red Lantern": "red-lantern",
    "Harith al-Wadi": "harith-al-wadi",
    "HAW": "harith-al-wadi",
}
PLACES = {
    "Vale Province": ("admin1", "XA"),
    "Vale": ("admin1", "XA"),
    "Morrowdale": ("city", "XA"),
    "Port Verity": ("city", "XA"),
    "Saltmarsh": ("admin2", "XA"),
    "Ardenia": ("country", "XA"),
    "Greyfell": ("admin1", "XA"),
}
TIMES = {
    "June 2020": "2020-06",
    "2018": "2018",
    "2019": "2019",
    "March 2021": "2021-03",
    "14 May 2017": "2017-05-14",
    "summer 2016": "2016-SU",
    "October 2019": "2019-10",
}
COUNTS: dict[str, tuple[int | None, int | None, int | None, Modifier]] = {
    "between 1,200 and 1,800": (1200, 1800, None, "range"),
    "approximately 900 to 1,100": (900, 1100, None, "range"),
    "around 3,000": (3000, 3000, 3000, "about"),
    "at least 500": (500, None, 500, "at_least"),
    "fewer than 400": (None, 399, 400, "up_to"),
    "some 2,000": (2000, 2000, 2000, "about"),
    "12": (12, 12, 12, "exact"),
    "3,000": (3000, 3000, 3000, "exact"),
    "up to 700": (None, 700, 700, "up_to"),
    "40": (40, 40, 40, "exact"),
    "dozens of": (None, None, None, "word"),
}


def _hits(names: object, text: str) -> list[tuple[int, int, str]]:
    """Where any of `names` stands in `text`, the longest first, none inside another."""
    alternatives = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))  # type: ignore[call-overload]
    return [(m.start(), m.end(), m.group()) for m in re.finditer(rf"(?:(?<![\w-])|(?<=anti-))(?:{alternatives})(?!\w)", text)]


def a_report(text: str) -> Report:
    return Report(
        id="R0000000000000001",
        source="made-up",
        fetched=Fetched(datetime(2022, 1, 1, tzinfo=UTC), "0" * 64),
        outlet=None,
        agency=None,
        byline=None,
        title=None,
        language="en",
        dateline=None,
        published_at=None,
        page_date=None,
        written=Written(date(2021, 8, 30), date(2021, 8, 30), (), "dateline"),
        text=text,
    )


def a_document(text: str, speaker: str | None = None) -> Document:
    """A parsed report in which the made-up names above are found; `speaker` is said to say all of it."""
    document = Document(a_report(text), pipeline()(text))
    document.groups = [GroupMention(s, e, t, GROUPS[t], False) for s, e, t in _hits(GROUPS, text)]
    for start, end, name in _hits(PLACES, text):
        kind, country = PLACES[name]
        where = Where(
            name, name, kind, country, None, None, 1.0, 2.0, 5.0, f"made-up:{name}", 1, (), (span_of(text, start, end),)
        )
        document.places.append(PlaceMention(start, end, name, where, False))
    for start, end, name in _hits(TIMES, text):
        year = date(int(TIMES[name][:4]), 1, 1)
        document.times.append(
            TimeMention(start, end, name, "DATE", TIMES[name], year, year, (), None, "month", None, False)
        )
    document.counts = [Count(s, e, t, *COUNTS[t]) for s, e, t in _hits(COUNTS, text)]
    if speaker is not None:
        who = Speaker(speaker, None, None, speaker, "monitor", None)
        document.attributions = [Attribution(0, len(text), who, 0, 0, "said", 0)]
    return document


def statements(text: str) -> list[GroupStatement]:
    return group_statements(a_document(text))


def of(attribute: str, text: str) -> list[GroupStatement]:
    return [s for s in statements(text) if s.attribute == attribute]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("The Arden Liberation Front (ALF) was formed in exile.", ["ALF"], id="letters-in-brackets"),
        pytest.param("The Arden Liberation Front, also known as the Ardenis, fled.", ["Ardenis"], id="also-known-as"),
        pytest.param(
            "Red Lantern, formerly known as the Night Watch of Vale, fled.",
            ["Night Watch of Vale"],
            id="formerly-known-as",
        ),
        pytest.param(
            "The group Red Lantern, better known as Lamplighters, fled.", ["Lamplighters"], id="better-known-as"
        ),
        pytest.param('Red Lantern now calls itself "the Free Army".', ["the Free Army"], id="calls-itself-in-quotes"),
        pytest.param("Red Lantern, which renamed itself Dawn Council, fled.", ["Dawn Council"], id="renamed-itself"),
        pytest.param("Red Lantern (Port Verity) was quiet.", [], id="a-place-in-brackets-is-no-name"),
        pytest.param("The Morrow Brigade and the Arden Front met.", [], id="two-groups-are-not-one"),
    ],
)
def test_other_names_of_a_group(text: str, names: list[str]) -> None:
    assert [s.value["name"] for s in of("alias", text)] == names


@pytest.mark.parametrize(
    ("text", "group", "name", "since", "fate"),
    [
        pytest.param(
            "Arden Front leader Omar Vell spoke on Monday.",
            "arden-front",
            "Omar Vell",
            None,
            None,
            id="leader-before-name",
        ),
        pytest.param(
            "The Arden Front's leader, Omar Vell, spoke.", "arden-front", "Omar Vell", None, None, id="possessive"
        ),
        pytest.param(
            "Omar Vell, the leader of the Arden Front, spoke.",
            "arden-front",
            "Omar Vell",
            None,
            None,
            id="name-before-office",
        ),
        pytest.param(
            "The leader of the Morrow Brigade, Sefa al-Durr, spoke.",
            "morrow-brigade",
            "Sefa al-Durr",
            None,
            None,
            id="office-of-group-name",
        ),
        pytest.param(
            "Arden Front Supreme Leader Ömer Vell spoke.", "arden-front", "Ömer Vell", None, None, id="capitals"
        ),
        pytest.param(
            "The Morrow Brigade is led by Sefa al-Durr.", "morrow-brigade", "Sefa al-Durr", None, None, id="led-by"
        ),
        pytest.param(
            "The Morrow Brigade, led by Sefa al-Durr, spoke.",
            "morrow-brigade",
            "Sefa al-Durr",
            None,
            None,
            id="led-by-in-commas",
        ),
        pytest.param(
            "Since June 2020, the Morrow Brigade has had a bold new leader, Sefa al-Durr.",
            "morrow-brigade",
            "Sefa al-Durr",
            "2020-06",
            None,
            id="new-leader-since",
        ),
        pytest.param(
            "The Arden Front named Omar Vell as its new emir in March 2021.",
            "arden-front",
            "Omar Vell",
            "2021-03",
            None,
            id="named-as-emir",
        ),
        pytest.param(
            "Omar Vell became the leader of the Arden Front in 2019.",
            "arden-front",
            "Omar Vell",
            "2019",
            None,
            id="became-leader",
        ),
        pytest.param(
            "Omar Vell has led the Arden Front since 2018.",
            "arden-front",
            "Omar Vell",
            "2018",
            None,
            id="has-led-since",
        ),
        pytest.param(
            "The Arden Front's leader, Omar Vell, was killed in October 2019.",
            "arden-front",
            "Omar Vell",
            None,
            "killed",
            id="leader-killed",
        ),
        pytest.param(
            "Troops killed Arden Front leader Omar Vell.",
            "arden-front",
            "Omar Vell",
            None,
            "killed",
            id="killed-the-leader",
        ),
        pytest.param(
            "Former Arden Front leader Omar Vell spoke.",
            "arden-front",
            "Omar Vell",
            None,
            "former",
            id="former-before-the-group",
        ),
        pytest.param(
            "The Arden Front fled. The group has had a new leader, Omar Vell, since June 2020.",
            "arden-front",
            "Omar Vell",
            "2020-06",
            None,
            id="the-group",
        ),
        pytest.param(
            "The Arden Front fled. Its leader, Omar Vell, spoke.",
            "arden-front",
            "Omar Vell",
            None,
            None,
            id="its-leader",
        ),
    ],
)
def test_who_leads(text: str, group: str, name: str, since: str | None, fate: str | None) -> None:
    [leader] = of("leader", text)
    assert (leader.group, leader.value["name"], leader.value["since"], leader.value["fate"]) == (
        group,
        name,
        since,
        fate,
    )


def test_a_killed_leader_led_until_then() -> None:
    [leader] = of("leader", "The Arden Front's leader, Omar Vell, was killed in October 2019.")
    assert leader.value["until"] == "2019-10"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Arden Front commander Omar Vell spoke.", id="commander"),
        pytest.param("Omar Vell, a senior commander of the Arden Front, spoke.", id="senior-commander"),
        pytest.param("The Arden Front's deputy leader, Omar Vell, spoke.", id="deputy-leader-is-no-leader"),
    ],
)
def test_commanders_are_not_leaders(text: str) -> None:
    assert [(s.attribute, s.value["name"]) for s in statements(text)] == [("commander", "Omar Vell")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Arden Front's leader spoke on Monday.", id="no-name"),
        pytest.param("The minister, Omar Vell, spoke of the Arden Front.", id="a-minister"),
        pytest.param("The Arden Front spokesman Omar Vell denied it.", id="a-spokesman"),
        pytest.param("Omar Vell is not the leader of the Arden Front.", id="denied"),
        pytest.param("Omar Vell may become the leader of the Arden Front.", id="only-possible"),
    ],
)
def test_no_leader_is_made_up(text: str) -> None:
    assert [s for s in statements(text) if s.attribute in ("leader", "commander")] == []


def test_a_doubtful_leader_keeps_the_doubt() -> None:
    [leader] = of("leader", "The Arden Front, believed to be led by Omar Vell, fled.")
    assert leader.value["hedge"] == "believed to"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        pytest.param("The Arden Front has between 1,200 and 1,800 fighters.", 1200, 1800, "fighters", id="has-a-range"),
        pytest.param(
            "The Arden Front is estimated to have around 3,000 men.", 3000, 3000, "men", id="estimated-to-have"
        ),
        pytest.param(
            "Although the Arden Front is assessed to retain a core of approximately 900 to 1,100 fighters, it fled.",
            900,
            1100,
            "fighters",
            id="core-group-of",
        ),
        pytest.param(
            "The Arden Front commands at least 500 armed militants.", 500, None, "militants", id="commands-at-least"
        ),
        pytest.param("The Arden Front, with some 2,000 fighters, spoke.", 2000, 2000, "fighters", id="with"),
        pytest.param("The Arden Front fled. It has fewer than 400 members.", None, 399, "members", id="it-has"),
        pytest.param("The 3,000-strong Arden Front fled.", 3000, 3000, "fighters", id="strong"),
    ],
)
def test_how_many_a_group_has(text: str, low: int | None, high: int | None, unit: str) -> None:
    [strength] = of("strength", text)
    assert (strength.group, strength.value["low"], strength.value["high"], strength.value["unit"]) == (
        "arden-front",
        low,
        high,
        unit,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Arden Front killed 40 soldiers.", id="its-victims"),
        pytest.param("The army killed 40 Arden Front fighters.", id="its-dead"),
        pytest.param("The Arden Front lost 40 fighters.", id="lost"),
        pytest.param("The Arden Front sent 40 fighters to Vale.", id="sent-on-a-raid"),
        pytest.param("The army has around 3,000 men near the Arden Front.", id="the-army-has"),
        pytest.param("The Arden Front does not have around 3,000 men.", id="denied"),
        pytest.param("The Arden Front wants to have around 3,000 men.", id="wished"),
        pytest.param("The Arden Front has dozens of fighters.", id="no-number"),
    ],
)
def test_no_strength_is_made_up(text: str) -> None:
    assert of("strength", text) == []


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param(
            "The Arden Front controls parts of Vale Province.", [("Vale Province", "control")], id="controls-parts"
        ),
        pytest.param(
            "The Arden Front is active in Vale, Greyfell and Saltmarsh.",
            [("Vale", "presence"), ("Greyfell", "presence"), ("Saltmarsh", "presence")],
            id="active-in-three",
        ),
        pytest.param("The Arden Front operates mainly in the north of Vale.", [("Vale", "presence")], id="operates-in"),
        pytest.param("Red Lantern, which is based in Port Verity, fled.", [("Port Verity", "presence")], id="based-in"),
        pytest.param(
            "The Arden Front seized Port Verity, Ardenia, on Monday.",
            [("Port Verity", "control")],
            id="the-country-is-not-seized",
        ),
        pytest.param(
            "The army moved on the Arden Front stronghold of Morrowdale.",
            [("Morrowdale", "influence")],
            id="stronghold",
        ),
        pytest.param("Shells fell on Arden Front-held Morrowdale.", [("Morrowdale", "control")], id="held"),
        pytest.param(
            "Morrowdale is under the control of the Arden Front.",
            [("Morrowdale", "control")],
            id="under-the-control-of",
        ),
        pytest.param("Morrowdale remains under Arden Front control.", [("Morrowdale", "control")], id="under-control"),
        pytest.param("The Arden Front has a foothold in Saltmarsh.", [("Saltmarsh", "presence")], id="foothold"),
        pytest.param(
            "The Arden Front lost control of Morrowdale in 2019.", [("Morrowdale", "loss")], id="lost-control"
        ),
        pytest.param("The Arden Front was driven out of Morrowdale.", [("Morrowdale", "loss")], id="driven-out"),
        pytest.param(
            "The army recaptured Morrowdale from the Arden Front.", [("Morrowdale", "loss")], id="recaptured-from"
        ),
        pytest.param("Arden Front fighters control Saltmarsh.", [("Saltmarsh", "control")], id="its-fighters-control"),
        pytest.param(
            "The Arden Front has some 2,000 fighters in small areas of Vale and Greyfell.",
            [("Vale", "presence"), ("Greyfell", "presence")],
            id="fighters-in",
        ),
    ],
)
def test_where_a_group_is(text: str, areas: list[tuple[str, str]]) -> None:
    assert [(s.value["text"], s.value["sense"]) for s in of("area", text)] == areas


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Arden Front attacked Port Verity.", id="an-attack"),
        pytest.param("The Arden Front said the army controls Vale.", id="the-army-controls"),
        pytest.param("The Arden Front wants to control Vale.", id="wished"),
        pytest.param("The Arden Front does not control Vale.", id="denied"),
        pytest.param("The Arden Front may seize Vale.", id="possible"),
        pytest.param("The army denied that the Arden Front controls Vale.", id="denied-by-another"),
        pytest.param("A bomb by the Arden Front killed 12 people in Vale.", id="mere-mention"),
        pytest.param("The army fought the Arden Front. It controls Vale.", id="it-is-the-army"),
        pytest.param(
            "Twelve people died whom the Arden Front was holding in Port Verity.", id="hostages-held-in-a-place"
        ),
        pytest.param("The army bombed an Arden Front stronghold in Ardenia.", id="a-stronghold-somewhere-in-a-country"),
    ],
)
def test_no_area_is_made_up(text: str) -> None:
    assert of("area", text) == []


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        pytest.param(
            "Red Lantern pledged allegiance to Harith al-Wadi.",
            ("red-lantern", "parent", "harith-al-wadi"),
            id="pledged-allegiance",
        ),
        pytest.param(
            "Red Lantern, an offshoot of Harith al-Wadi, fled.",
            ("red-lantern", "parent", "harith-al-wadi"),
            id="offshoot",
        ),
        pytest.param(
            "Red Lantern is the local affiliate of Harith al-Wadi.",
            ("red-lantern", "parent", "harith-al-wadi"),
            id="affiliate",
        ),
        pytest.param(
            "Red Lantern, Harith al-Wadi's local branch, fled.",
            ("red-lantern", "parent", "harith-al-wadi"),
            id="branch-after-the-name",
        ),
        pytest.param(
            "The Arden Liberation Front (ALF), which split from Red Lantern, fled.",
            ("arden-front", "split", "red-lantern"),
            id="letters-between",
        ),
        pytest.param(
            "Red Lantern and the Morrow Brigade, its ally, fled.",
            ("red-lantern", "ally", "morrow-brigade"),
            id="ally-after-the-name",
        ),
        pytest.param(
            "Harith al-Wadi's affiliate, Red Lantern, fled.",
            ("red-lantern", "parent", "harith-al-wadi"),
            id="its-affiliate",
        ),
        pytest.param(
            "Red Lantern broke away from the Arden Front in 2019.",
            ("red-lantern", "split", "arden-front"),
            id="broke-away",
        ),
        pytest.param(
            "Red Lantern, a breakaway faction of the Arden Front, fled.",
            ("red-lantern", "split", "arden-front"),
            id="breakaway",
        ),
        pytest.param(
            "Red Lantern is a bitter rival of the Arden Front.", ("red-lantern", "rival", "arden-front"), id="rival-of"
        ),
        pytest.param(
            "Red Lantern has been fighting the Arden Front.", ("red-lantern", "rival", "arden-front"), id="fights"
        ),
        pytest.param(
            "Red Lantern fighters clashed with the Arden Front.", ("red-lantern", "rival", "arden-front"), id="clashed"
        ),
        pytest.param(
            "Red Lantern is small, but it poses a greater threat to the Arden Front.",
            ("red-lantern", "rival", "arden-front"),
            id="threat-to",
        ),
        pytest.param(
            "Red Lantern wants to undermine the legitimacy of the Arden Front.",
            ("red-lantern", "rival", "arden-front"),
            id="undermine",
        ),
        pytest.param(
            "Red Lantern, allied with Harith al-Wadi, fled.",
            ("red-lantern", "ally", "harith-al-wadi"),
            id="allied-with",
        ),
        pytest.param(
            "Red Lantern and its ally, Harith al-Wadi, fled.", ("red-lantern", "ally", "harith-al-wadi"), id="its-ally"
        ),
        pytest.param(
            "Red Lantern joined forces with the Morrow Brigade.",
            ("red-lantern", "ally", "morrow-brigade"),
            id="joined-forces",
        ),
    ],
)
def test_ties_between_groups(text: str, tie: tuple[str, str, str]) -> None:
    found = [s for s in statements(text) if s.attribute in ("ally", "rival", "parent", "split")]
    assert [(s.group, s.attribute, s.value["group"]) for s in found] == [tie]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Red Lantern and the Arden Front both spoke.", id="named-together"),
        pytest.param("Red Lantern denied that it pledged allegiance to Harith al-Wadi.", id="denied"),
        pytest.param("Red Lantern is not an affiliate of Harith al-Wadi.", id="negated"),
        pytest.param("Red Lantern could join forces with the Morrow Brigade.", id="possible"),
        pytest.param("The army is fighting Red Lantern and the Arden Front.", id="the-army-fights-both"),
    ],
)
def test_no_tie_is_made_up(text: str) -> None:
    ties = [s for s in statements(text) if s.attribute in ("ally", "rival", "parent", "split")]
    assert [s for s in ties if s.value["group"] is not None] == []


@pytest.mark.parametrize(
    ("text", "of_what", "where", "when"),
    [
        pytest.param(
            "Despite territorial and financial losses during 2018 in Vale, Red Lantern continues to pose a threat.",
            ["territory", "funds"],
            "Vale",
            "2018",
            id="two-kinds",
        ),
        pytest.param(
            "Red Lantern remains weak, following setbacks that began in Greyfell in summer 2016.",
            [None],
            "Greyfell",
            "2016",
            id="setbacks",
        ),
        pytest.param(
            "Red Lantern lost 40 fighters in Saltmarsh in 2019.", ["fighters"], "Saltmarsh", "2019", id="fighters"
        ),
        pytest.param(
            "Red Lantern was driven out of Morrowdale in 2019.", ["territory"], "Morrowdale", "2019", id="driven-out"
        ),
    ],
)
def test_losses(text: str, of_what: list[str | None], where: str, when: str) -> None:
    found = of("loss", text)
    assert [s.value["of"] for s in found] == of_what
    assert {(s.value["where"] and s.value["where"]["text"], s.value["when"]) for s in found} == {(where, when)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Red Lantern inflicted heavy losses on the army.", id="the-army-lost"),
        pytest.param("The army suffered losses near Red Lantern.", id="others-losses"),
        pytest.param("The army began a campaign to deliver Red Lantern a lasting defeat.", id="only-a-purpose"),
    ],
)
def test_losses_of_others_are_not_the_groups(text: str) -> None:
    assert of("loss", text) == []


@pytest.mark.parametrize(
    ("attribute", "text", "words"),
    [
        pytest.param(
            "recruitment", "Red Lantern recruits students from camps in Vale.", "students from camps", id="recruits"
        ),
        pytest.param(
            "recruitment",
            "Red Lantern is weak, with a focus on recruitment of new supporters drawn from Ardenis.",
            "drawn from Ardenis",
            id="recruitment",
        ),
        pytest.param(
            "recruitment",
            "Red Lantern remains dangerous if it is able to recruit disaffected Ardenis.",
            "if it is able",
            id="a-condition-is-kept",
        ),
        pytest.param(
            "funding",
            "Red Lantern raises money through kidnapping and smuggling.",
            "kidnapping and smuggling",
            id="raises-money",
        ),
        pytest.param("funding", "Red Lantern is funded by traders abroad.", "traders abroad", id="is-funded-by"),
        pytest.param(
            "funding", "Red Lantern reportedly earns a large income from tolls.", "reportedly", id="the-doubt-is-kept"
        ),
        pytest.param("aim", "Red Lantern wants to create a state of its own.", "create a state", id="wants-to"),
        pytest.param(
            "aim",
            "Red Lantern has been fighting to establish a republic in Vale.",
            "establish a republic",
            id="fights-to",
        ),
        pytest.param(
            "capability", "Red Lantern has acquired armed drones and rockets.", "armed drones", id="has-acquired"
        ),
        pytest.param(
            "capability",
            "Red Lantern retains the ability to carry out attacks abroad.",
            "ability to carry out",
            id="ability-to",
        ),
        pytest.param(
            "listing",
            "Red Lantern was designated as a terrorist organisation by Ardenia in 2018.",
            "by Ardenia",
            id="designated",
        ),
        pytest.param("listing", "Red Lantern, which is banned in Ardenia, fled.", "banned in Ardenia", id="banned"),
    ],
)
def test_statements_in_the_reports_own_words(attribute: str, text: str, words: str) -> None:
    [statement] = of(attribute, text)
    assert statement.group == "red-lantern"
    assert words in statement.value["text"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Red Lantern wanted to meet the minister.", id="a-meeting-is-no-aim"),
        pytest.param("The army recruits students near Red Lantern camps.", id="the-army-recruits"),
        pytest.param("Red Lantern claimed responsibility for the attack on Port Verity.", id="a-claim"),
        pytest.param("Police shot two Red Lantern fighters on Monday.", id="an-incident"),
        pytest.param("Air strikes limited Red Lantern's ability to carry out attacks.", id="an-ability-taken-away"),
        pytest.param("Nobody spoke.", id="no-group"),
    ],
)
def test_nothing_comes_from_mere_mentions(text: str) -> None:
    assert statements(text) == []


def test_the_same_value_told_twice_is_one_statement_with_both_places() -> None:
    [leader] = of("leader", "Arden Front leader Omar Vell spoke. The Arden Front is led by Omar Vell.")
    assert len(leader.evidence) == 2


def test_a_pronoun_keeps_the_name_that_it_takes_up() -> None:
    text = "Red Lantern fled. It controls Saltmarsh."
    [area] = of("area", text)
    assert area.name == "Red Lantern"
    assert [text[s.start : s.end] for s in area.evidence] == [s.quote for s in area.evidence]
    assert "Red Lantern" in [s.quote for s in area.evidence]


def test_the_group_may_reach_back_to_the_paragraph_before() -> None:
    assert [s.group for s in of("area", "Red Lantern fled.\n\nThe group controls Saltmarsh.")] == ["red-lantern"]


def test_the_group_is_nobody_where_two_were_named_in_the_paragraph_before() -> None:
    assert of("area", "Red Lantern met the Arden Front.\n\nThe group controls Saltmarsh.") == []


def test_a_statement_has_its_speaker_and_its_day() -> None:
    [area] = [
        s
        for s in group_statements(a_document("Red Lantern controls Saltmarsh.", "Vale Monitoring Team"))
        if s.attribute == "area"
    ]
    assert (area.speaker, area.as_of.earliest, area.as_of.latest) == (
        "Vale Monitoring Team",
        "2021-08-30",
        "2021-08-30",
    )


@pytest.mark.parametrize(("speaker", "said_by"), [
    pytest.param("Vale Monitor, which", "Vale Monitor", id="a-clause-cut-short"),
    pytest.param("Tarek Olim, who heads the Vale Monitor", "Tarek Olim", id="a-whole-clause"),
    pytest.param("which", None, id="nobody-is-left"),
])
def test_a_speaker_has_no_clause_about_him(speaker: str, said_by: str | None) -> None:
    [area] = group_statements(a_document("Red Lantern controls Saltmarsh.", speaker))
    assert area.speaker == said_by


def test_ids_do_not_change_between_runs() -> None:
    text = "Red Lantern controls Saltmarsh."
    assert [s.id for s in statements(text)] == [s.id for s in statements(text)]


def test_a_report_without_groups_costs_nothing() -> None:
    document = a_document("Nobody spoke. " * 200)
    start = time.process_time()
    assert group_statements(document) == []
    assert time.process_time() - start < 0.002


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Red Lantern " * 2000, id="a-name-over-and-over"),
        pytest.param("Red Lantern controls the large " * 800 + "Vale", id="fillers-without-end"),
        pytest.param("Red Lantern " + "the new former late " * 3000, id="adjectives-without-end"),
        pytest.param("Red Lantern, led by " + "Omar " * 5000, id="a-name-without-end"),
        pytest.param("Red Lantern (" * 2000, id="brackets-that-never-close"),
        pytest.param("Red Lantern\x00 control\u202es \ufffd Vale \n\n\n ,,, and and", id="broken-characters"),
    ],
)
def test_hostile_text_ends_soon(text: str) -> None:
    document = a_document(text)
    start = time.process_time()
    group_statements(document)
    assert time.process_time() - start < 5
