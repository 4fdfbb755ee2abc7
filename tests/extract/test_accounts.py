"""Accounts: what one report says about one incident, from sentence to record."""

from datetime import UTC, date, datetime

import pytest

from dateline.extract import extract
from helpers import a_report

PUBLISHED = datetime(2018, 1, 27, tzinfo=UTC)                     # a Saturday


def accounts_of(text, **given):
    return extract(a_report(text, published_at=PUBLISHED, **given)).accounts


def test_an_incident_is_not_placed_at_the_dateline():
    [account] = accounts_of("KABUL, Jan 27 (HWK) - A bomb killed four people in Kunduz on Friday.")
    assert (account.where.name, account.when.best) == ("Kunduz", date(2018, 1, 26))


def test_two_attacks_in_one_report_are_two_accounts():
    first, second = accounts_of(
        "A suicide bomber killed 12 people in Kabul on Friday, police said. Separately, two soldiers were killed when a "
        "roadside bomb exploded in Kunduz on Thursday.")
    assert (first.kind, first.where.name, [f.value for f in first.figures]) == ("suicide bomb", "Kabul", [12])
    assert (second.kind, second.where.name, [f.value for f in second.figures]) == (
        "remote explosive/landmine/ied", "Kunduz", [2])


def test_attacks_in_a_quarter_of_one_town_and_in_a_town_beside_it_are_two_accounts():
    said = ("BAMAKO, 3 May 2023 (HWK) - On Wednesday gunmen attacked a police post in the Oumbala neighbourhood of this capital, "
            "killing two officers. On Wednesday a bomb exploded in Koulikoro, 60 km east of here.")
    assert [a.where.name for a in accounts_of(said)] == ["Bamako", "Koulikoro"]


def test_the_attack_told_again_is_the_same_account():
    [account] = accounts_of(
        "Gunmen attacked a hotel in Kabul on Friday. At least six people were killed in the attack, the Health Ministry said.")
    [figure] = account.figures
    assert (figure.effect, figure.low, figure.high, figure.speaker) == ("killed", 6, None, "Health Ministry")


def test_what_came_a_week_before_is_background_with_a_day_of_its_own():
    news, before = accounts_of(
        "A blast in Kabul on Saturday killed 40 people. It came two weeks after gunmen stormed a hotel in Kabul and killed 20 "
        "people.")
    assert (news.told_as, before.told_as) == ("news", "background")
    assert [f.value for f in news.figures] == [40]
    assert before.when.earliest <= date(2018, 1, 13) <= before.when.latest


def test_that_assault_points_back_to_what_was_told_last():
    _, before = accounts_of(
        "A bomb exploded in Kabul on Saturday. Seven days earlier gunmen stormed a hotel in the city. At least 22 people died in "
        "that assault.")
    assert [(f.low, f.effect) for f in before.figures] == [(22, "killed")]


@pytest.mark.parametrize(("text", "told_as"), [
    pytest.param("The town marked on Saturday the first anniversary of the attack in which gunmen killed nine people.",
                 "anniversary", id="anniversary"),
    pytest.param("A court in Kabul sentenced two men for the 2009 massacre of 30 villagers.", "legal", id="trial"),
    pytest.param("In the film, gunmen attack a village and kill 30 people.", "other", id="film"),
])
def test_what_is_told_as_something_else_than_news(text, told_as):
    assert {a.told_as for a in accounts_of(text)} == {told_as}


def test_the_day_of_an_anniversary_is_not_the_day_of_the_attack():
    [account] = accounts_of("Kenya marked on Saturday the anniversary of the attack in which gunmen killed 147 people.")
    assert account.when.best is None


@pytest.mark.parametrize(("text", "status"), [
    pytest.param("The Taliban threatened to attack the city of Kunduz.", "threatened", id="threat"),
    pytest.param("The army said its troops had killed 30 rebels in Kunduz on Friday.", "alleged", id="only-a-party-says-so"),
    pytest.param("The United Nations said that 30 villagers were killed in Kunduz on Friday.", "happened", id="no-party-says-so"),
    pytest.param("Militants tried to kidnap the mayor of Kunduz on Friday.", "attempted", id="attempt"),
])
def test_how_surely_it_happened(text, status):
    assert [a.status for a in accounts_of(text)] == [status]


def test_a_war_as_a_whole_is_no_incident_and_its_count_is_cumulative():
    [account] = accounts_of(
        "Shelling killed three people in Aleppo on Friday. More than 300,000 people have been killed since 2011.")
    assert [(f.value, f.scope) for f in account.figures] == [(3, "incident"), (300_000, "cumulative")]


def test_a_claim_makes_the_group_an_attacker_by_its_own_word():
    [account] = accounts_of("A bomb killed four people in Kabul on Friday. The Taliban claimed responsibility for the attack.")
    assert [(r.stance, r.group) for r in account.responsibility] == [("claimed", "taliban")]
    assert ("taliban", "claimed") in {(a.group, a.certainty) for a in account.actors if a.role == "attacker"}


def test_a_group_that_is_only_linked_to_the_claimant_claims_nothing():
    [account] = accounts_of(
        "A car bomb killed 60 people in Gao on Friday. Al-Mourabitoun, a battalion of al-Qaeda in the Islamic Maghreb, claimed "
        "responsibility.")
    assert [r.group for r in account.responsibility] == ["al-mourabitoun"]


@pytest.mark.parametrize(("subject", "group"), [
    ("The al-Qaeda-linked al-Shabaab", "al-shabaab"), ("The Islamic State-affiliated Allied Democratic Forces", "adf-congo"),
    ("The al Qaeda–aligned group al-Shabaab", "al-shabaab"), ("Al-Qaeda's East African affiliate al-Shabaab", "al-shabaab"),
    ("Al-Shabaab, an affiliate of al-Qaeda,", "al-shabaab"), ("Al-Shabaab, which is linked to al-Qaeda,", "al-shabaab"),
    ("The Boko Haram offshoot ISWAP", "islamic-state-west-africa"), ("The Iran-backed Houthis", "houthis"),
])
def test_who_another_is_tied_to_claims_and_attacks_nothing(subject, group):
    [account] = accounts_of(f"A car bomb killed 60 people in a market on Friday. {subject} claimed the attack.")
    assert [(one.stance, one.group) for one in account.responsibility] == [("claimed", group)]
    [account] = accounts_of(f"{subject} killed 60 people in an attack on a market on Friday.")
    assert {one.group for one in account.actors if one.role == "attacker"} - {None} <= {group}


@pytest.mark.parametrize("speaker", ["Ana Orr, a Taliban spokeswoman,", "Tam Verity, a spokesman for the Taliban,",
                                     "Amaq, the news agency of the Taliban,", "Taliban spokesman Zahir Dar"])
def test_who_speaks_for_a_group_claims_in_its_name(speaker):
    [account] = accounts_of(f"A bomb killed four people in Kabul on Friday. {speaker} claimed responsibility for the attack.")
    assert [(one.stance, one.group) for one in account.responsibility] == [("claimed", "taliban")]


def test_a_commander_claims_in_the_name_that_he_says():
    [account] = accounts_of("A bomb killed four in Kabul on Friday. Commander Tam Orr claimed it on behalf of the Taliban.")
    assert [(one.stance, one.group) for one in account.responsibility] == [("claimed", "taliban")]


def test_a_state_that_claims_to_have_killed_members_of_a_group_lays_no_claim_in_its_name():
    [account] = accounts_of("The CTD claimed to have gunned down two Taliban militants in Lakki Marwat on Friday.")
    assert account.responsibility == ()
    [account] = accounts_of("The army claimed to have killed nine Taliban fighters in Kunduz on Friday.")
    assert account.responsibility == ()


def test_of_people_who_are_linked_to_a_group_nobody_says_that_they_are_the_group():
    [account] = accounts_of("Militants linked to al-Qaeda killed nine people in Gao on Friday.")
    assert [(one.text, one.group) for one in account.actors if one.role == "attacker"] == [("Militants", None)]
    [account] = accounts_of("Al-Qaeda-linked militants killed nine people in Gao on Friday.")
    assert [(one.text, one.group) for one in account.actors if one.role == "attacker"] == [("Al-Qaeda-linked militants", None)]


def test_fighters_of_a_group_are_its_own_whatever_is_said_before_its_name():
    [account] = accounts_of("Fighters of the al-Qaeda-linked al-Shabaab killed nine villagers in Baidoa on Friday.")
    assert [one.group for one in account.actors if one.role == "attacker"] == ["al-shabaab"]
    assert account.sensitive == ()        # nor is its name a victim's


def how_surely(account):
    return [(actor.role, actor.group, actor.certainty) for actor in account.actors if actor.group]


@pytest.mark.parametrize("text", [
    "Suspected Boko Haram militants killed 12 farmers in Borno on Friday, residents said.",
    "At least 12 farmers were killed by suspected Boko Haram militants in Borno on Friday.",
    "A suspected Boko Haram attack on Friday left nine people dead in Diffa.",
    "A bomb killed six people in Diffa on Friday. Boko Haram is suspected of carrying out the attack.",
    "Boko Haram is believed to have carried out the attack that killed six people in Diffa on Friday.",
])
def test_who_is_suspected_is_not_stated_to_have_done_it(text):
    [account] = accounts_of(text)
    assert how_surely(account) == [("attacker", "boko-haram", "suspected")]


def test_suspicion_falls_on_a_group_where_nobody_claimed_it():
    [account] = accounts_of("A bomb killed five people in Quetta on Friday. No group has claimed responsibility but suspicion "
                            "fell on the Pakistani Taliban.")
    assert [(said.stance, said.group) for said in account.responsibility] == [("none_claimed", None), ("suspected", "ttp")]


@pytest.mark.parametrize("text", [
    "Boko Haram is accused of carrying out the attack that killed six people in Diffa on Friday.",
    "Boko Haram denied killing five civilians in Diffa on Friday.",
])
def test_who_is_accused_or_denies_it_is_blamed(text):
    [account] = accounts_of(text)
    assert how_surely(account) == [("attacker", "boko-haram", "blamed")]


@pytest.mark.parametrize(("text", "held"), [
    ("Troops killed 12 suspected Boko Haram militants in Borno on Friday, the army said.", [("victim", "boko-haram", "stated")]),
    ("Three suspected Boko Haram members were shot dead by police in Diffa on Friday.", [("victim", "boko-haram", "stated")]),
    ("A drone strike on a suspected Boko Haram camp killed three people near Diffa on Friday.", []),
    ("The army shelled positions of presumed Boko Haram rebels near Diffa on Friday, killing two.", []),
    ("Chad carried out an airstrike near Diffa on Friday against a suspected Boko Haram convoy, killing ten people.", []),
])
def test_a_suspect_who_is_struck_is_not_suspected_of_the_strike(text, held):
    [account] = accounts_of(text)
    assert [one for one in how_surely(account) if one[0] != "intended target"] == held
    assert account.responsibility == ()


def test_a_suspicion_is_of_the_attack_that_the_suspects_did():
    first, second = accounts_of(
        "Troops killed ten suspected Taliban fighters in Helmand on Friday, hours after suspected Islamic State gunmen killed "
        "two police officers in Kabul.")
    assert how_surely(first) == [("victim", "taliban", "stated")]
    assert how_surely(second) == [("attacker", "islamic-state", "suspected")]
    assert tuple([said.stance for said in one.responsibility] for one in (first, second)) == ([], ["suspected"])


def test_gunmen_who_are_believed_to_be_rebels_kill_and_are_not_killed():
    [account] = accounts_of("Gunmen believed to be members of the Taliban killed four men in Helmand on Friday.")
    assert [(figure.effect, figure.value) for figure in account.figures] == [("killed", 4)]
    assert [(actor.role, actor.text, actor.certainty) for actor in account.actors] == [
        ("attacker", "Gunmen", "stated"), ("victim", "four men", "stated"), ("attacker", "Taliban", "suspected")]


@pytest.mark.parametrize("text", [
    "A bombing killed six people in Diffa on Friday. Police arrested two men.",
    "Police arrested two men over a bombing that killed six people in Diffa on Friday.",
])
def test_who_arrests_somebody_after_it_is_no_attacker(text):
    [account] = accounts_of(text)
    told = {(actor.role, actor.text) for actor in account.actors}
    assert told == {("victim", "six people"), ("victim", "two men"), ("rescuer", "Police")}
    assert {(figure.effect, figure.value) for figure in account.figures} == {("killed", 6), ("arrested", 2)}


def test_an_armed_group_that_takes_people_away_after_it_is_no_rescuer():
    [account] = accounts_of("A bomb killed six people in Diffa on Friday. Boko Haram fighters detained 20 villagers.")
    assert "rescuer" not in {actor.role for actor in account.actors}
    assert ("attacker", "boko-haram", "stated") in how_surely(account)


def test_the_district_of_a_raid_does_not_raid():
    [account] = accounts_of("Army kills seven terrorists in North Waziristan raid on Friday, ISPR says.")
    assert [actor.text for actor in account.actors] == ["Army", "seven terrorists"]


def test_who_is_arrested_in_a_raid_belongs_to_it():
    [account] = accounts_of("Soldiers raided a house in Herat on Friday and arrested five men.")
    assert [(actor.role, actor.text) for actor in account.actors] == [("attacker", "Soldiers"), ("victim", "five men")]


def test_nobody_claimed_it():
    [account] = accounts_of("A bomb killed four people in Kabul on Friday. No group claimed responsibility for the attack.")
    assert [(r.stance, r.group) for r in account.responsibility] == [("none_claimed", None)]


def test_blame_beside_a_claim_that_nobody_made_is_no_claim():
    [account] = accounts_of("A bomb killed four people in Kabul on Friday. No group claimed responsibility, but officials blamed "
                            "the Taliban.")
    assert [(r.stance, r.group, r.speaker) for r in account.responsibility] == [
        ("none_claimed", None, None), ("blamed", "taliban", "officials")]


def test_both_sides_of_a_clash_are_sides():
    [account] = accounts_of("Taliban fighters clashed with government troops in Kunduz on Friday, leaving 12 rebels dead.")
    assert [a.role for a in account.actors][:2] == ["side", "side"]


def test_what_was_aimed_at_is_a_target_and_the_people_of_a_place_are_no_place():
    [account] = accounts_of("Gunmen attacked a police station in Kunduz on Friday, wounding two US soldiers.")
    assert ([(t.text, t.type) for t in account.targets], account.where.country) == ([("a police station", "police")], "AF")


def test_people_shot_in_a_war_without_a_word_of_what_became_of_them_are_casualties():
    [account] = accounts_of("Taliban gunmen shot two guards at the gate of a college in Kunduz on Friday.")
    assert [(f.effect, f.value) for f in account.figures] == [("casualties", 2)]


def test_everything_read_from_text_has_its_evidence():
    text = ("KABUL, Jan 27 (HWK) - A suicide bomber killed at least 40 people, including four children, at a market in Kabul on "
            "Saturday, police said. The Taliban claimed responsibility.")
    report = a_report(text, published_at=PUBLISHED)
    for account in extract(report).accounts:
        parts = [account, account.when, account.where, *account.actors, *account.targets, *account.weapons, *account.figures,
                 *account.responsibility, *account.affected]
        for part in parts:
            assert part.evidence
            assert all(report.text[e.start:e.end] == e.quote for e in part.evidence)


def test_a_report_in_capitals_reads_like_another():
    [account] = accounts_of("THREE PEASANTS WERE KILLED AND TWO WERE WOUNDED WHEN A BOMB EXPLODED IN BOGOTA ON FRIDAY.")
    assert [(f.effect, f.value) for f in account.figures] == [("killed", 3), ("injured", 2)]
    assert account.where.country == "CO"


def test_names_of_victims_are_marked_as_not_to_be_published():
    [account] = accounts_of("Police said Orla Venn, 17, was shot and killed in Dayton on Friday.")
    assert any(s.kind == "victim or witness name" and "Venn" in s.evidence[0].quote for s in account.sensitive)


@pytest.mark.parametrize("text", [
    "The ministers met in Kabul on Friday and agreed on a budget.",
    "The team lost the battle for the title on Friday.",
    "The charity said its battle against hunger goes on.",
])
def test_a_quiet_report_gives_no_account(text):
    assert accounts_of(text) == ()


@pytest.mark.parametrize(("text", "kind"), [
    ("A bomb killed three soldiers in Kunduz on Friday.", "remote explosive/landmine/ied"),
    ("Six people were killed by a drone in Kunduz on Friday.", "air/drone strike"),
    ("A grenade thrown at a church in Kunduz on Friday wounded 12 worshippers.", "grenade"),
])
def test_the_weapon_that_killed_tells_the_kind(text, kind):
    [account] = accounts_of(text)
    assert account.kind == kind


@pytest.mark.parametrize("text", [
    "Russian shelling killed four civilians in Kherson on Friday.",
    "Russian warplanes struck a market in Kherson on Friday, killing four people.",
])
def test_states_strike_from_afar_and_are_the_attackers(text):
    [account] = accounts_of(text)
    assert [(a.country, a.type) for a in account.actors if a.role == "attacker"] == [("RU", 8)]


def test_one_group_claims_it_and_another_denies_it():
    [account] = accounts_of(
        "ISIS-K claimed the attack, while the Taliban denied any role in the bombing of a school in Kabul on Friday that killed "
        "nine girls.")
    assert {(r.stance, r.group) for r in account.responsibility} == {
        ("claimed", "islamic-state-khorasan"), ("denied", "taliban")}
    assert account.status == "happened"


def test_a_disaster_is_an_accident():
    assert {a.nature for a in accounts_of("An earthquake in Kunar on Friday killed 11 people and injured 40.")} <= {"accident"}


def test_according_to_covers_both_counts_before_it():
    [account] = accounts_of("A suicide bomber blew himself up in Kabul on Saturday, killing at least 40 people and wounding 140, "
                            "according to local reports.")
    assert {f.speaker for f in account.figures} == {"local reports"}


def test_several_speakers_of_one_count_are_each_listed():
    [account] = accounts_of(
        "At least 63 people were killed by a bomb in Kabul on Saturday, the Public Health Ministry and Interior Ministry "
        "spokesman Nasrat Rahimi said.")
    assert [s.organisation for s in account.figures[0].speakers] == ["Public Health Ministry", "Interior Ministry"]


def test_a_count_of_a_whole_day_of_war_is_not_the_incidents():
    [account] = accounts_of(
        "Shelling killed three people in Aleppo on Friday. At least 45 people were killed in the past 24 hours.")
    assert [(f.value, f.scope) for f in account.figures] == [(3, "incident"), (45, "cumulative")]


@pytest.mark.parametrize(("text", "stance", "speaker"), [
    pytest.param("The Taliban claimed responsibility for the attack.", "claimed", "Taliban", id="the-claimant-itself"),
    pytest.param("Taliban spokesman Zahir Dar said the group was behind the attack.", "claimed", "Taliban spokesman Zahir Dar",
                 id="its-spokesman"),
    pytest.param("The Taliban claimed the attack, the Verity monitoring group said.", "claimed", "Verity monitoring group",
                 id="who-reports-the-claim"),
    pytest.param("The interior ministry blamed the Taliban for the attack.", "blamed", "interior ministry", id="who-blames"),
    pytest.param("The Taliban denied involvement in the attack, a spokesman told Hawk Wire.", "denied", "spokesman",
                 id="a-denial"),
])
def test_responsibility_has_its_speaker(text, stance, speaker):
    [account] = extract(a_report("KABUL, Jan 27 (HWK) - A bomb killed 12 people in Kabul on Saturday. " + text)).accounts
    [told] = account.responsibility
    assert (told.stance, told.group, told.speaker) == (stance, "taliban", speaker)


def test_two_incidents_told_in_one_sentence_are_two_accounts_with_ids_of_their_own():
    text = ("NAIROBI, April 2, 2016 (HWK) - The massacre of April 2, 2015, which killed 147 people in Garissa, was Kenya's worst "
            "since the bombing of the US embassy in Nairobi in 1998, which killed 213.")
    told = accounts_of(text)
    assert len(told) == 2
    assert told[0].evidence == told[1].evidence
    assert told[0].id != told[1].id
    assert told == accounts_of(text)


@pytest.mark.parametrize(("day", "accounts"), [
    pytest.param("March 14, 2022", 1, id="its-day"),
    pytest.param("August 30, 2021", 2, id="another-day"),
])
def test_an_attack_named_by_its_day_is_the_one_whose_anniversary_is_marked(day, accounts):
    told = accounts_of("PORT VERITY, March 14, 2024 (HWK) - Arden marked on Thursday the second anniversary of the attack on its "
                       f"market, in which gunmen killed 40 people. The massacre of {day} was the worst in the country.")
    assert len(told) == accounts
    assert (told[0].when.best is not None) == (accounts == 1)
