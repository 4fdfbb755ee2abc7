"""The specification of the sentences of a briefing: records on the left, the exact words on the right, the rule as the id.

Read it as a desk's style guide. Places, outlets, groups and people are made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dateline.publish.brief import sentences
from dateline.publish.brief.sentences_speakers import unnamed
from dateline.publish.brief.sentences_totals import headline_of
from dateline.publish.shelters import WHY
from dateline.records import Incident
from dateline.records.briefing import Bounds, Item, Window
from dateline.records.incident import Change
from made_incidents import a_when
from made_sentences import (
    DAY,
    EVENING,
    HEALTH,
    HURT,
    LATE,
    MAYOR,
    MINISTRY,
    NEXT,
    POLICE,
    SHELL,
    VICTIM,
    Told,
    a_statement,
    about,
    an_incident_of,
    at_least,
    attacker,
    between,
    body,
    count,
    exactly,
    group,
    minister,
    more_than,
    name_of,
    nearly,
    private,
    said,
    somewhere,
    spokesman,
    texts,
    told,
    up_to,
    witness,
    word,
)

SHELLING = "Shelling in Port Verity on 12 March 2024"


def first(*reports: Told, **given: Any) -> str:
    """The first sentence of a new incident."""
    return sentences.new_lines(an_incident_of(*reports, **given), name_of)[0].text


def rest(*reports: Told, **given: Any) -> list[str]:
    """The sentences after the first one."""
    return texts(sentences.new_lines(an_incident_of(*reports, **given), name_of))[1:]


# How many, and who says so


@pytest.mark.parametrize(("figures", "sentence"), [
    pytest.param([count(exactly(95), HEALTH)], "95 killed, the Health Ministry said.", id="a-plain-number"),
    pytest.param([count(exactly(1), HEALTH)], "1 killed, the Health Ministry said.", id="one"),
    pytest.param([count(exactly(1500), HEALTH)], "1,500 killed, the Health Ministry said.", id="thousands-have-a-comma"),
    pytest.param([count(at_least(63), MINISTRY)], "at least 63 killed, the Public Health Ministry said.",
                 id="at-least-is-never-lost"),
    pytest.param([count(more_than(20), HEALTH)], "more than 20 killed, the Health Ministry said.", id="more-than-20-is-not-21"),
    pytest.param([count(nearly(200), HEALTH)], "nearly 200 killed, the Health Ministry said.", id="nearly-200-is-never-200"),
    pytest.param([count(up_to(30), HEALTH)], "up to 30 killed, the Health Ministry said.", id="up-to-30-is-never-30"),
    pytest.param([count(about(60), HEALTH)], "about 60 killed, the Health Ministry said.", id="about-60-is-never-60"),
    pytest.param([count(between(15, 20), HEALTH)], "15 to 20 killed, the Health Ministry said.", id="a-range-keeps-both-ends"),
    pytest.param([count(word("dozens"), HEALTH)], "dozens killed, the Health Ministry said.", id="a-word-stays-a-word"),
    pytest.param([count(exactly(0), HEALTH)], "nobody killed, the Health Ministry said.", id="zero-is-nobody-and-is-said"),
    pytest.param([count(exactly(9) | {"high": None}, HEALTH)], "at least 9 killed, the Health Ministry said.",
                 id="a-top-that-a-person-opened-stays-open"),
    pytest.param([count(exactly(11), body("Defence Ministry"), who="11 soldiers", side="state forces")],
                 "11 soldiers killed, the Defence Ministry said.", id="who-they-were-where-it-is-told"),
    pytest.param([count(exactly(4), HEALTH, who="four bodies")], "4 killed, the Health Ministry said.",
                 id="bodies-are-people-who-were-killed"),
    pytest.param([count(at_least(12))], "at least 12 killed, Verity Post reported.",
                 id="a-report-in-its-own-voice-is-the-outlet's"),
    pytest.param([count(at_least(63), MINISTRY, spokesman("Interior Ministry", "Aldo Marr"))],
                 "at least 63 killed, the Public Health Ministry and an Interior Ministry spokesman said.",
                 id="two-who-say-the-same-say-it-together"),
    pytest.param([count(at_least(63), MINISTRY, spokesman("Interior Ministry", "Aldo Marr"), hours=("12:00", "16:59")),
                  count(exactly(95), HEALTH, hours=EVENING)],
                 "at least 63 killed, the Public Health Ministry and an Interior Ministry spokesman said; 95 by evening, the "
                 "Health Ministry said.",
                 id="counts-that-rise-are-told-in-their-order-with-the-hour"),
    pytest.param([count(exactly(95), HEALTH, hours=EVENING), count(at_least(102), body("interior ministry"), hours=LATE)],
                 "95 killed, the Health Ministry said; at least 102 late in the evening, the interior ministry said.",
                 id="late-in-the-evening"),
    pytest.param([count(exactly(5), HEALTH, hours=("09:00", "09:00")), count(exactly(7), HEALTH, hours=("14:30", "14:30"))],
                 "5 killed, the Health Ministry said; 7 by 14:30, the Health Ministry said.", id="an-hour-that-is-told-is-kept"),
    pytest.param([count(exactly(60), HEALTH), count(exactly(77), POLICE, day=NEXT)],
                 "60 killed, the Health Ministry said; 77 by 13 Mar, police said.", id="a-count-of-the-next-day-says-so"),
    pytest.param([count(exactly(number), HEALTH, hours=(f"{hour}:00", f"{hour}:00")) for number, hour in
                  ((5, "08"), (9, "10"), (12, "12"), (20, "14"))],
                 "9 killed, the Health Ministry said; 12 by 12:00, the Health Ministry said; 20 by 14:00, the Health Ministry "
                 "said.",
                 id="the-last-three-counts-are-told"),
    pytest.param([count(exactly(7), HEALTH), count(exactly(80), group("vale-front"), who="80 soldiers", side="state forces")],
                 "7 killed, the Health Ministry said; 80 soldiers killed, the Vale Front said.",
                 id="what-a-party-says-of-its-enemy's-dead-comes-last-and-is-its-word"),
    pytest.param([count(exactly(2), POLICE, scope="part", who="two guards", side="state forces"),
                  count(exactly(5), HEALTH, scope="part", who="five students", side="civilians")],
                 "5 students killed, the Health Ministry said; 2 guards killed, police said; in all 7.",
                 id="parts-are-told-where-nobody-gives-a-total-and-what-they-come-to"),
    pytest.param([count(exactly(number), body(f"{name} Ministry")) for number, name in
                  ((5, "Health"), (9, "Interior"), (12, "Defence"), (20, "Culture"))],
                 "9 killed, the Interior Ministry said; 12, the Defence Ministry said; 20, the Culture Ministry said; "
                 "all counts: 5 to 20 (best 5).", id="more-counts-than-a-sentence-holds-still-show-their-span"),
    pytest.param([count(exactly(9), HEALTH, scope="cumulative")], None, id="a-sum-since-the-war-began-is-no-toll-of-this"),
    pytest.param([count(exactly(9), HEALTH, scope="several_incidents")], None,
                 id="a-sum-over-several-attacks-is-no-toll-of-this"),
    pytest.param([count(at_least(0), HEALTH)], None, id="at-least-none-tells-nothing"),
    pytest.param([count(word("16"), HEALTH)], None, id="a-word-with-a-digit-that-has-no-bounds-is-no-count"),
    pytest.param([count(exactly(12), HEALTH, effect="casualties", who=None)], "12 killed or injured, the Health Ministry said.",
                 id="casualties-are-not-deaths"),
])
def test_a_toll_says_how_many_and_who_says_so(figures: list[Any], sentence: str | None) -> None:
    expected = f"{SHELLING}: {sentence}" if sentence else f"{SHELLING}; no number of dead is told."
    assert first(told(*figures)) == expected


@pytest.mark.parametrize(("speaker", "words"), [
    pytest.param(body("police"), "police", id="police-have-no-article"),
    pytest.param(body("Kenya's disaster response agency"), "Kenya's disaster response agency", id="a-possessive-has-none"),
    pytest.param(body("County officials"), "county officials", id="a-capital-of-a-sentence's-beginning-goes"),
    pytest.param(spokesman("Interior Ministry", "Aldo Marr"), "an Interior Ministry spokesman",
                 id="a-spokesman-by-whom-he-is-of"),
    pytest.param(minister("Interior Minister", "Aldo Marr"), "Interior Minister Aldo Marr", id="an-office-of-one-is-named"),
    pytest.param(MAYOR, "the mayor", id="an-office-alone"),
    pytest.param(body("provincial governor"), "the provincial governor", id="an-office-of-one-has-an-article"),
    pytest.param(body("army colonel"), "an army colonel", id="an-officer-is-one-of-many"),
    pytest.param(body("Nurses at the Ana Marr hospital"), "nurses at the Ana Marr hospital", id="hospital-staff"),
    pytest.param(group("vale-front"), "the Vale Front", id="a-group-by-its-name-in-the-register"),
    pytest.param(group("taliban"), "the Taliban", id="the-taliban"),
    pytest.param(witness(None, "residents"), "residents", id="people-who-saw-it"),
    pytest.param(witness(VICTIM, f"{VICTIM}, a baker"), "a witness", id="a-witness-is-never-named"),
    pytest.param(replace(witness(HURT, f"shopkeeper {HURT}"), kind="other"), "a person quoted",
                 id="nor-is-anybody-without-an-office"),
    pytest.param(body("office of President Aldo Marr"), "the office of President Aldo Marr", id="an-office-of-somebody"),
    pytest.param(body("Coast Observatory for Human Rights"), "the Coast Observatory for Human Rights", id="a-body-for-something"),
    pytest.param(body("Ministry of Defence"), "the Ministry of Defence", id="a-ministry-of-something"),
    pytest.param(body("Human Rights Watch"), "Human Rights Watch", id="a-name-that-needs-no-article"),
    pytest.param(body("UN report"), "a UN report", id="a-report"),
    pytest.param(body("UN human rights mission"), "the UN human rights mission", id="a-mission"),
])
def test_a_speaker_is_named_by_the_office_and_nobody_private_is(speaker: Any, words: str) -> None:
    assert first(told(count(exactly(3), speaker))) == f"{SHELLING}: 3 killed, {words} said."


def test_those_who_died_later_are_added() -> None:
    later = told(count(exactly(2), HEALTH, scope="increment", day=NEXT), outlet="Hawk Wire", day=NEXT)
    assert first(told(count(exactly(63), HEALTH)), later) == (
        f"{SHELLING}: 63 killed, the Health Ministry said; 2 more by 13 Mar, the Health Ministry said; in all 65.")


def test_two_outlets_with_one_count_give_it_once_and_are_both_named() -> None:
    incident = an_incident_of(told(count(exactly(9), HEALTH)), told(count(exactly(9), HEALTH), outlet="Hawk Wire"))
    [line] = sentences.new_lines(incident, name_of)
    assert (line.text, sorted(line.outlets)) == (f"{SHELLING}: 9 killed, the Health Ministry said.", ["Hawk Wire", "Verity Post"])


def test_a_copy_of_a_wire_story_is_no_second_outlet() -> None:
    own = told(count(exactly(9), HEALTH), outlet=None, agency="Hawk Wire", id="R1")
    copy = told(count(exactly(9), HEALTH), outlet="Arden Mail", agency="Hawk Wire", id="R2", copy_of="R1")
    assert sentences.new_lines(an_incident_of(own, copy), name_of)[0].outlets == ("Hawk Wire",)


# What, where and when


@pytest.mark.parametrize(("given", "beginning"), [
    pytest.param({"kind": "suicide bomb"}, "A suicide bombing in Port Verity on 12 March 2024", id="a-kind-in-words"),
    pytest.param({"kind": "air/drone strike"}, "An air or drone strike in Port Verity on 12 March 2024",
                 id="a-strike-may-be-a-drone's"),
    pytest.param({"kind": "attack", "actors": (attacker("masked gunmen"),)},
                 "An attack by masked gunmen in Port Verity on 12 March 2024", id="attackers-as-they-are-described"),
    pytest.param({"kind": "attack", "actors": (attacker("9 others"), attacker("The attackers"))},
                 "An attack in Port Verity on 12 March 2024", id="words-that-describe-nobody-are-left"),
    pytest.param({"kind": "attack", "actors": (attacker("US forces"),)}, "An attack by US forces in Port Verity on 12 March 2024",
                 id="a-name-among-them-keeps-its-capitals"),
    pytest.param({"status": "attempted", "kind": "suicide bomb"}, "An attempted suicide bombing in Port Verity on 12 March 2024",
                 id="attempted"),
    pytest.param({"status": "foiled", "kind": "attack"}, "A foiled attack in Port Verity on 12 March 2024", id="foiled"),
    pytest.param({"where": somewhere(country="ML")}, "Shelling in Port Verity, Mali, on 12 March 2024", id="with-its-country"),
    pytest.param({"where": somewhere(precision=2)}, "Shelling in or near Port Verity on 12 March 2024", id="near-a-place"),
    pytest.param({"where": somewhere(name="Verity", precision=3)},
                 "Shelling somewhere in the district of Verity on 12 March 2024", id="somewhere-in-a-district"),
    pytest.param({"where": somewhere(name="Verity Province", precision=4)},
                 "Shelling somewhere in Verity Province on 12 March 2024", id="a-province-that-says-so-itself"),
    pytest.param({"where": somewhere(name=None, text="the country", country="ML", precision=6, lat=None, lon=None)},
                 "Shelling somewhere in Mali on 12 March 2024", id="only-the-country-is-known"),
    pytest.param({"where": somewhere(name="Bay of Arden", precision=7)},
                 "Shelling at sea or in the air, Bay of Arden, on 12 March 2024", id="at-sea"),
    pytest.param({"where": somewhere(name=None, lat=None, lon=None, precision=None, text="Verity", unplaced="2 places fit")},
                 "Shelling at a place that is not known, which reports call “Verity”, on 12 March 2024",
                 id="a-place-that-is-not-known-is-not-guessed"),
    pytest.param({"where": somewhere(name="Verity", text="Verity", kind="admin2", precision=3, lat=None, lon=None, unplaced=WHY)},
                 "Shelling in the district of Verity (shown by its district) on 12 March 2024",
                 id="a-shelter-is-told-by-its-district"),
    pytest.param({"where": somewhere(name="Arden airport", kind="airport")}, "Shelling at Arden airport on 12 March 2024",
                 id="at-a-site"),
    pytest.param({"when": a_when(earliest=date(2024, 3, 11), latest=DAY, precision="days")},
                 "Shelling in Port Verity on a day from 11 to 12 March 2024", id="one-of-two-days"),
    pytest.param({"when": a_when(earliest=date(2024, 2, 28), latest=date(2024, 3, 5), best=date(2024, 3, 1), precision="week")},
                 "Shelling in Port Verity on a day from 28 February to 5 March 2024", id="a-best-day-does-not-hide-the-doubt"),
    pytest.param({"when": a_when(earliest=date(2023, 1, 1), latest=date(2023, 12, 31), precision="year")},
                 "Shelling in Port Verity in 2023", id="only-the-year"),
    pytest.param({"when": a_when(earliest=date(2023, 5, 1), latest=date(2023, 5, 31), precision="month")},
                 "Shelling in Port Verity in May 2023", id="only-the-month"),
    pytest.param({"when": a_when(earliest=date(2020, 8, 26), latest=date(2022, 8, 26),
                                 candidates=(date(2020, 8, 26), date(2021, 8, 26), date(2022, 8, 26)))},
                 "Shelling in Port Verity on 26 August 2020, 2021 or 2022", id="a-day-whose-year-is-not-known"),
    pytest.param({"when": a_when(latest=DAY)}, "Shelling in Port Verity on or before 12 March 2024", id="on-or-before"),
    pytest.param({"when": a_when()}, "Shelling in Port Verity on a day that is not known", id="no-day-at-all"),
    pytest.param({"when": a_when(earliest=DAY, latest=DAY, best=DAY, precision="day", start=DAY, end=date(2024, 3, 14))},
                 "Shelling in Port Verity from 12 to 14 March 2024", id="it-lasted-three-days"),
])
def test_a_lead_keeps_the_doubt_of_place_and_day(given: dict[str, Any], beginning: str) -> None:
    reports = told(count(exactly(3), HEALTH))
    status = given.get("status", "happened")
    assert first(reports, **{**given, "status": status}) == f"{beginning}: 3 killed, the Health Ministry said."


@pytest.mark.parametrize(("given", "sentence"), [
    pytest.param({}, f"{SHELLING}; no number of dead is told.", id="no-number-is-not-zero"),
    pytest.param({"kind": "abduction/forced disappearance"}, "An abduction in Port Verity on 12 March 2024.",
                 id="nor-how-many-died-in-an-abduction"),
    pytest.param({"kind": "agreement"}, "An agreement in Port Verity on 12 March 2024.",
                 id="nobody-asks-for-the-dead-of-an-agreement"),
    pytest.param({"told_as": "background"},
                 "Known from background only: shelling in Port Verity on 12 March 2024; no number of dead is told.",
                 id="known-from-background-only"),
    pytest.param({"status": "alleged"}, f"{SHELLING}, one side alone alleges; no number of dead is told.", id="one-side-alone"),
])
def test_what_is_not_told_is_said_to_be_untold(given: dict[str, Any], sentence: str) -> None:
    assert first(told(), **given) == sentence


def test_an_abduction_tells_first_who_was_taken() -> None:
    report = told(count(at_least(20), POLICE, effect="abducted", who="20 students"), kind="abduction/forced disappearance")
    assert first(report) == "An abduction in Port Verity on 12 March 2024: at least 20 students abducted, police said."
    assert rest(report) == []


def test_what_one_side_alone_tells_is_alleged_and_its_word_is_told_once() -> None:
    speaker = body("Defence Ministry", "state:XA")
    assert first(told(count(exactly(12), speaker), status="alleged")) == (
        f"{SHELLING}, the Defence Ministry alone alleges: 12 killed.")


def test_what_a_group_claims_and_nobody_else_tells_is_alleged() -> None:
    assert first(told(status="alleged", responsibility=(said("claimed", "vale-front"),))) == (
        f"{SHELLING}, the Vale Front alone alleges; no number of dead is told.")


# What became of others


@pytest.mark.parametrize(("figure", "sentence"), [
    pytest.param(count(nearly(200), HEALTH, effect="injured"), "Nearly 200 injured, the Health Ministry said.", id="the-injured"),
    pytest.param(count(at_least(20), POLICE, effect="abducted", who="20 students"), "At least 20 students abducted, police said.",
                 id="the-abducted"),
    pytest.param(count(exactly(3000), body("UN mission"), effect="displaced"), "3,000 displaced, the UN mission said.",
                 id="the-displaced"),
    pytest.param(count(exactly(2), POLICE, effect="arrested", who="two suspects"), "2 suspects arrested, police said.",
                 id="the-arrested"),
    pytest.param(count(exactly(4), POLICE, who="four attackers", side="armed group", of="a-gunmen"),
                 "Of the attackers: 4 killed, police said.", id="attackers-are-told-apart"),
])
def test_others_have_a_sentence_of_their_own(figure: Any, sentence: str) -> None:
    report = told(count(exactly(3), HEALTH), figure, actors=(attacker("gunmen", id="a-gunmen"),))
    assert rest(report) == [sentence]


# Who is said to have done it


@pytest.mark.parametrize(("words", "sentence"), [
    pytest.param([said("claimed", "taliban")], "The Taliban said that it was theirs.", id="a-claim-is-the-group's-word"),
    pytest.param([said("claimed", "vale-front", by="Vale Front spokesman")], "The Vale Front said that it was theirs.",
                 id="its-spokesman-is-the-group"),
    pytest.param([said("claimed", "vale-front", by="Hawk Monitor")],
                 "The Vale Front said that it was theirs, Hawk Monitor said.", id="a-claim-that-somebody-else-passes-on"),
    pytest.param([said("admitted", "coast-army")], "The Coast Army admitted having done it.", id="admitted"),
    pytest.param([said("denied", "vale-front")], "The Vale Front denied having done it.", id="denied"),
    pytest.param([said("withdrawn", "vale-front")], "The Vale Front took back the claim that it was theirs.", id="withdrawn"),
    pytest.param([said("blamed", "vale-front", by="police")], "Police blamed the Vale Front.", id="blame-is-somebody's"),
    pytest.param([said("blamed", "vale-front")], "The Vale Front is blamed, Verity Post reported.", id="blame-without-a-speaker"),
    pytest.param([said("suspected", "vale-front", by="police")], "Police suspected the Vale Front.",
                 id="suspicion-is-somebody's"),
    pytest.param([said("suspected", "taliban")], "The Taliban are suspected, Verity Post reported.",
                 id="suspected-is-never-stated"),
    pytest.param([said("claimed", "vale-front", by="No group")], "Nobody had claimed it when Verity Post reported.",
                 id="what-no-group-claimed-is-no-claim"),
    pytest.param([said("none_claimed", None)], "Nobody had claimed it when Verity Post reported.", id="nobody-claimed-it"),
])
def test_who_did_it_is_what_somebody_says(words: list[Any], sentence: str) -> None:
    assert rest(told(count(exactly(3), HEALTH), responsibility=tuple(words))) == [sentence]


def test_rivals_who_claim_one_attack_are_both_told() -> None:
    report = told(count(exactly(3), HEALTH), responsibility=(said("claimed", "coast-army"), said("claimed", "vale-front")))
    assert rest(report) == ["The Coast Army said that it was theirs.", "The Vale Front said that it was theirs."]


def test_a_claim_and_its_denial_are_both_told() -> None:
    both = (said("blamed", "vale-front", by="police"), said("denied", "vale-front"))
    report = told(count(exactly(3), HEALTH), responsibility=both)
    assert rest(report) == ["The Vale Front denied having done it.", "Police blamed the Vale Front."]


def test_that_nobody_claimed_it_is_not_told_once_somebody_has() -> None:
    early = told(count(exactly(3), HEALTH), responsibility=(said("none_claimed", None),))
    later = told(responsibility=(said("claimed", "vale-front"),), outlet="Hawk Wire")
    assert rest(early, later) == ["The Vale Front said that it was theirs."]


def test_a_report_that_calls_a_group_the_attackers_is_named() -> None:
    fighters = attacker("Vale Front fighters", group="vale-front", organisation="Vale Front")
    report = told(count(exactly(3), HEALTH), actors=(fighters,))
    assert rest(report) == ["Verity Post named the Vale Front as the attackers."]


# What changed, and why


def changed(before: list[Told], after: list[Told], by_hand: tuple[Change, ...] = (), **given: Any) -> list[str]:
    old, new = an_incident_of(*before), an_incident_of(*before, *after, **given)
    fresh = frozenset(one.report.id for one in after)
    return texts(sentences.change_lines(old, new, fresh, by_hand, name_of))


OLD = [told(count(exactly(63), MINISTRY))]


@pytest.mark.parametrize(("figure", "sentence"), [
    pytest.param(count(exactly(95), HEALTH, day=NEXT), "Toll 63 -> 95: a later count by the Health Ministry.",
                 id="a-later-count-and-whose"),
    pytest.param(count(at_least(95), HEALTH, day=NEXT), "Toll 63 -> at least 95: a later count by the Health Ministry.",
                 id="an-open-top-stays-open"),
    pytest.param(count(exactly(60), MINISTRY, day=NEXT), "Toll 63 -> 60: a later count by the Public Health Ministry.",
                 id="a-toll-may-fall"),
    pytest.param(count(exactly(95), group("vale-front"), who="95 soldiers", side="state forces", day=NEXT),
                 "Toll 63 -> 63 to 95 (best 63): what the Vale Front said of the other side's dead.",
                 id="what-an-enemy-says-moves-the-top-alone"),
    pytest.param(count(exactly(2), MINISTRY, scope="increment", day=NEXT),
                 "Toll 63 -> 65: the Public Health Ministry added to the count.", id="two-more-died"),
    pytest.param(count(exactly(12), MINISTRY, effect="injured", day=NEXT),
                 "Injured no number -> 12: a first count by the Public Health Ministry.", id="a-first-count-of-the-injured"),
])
def test_a_change_says_from_what_to_what_and_why(figure: Any, sentence: str) -> None:
    assert changed(OLD, [told(figure, outlet="Hawk Wire", day=NEXT)]) == [sentence]


def test_a_correction_is_called_one() -> None:
    corrected = count(exactly(36), MINISTRY, day=NEXT)
    notice = told(corrected, id="R2", day=NEXT, version_of=OLD[0].report.id, update_kind="correction")
    assert changed(OLD, [notice]) == ["Toll 63 -> 36: a correction by Verity Post."]


def test_a_report_that_is_withdrawn_takes_its_count_with_it() -> None:
    notice = told(id="R2", day=NEXT, version_of=OLD[0].report.id, update_kind="retraction")
    assert changed(OLD, [notice]) == ["Toll 63 -> no number: a retraction by Verity Post."]


def test_the_same_count_again_is_no_change() -> None:
    assert changed(OLD, [told(count(exactly(63), MINISTRY, day=NEXT), outlet="Hawk Wire", day=NEXT)]) == []


def test_a_report_that_gives_no_count_changes_no_toll() -> None:
    assert changed(OLD, [told(outlet="Hawk Wire", day=NEXT)]) == []


def test_what_one_side_told_and_others_tell_now_is_no_longer_alleged() -> None:
    alone = told(count(exactly(12), body("Defence Ministry", "state:XA")), status="alleged")
    assert "No longer the word of one side alone." in changed([alone], [told(outlet="Hawk Wire", day=NEXT)])


def test_what_was_background_and_is_news_now_says_so() -> None:
    assert changed([told(told_as="background")], [told(outlet="Hawk Wire", day=NEXT)]) == [
        "Known from background before, now told as news."]


def test_a_place_that_becomes_known_is_a_change() -> None:
    vague = told(where=somewhere(name="Verity", kind="admin1", precision=4))
    sharp = told(where=somewhere(admin1="Verity"), outlet="Hawk Wire", day=NEXT)
    assert changed([vague], [sharp], where=somewhere()) == ["Place: the province of Verity -> Port Verity."]


def test_a_day_that_becomes_known_is_a_change() -> None:
    vague = told(when=a_when(earliest=date(2024, 3, 10), latest=DAY, precision="days", text="this week"))
    assert changed([vague], [told(outlet="Hawk Wire", day=NEXT)]) == ["Day: 10-12 Mar 2024 -> 12 Mar 2024."]


def test_another_kind_is_a_change() -> None:
    assert changed(OLD, [told(outlet="Hawk Wire", day=NEXT)], kind="air/drone strike") == ["Kind: shelling -> air strike."]


@pytest.mark.parametrize(("what", "sentences_"), [
    pytest.param("corrected where (event 3)", ["Corrected by hand: the place."], id="a-place"),
    pytest.param("corrected figures.F1.count of account 2 (event 3)", ["Corrected by hand: a count."], id="a-count"),
    pytest.param("merged DTL-1 and DTL-2 (event 3)", ["Put together by hand: two incidents are now held for one."], id="a-merge"),
    pytest.param("split 1 of 3 accounts off DTL-1 (event 3)",
                 ["Taken apart by hand: some of its reports are now held to tell of another incident."], id="a-split"),
    pytest.param("rejected (event 3)", ["Rejected by hand: it is no longer held to be an incident."], id="a-rejection"),
    pytest.param("undid event 2, correct (event 3)", ["Taken back by hand: an earlier decision on it."], id="an-undo"),
    pytest.param("assigned to Ana (event 3)", [], id="who-works-on-it-concerns-the-desk-alone"),
    pytest.param("asked Ben (event 3)", [], id="what-is-asked-concerns-the-desk-alone"),
    pytest.param("accepted (event 3)", [], id="an-approval-changes-no-fact"),
])
def test_what_a_person_changed_is_told_without_the_person(what: str, sentences_: list[str]) -> None:
    line = Change(datetime(2024, 3, 13, tzinfo=UTC), what, "Ana", "because of Ben")
    assert changed(OLD, [], (line,)) == sentences_


# What stays open


def open_of(*reports: Told, **given: Any) -> list[str]:
    return texts(sentences.uncertain_lines(an_incident_of(*reports, **given), name_of))


@pytest.mark.parametrize(("reports", "given", "lines"), [
    pytest.param([told(count(exactly(3), HEALTH))], {}, [], id="nothing-open"),
    pytest.param([told()], {"status": "alleged"}, ["One side alone tells of it."], id="one-side's-word"),
    pytest.param([told()], {"when": a_when()}, ["Its day is not known."], id="no-day"),
    pytest.param([told()], {"when": a_when(earliest=date(2024, 3, 11), latest=DAY)},
                 ["Its day is not settled: 11-12 Mar 2024."], id="one-of-several-days"),
    pytest.param([told()], {"where": somewhere(name=None, lat=None, lon=None, unplaced="2 places fit")},
                 ["Its place is not known."], id="no-place"),
    pytest.param([told(actors=(attacker("a bomber", number=1),)),
                  told(actors=(attacker("five bombers", number=5),), outlet="Hawk Wire")],
                 {}, ["Sources differ on the number of attackers: 5 by Hawk Wire; 1 by Verity Post."],
                 id="a-disagreement-with-who-holds-what"),
    pytest.param([told(actors=(attacker("fighters", group="vale-front"),)),
                  told(actors=(attacker("soldiers", group="coast-army"),), outlet="Hawk Wire")], {},
                 ["Sources differ on the attackers: Coast Army by Hawk Wire; Vale Front by Verity Post."],
                 id="who-did-it-by-name"),
    pytest.param([told(), told(when=a_when(earliest=NEXT, latest=NEXT, best=NEXT, precision="day", text="13 March"),
                               outlet="Hawk Wire")], {},
                 ["Sources differ on the day: 13 Mar 2024 by Hawk Wire; 12 Mar 2024 by Verity Post."], id="the-day"),
    pytest.param([told(kind=SHELL), told(kind="attack", outlet="Hawk Wire")], {},
                 ["Sources differ on what it was: attack by Hawk Wire; shelling by Verity Post."], id="what-it-was"),
    pytest.param([told(kind=SHELL), told(kind="air/drone strike", outlet="Hawk Wire")], {}, [],
                 id="two-words-for-one-kind-of-thing-are-no-disagreement"),
])
def test_what_stays_open_is_said(reports: list[Told], given: dict[str, Any], lines: list[str]) -> None:
    assert open_of(*reports, **given) == lines


# Armed groups


@pytest.mark.parametrize(("attribute", "value", "by", "sentence"), [
    pytest.param("strength", {"low": 1500, "high": 2200, "modifier": "range", "unit": "fighters"}, "a UN report",
                 "A UN report put the Vale Front at 1,500 to 2,200 fighters, as of 12 March 2024.",
                 id="a-strength-who-and-as-of-when"),
    pytest.param("strength", {"low": 300, "high": None, "modifier": "at_least", "value": 300, "unit": "men"}, None,
                 "Verity Post gave the Vale Front at least 300 men, as of 12 March 2024.", id="a-strength-with-an-open-top"),
    pytest.param("leader", {"name": "Aldo Marr"}, None, "Verity Post named Aldo Marr as leader of the Vale Front.",
                 id="a-leader"),
    pytest.param("leader", {"name": "Aldo Marr", "fate": "killed"}, "police",
                 "Police named Aldo Marr (killed) as leader of the Vale Front.", id="a-leader-and-what-became-of-him"),
    pytest.param("split", {"group": "coast-army", "name": "Coast Army"}, None,
                 "Verity Post reported that the Vale Front split from the Coast Army.", id="a-split"),
    pytest.param("parent", {"group": "coast-army", "name": "Coast Army"}, "police",
                 "Police called the Vale Front a part of the Coast Army.", id="a-parent"),
    pytest.param("ally", {"group": None, "name": "Bay League"}, None,
                 "Verity Post called Bay League an ally of the Vale Front.", id="an-ally-that-no-register-has"),
    pytest.param("area", {"text": "Port Verity", "sense": "control"}, "police",
                 "Police said that the Vale Front controls Port Verity.", id="ground-it-holds"),
    pytest.param("area", {"text": "Port Verity", "sense": "loss"}, "Vale Front",
                 "The Vale Front said that it lost Port Verity.", id="what-a-group-says-of-itself"),
    pytest.param("listing", {"text": "put on the list of sanctions", "when": None}, "UN report",
                 "A UN report said on the listing of the Vale Front: “put on the list of sanctions”.",
                 id="words-of-a-report-stand-in-quotes"),
])
def test_a_statement_about_a_group_says_who_says_so(attribute: str, value: dict[str, Any], by: str | None, sentence: str) -> None:
    speakers = (by,) if by else ()
    line = sentences.statement_line(a_statement(attribute, value, by), speakers, ("Verity Post",), name_of, DAY)
    assert line.text == sentence


def test_a_statement_of_another_day_says_of_which_it_is() -> None:
    led = a_statement("leader", {"name": "Aldo Marr"}, as_of="2021-05-01")
    line = sentences.statement_line(led, (), ("Verity Post",), name_of, DAY)
    assert line.text == "Verity Post named Aldo Marr as leader of the Vale Front, as of 1 May 2021."


# Names that are withheld


@pytest.mark.parametrize("report", [
    pytest.param(told(count(exactly(1), HEALTH, who=VICTIM), sensitive=(private(VICTIM),)), id="a-victim-counted-by-name"),
    pytest.param(told(count(exactly(1), witness(VICTIM, f"{VICTIM}, a baker"))), id="a-witness-who-counts"),
    pytest.param(told(responsibility=(said("blamed", None, by=VICTIM, text=f"{HURT} is blamed"),), sensitive=(private(VICTIM),),
                      actors=(attacker(HURT, person=HURT, certainty="blamed"),)), id="a-suspect-and-who-blames-him"),
    pytest.param(told(responsibility=(said("suspected", None, text=f"{HURT} is suspected"),),
                      actors=(attacker(HURT, person=HURT, certainty="suspected"),)), id="a-suspect"),
    pytest.param(told(where=somewhere(text=f"the home of {VICTIM}", name=None, lat=None, lon=None, unplaced="nothing fits"),
                      sensitive=(private(VICTIM),)), id="a-home-named-after-her"),
])
def test_no_victim_witness_or_suspect_is_named(report: Told) -> None:
    lines = sentences.new_lines(an_incident_of(report), name_of)
    shown = " ".join([sentences.heading(an_incident_of(report)), *texts(lines)])
    assert not {"Selda", "Oarewyn", "Tam", "Quillip", "█"} & set(shown.replace(",", " ").replace(".", " ").split())
    assert "█" not in shown


def test_a_suspect_is_a_person_whose_name_is_withheld() -> None:
    report = told(count(exactly(3), HEALTH), responsibility=(said("suspected", None, by="police", text=f"{HURT} is suspected"),),
                  actors=(attacker(HURT, person=HURT, certainty="suspected"),))
    assert rest(report) == ["Police suspected a person (name withheld)."]


# Headings, titles and the numbers above


@pytest.mark.parametrize(("given", "heading"), [
    pytest.param({}, "Shelling, Port Verity, 12 Mar 2024", id="what-where-when"),
    pytest.param({"status": "alleged"}, "Shelling (alleged), Port Verity, 12 Mar 2024", id="what-one-side-alleges-is-marked"),
    pytest.param({"status": "foiled"}, "Foiled shelling, Port Verity, 12 Mar 2024",
                 id="what-did-not-happen-is-not-headed-as-if-it-had"),
    pytest.param({"told_as": "background"}, "Shelling (background), Port Verity, 12 Mar 2024", id="background-is-marked"),
    pytest.param({"where": somewhere(country="ML", precision=2)}, "Shelling, near Port Verity, Mali, 12 Mar 2024", id="near"),
    pytest.param({"where": somewhere(name=None, text=None, lat=None, lon=None, unplaced="2 places fit"), "when": a_when()},
                 "Shelling, place unknown, day unknown", id="what-is-not-known-is-said"),
])
def test_a_heading_says_what_where_and_when(given: dict[str, Any], heading: str) -> None:
    assert sentences.heading(an_incident_of(told(), **given)) == heading


def an_item(number: int, killed: Bounds, **given: Any) -> Item:
    fields: dict[str, Any] = {"section": "new", "path": "/", "heading": "", "lines": (), "importance": 1.0,
                              "incident": f"DTL-{number}", "killed": killed, "injured": Bounds(None, None, None), "counts": True,
                              "status": "happened", "country": "ML"}
    return Item(id=f"DTL-{number}", **{**fields, **given})


TEN, OPEN, NOTHING = Bounds(10, 10, 10), Bounds(5, 5, None), Bounds(None, None, None)


@pytest.mark.parametrize(("items", "headline"), [
    pytest.param([an_item(1, TEN)], ["1 new incident: 10 killed."], id="one"),
    pytest.param([an_item(1, TEN), an_item(2, OPEN, country="NE")], ["2 new incidents in 2 countries: at least 15 killed."],
                 id="an-open-top-leaves-the-sum-open"),
    pytest.param([an_item(1, TEN), an_item(2, Bounds(4, 6, 8))], ["2 new incidents: 14 to 18 killed (best estimate 16)."],
                 id="a-span-stays-a-span"),
    pytest.param([an_item(1, TEN), an_item(2, NOTHING)],
                 ["2 new incidents: at least 10 killed.", "Of 1 of them no number of dead is told."], id="no-number-is-not-zero"),
    pytest.param([an_item(1, NOTHING)], ["1 new incident: no number of dead or injured is told."], id="nobody-counted"),
    pytest.param([an_item(1, TEN), an_item(2, Bounds(90, 90, 90), status="alleged", counts=False)],
                 ["1 new incident: 10 killed.", "1 incident alleged by one side alone is in no number."],
                 id="an-alleged-incident-is-in-no-number"),
    pytest.param([an_item(1, TEN), an_item(2, Bounds(67, 67, None), counts=False)],
                 ["1 new incident: 10 killed.", "1 earlier incident known from background only is in no number."],
                 id="nor-is-what-is-only-background"),
    pytest.param([an_item(1, TEN, section="changed", counts=False), an_item(2, TEN, section="claims", counts=False)],
                 ["1 older incident changed.", "1 older incident was newly claimed or denied."],
                 id="older-ones-are-counted-apart"),
    pytest.param([], [], id="nothing-new-has-no-headline"),
])
def test_headline_numbers_keep_their_doubt(items: list[Item], headline: list[str]) -> None:
    assert list(sentences.headline_of(items)) == headline


@pytest.mark.parametrize(("frequency", "days", "title"), [
    pytest.param("daily", (DAY, DAY), "Daily briefing, 12 March 2024", id="a-day"),
    pytest.param("weekly", (date(2024, 3, 6), DAY), "Weekly briefing, 6 to 12 March 2024", id="a-week"),
    pytest.param("weekly", (date(2023, 12, 28), date(2024, 1, 3)), "Weekly briefing, 28 December 2023 to 3 January 2024",
                 id="over-the-new-year"),
])
def test_a_title_says_which_days(frequency: Any, days: tuple[date, date], title: str) -> None:
    assert sentences.title_of(frequency, Window(*days)) == title


def test_what_was_withheld_is_counted_once_an_incident() -> None:
    one = an_item(1, TEN, withheld=2, passages=1, sheltered=True)
    assert sentences.withheld_of([one, replace(one, id="DTL-1/uncertain", section="uncertain")]) == (
        "2 names withheld (victims, witnesses, suspects); 1 passage withheld (minors, detainees, sexual violence); "
        "1 shelter shown by district")


def test_the_incident_of_the_tests_is_what_they_say() -> None:
    incident: Incident = an_incident_of(told(count(exactly(3), HEALTH)))
    assert (incident.kind, incident.status, incident.where.name, incident.when.best) == (SHELL, "happened", "Port Verity", DAY)


@pytest.mark.parametrize(("tolls", "words"), [
    pytest.param([Bounds(0, 0, 0), Bounds(None, None, None)], "no number of dead or injured is told", id="nobody-and-untold"),
    pytest.param([Bounds(None, 200, 200), Bounds(5, 5, 5)], "5 to 205 killed", id="up-to-has-no-best-of-its-own"),
    pytest.param([Bounds(5, 5, None), Bounds(4, 6, 8)], "at least 9 killed", id="nor-has-at-least"),
    pytest.param([Bounds(47, 60, 80), Bounds(3, 3, 3)], "50 to 83 killed (best estimate 63)", id="bests-are-added"),
])
def test_a_headline_has_no_best_estimate_that_nobody_gave(tolls, words):
    items = [an_item(number, toll) for number, toll in enumerate(tolls, 1)]
    assert headline_of(items)[0] == f"2 new incidents: {words}."


@pytest.mark.parametrize(("speaker", "words"), [
    pytest.param("Resident Oare Moss", "a resident", id="a-resident-by-name"),
    pytest.param("Oare Moss, a shopkeeper", "a shopkeeper", id="a-name-and-a-trade"),
    pytest.param("residents", "residents", id="residents"),
    pytest.param("a survivor", "a survivor", id="a-survivor-without-a-name"),
    pytest.param("Health Ministry spokesman Oare Moss", "Health Ministry spokesman Oare Moss", id="who-speaks-for-a-body"),
    pytest.param("Students' Union", "Students' Union", id="a-union"),
])
def test_who_speaks_for_themselves_is_not_named(speaker, words):
    assert unnamed(speaker) == words
