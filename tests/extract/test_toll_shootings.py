"""Reports of local crime in a few sentences -> the toll: who is told twice, who among several died, who was not hit at all."""

from __future__ import annotations

import pytest

from tests.extract.test_toll_wordings import toll_of


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("Nora Tull, 19, was killed and her sister, Ada Tull, 21, was critically injured in a shooting in Arden Friday.",
                 1, 1, id="her-sister-is-not-herself"),
    pytest.param("A couple was shot in a driveway in Arden on Friday. The husband died and the wife is in critical condition.",
                 1, 1, id="of-a-couple-one-died"),
    pytest.param("Two bystanders, a man and a woman, were hit by stray bullets in a shooting in Arden on Friday.",
                 None, 2, id="counted-then-named-one-by-one"),
    pytest.param("A young man was killed in a shooting in Arden on Friday. Two bystanders were hit in the legs.",
                 1, 2, id="bystanders-beside-the-dead"),
    pytest.param("A trooper was shot in the arm near Arden on Friday. The driver ran off and was later found dead.",
                 1, 1, id="a-driver-is-no-trooper"),
    pytest.param("A 3-month-old baby and her father were shot in Arden on Friday. The baby was killed. The father is in "
                 "critical condition.",
                 1, 1, id="the-baby's-age-is-not-her-father's"),
    pytest.param("One person is dead after a hunting accident near Arden on Friday. A caller said that a hunter had been shot.",
                 1, None, id="the-hunter-is-the-dead"),
    pytest.param("One person is in the hospital after being shot in Arden on Friday. Update: police say the teen has died.",
                 1, None, id="from-the-hospital-to-dead"),
    pytest.param("Two men were shot and killed in Arden on Friday. A third person died at a hospital of his wounds on Sunday.",
                 3, None, id="died-days-later"),
    pytest.param("Police in Arden looked into Friday's double homicide. Ina and Jon Bell were the victims. The couple was found "
                 "shot in a garage.",
                 2, None, id="double-homicide"),
    pytest.param("A man was charged with murder on Friday after a shooting in Arden. Police said he shot a neighbor in the head.",
                 1, None, id="charged-with-murder"),
    pytest.param("A man was charged with attempted murder on Friday after a shooting in Arden. Police said he shot a neighbor.",
                 None, 1, id="attempted-murder-killed-nobody"),
    pytest.param("A shooting in Arden on Friday wounded a man and a 9-year-old girl. The man was shot several times.",
                 None, 2, id="the-man-is-not-nine"),
    pytest.param("One of two men shot Thursday in Arden has died. Ned Wade, 27, died Saturday. The other man remains "
                 "hospitalized.",
                 1, 1, id="one-of-two-shot"),
    pytest.param("Two men were shot in Arden on Friday. Ned Wade, 27, died Saturday.", 1, 1, id="by-name-the-day-after"),
    pytest.param("A man and two children are dead in an apparent murder-suicide in Arden on Friday. Police said the father "
                 "fatally shot them and then himself.",
                 3, None, id="he-is-one-of-the-dead"),
    pytest.param("Ada Tull, 30, and her girls, 8 and 6, were shot in Arden on Friday. Officers found the bodies of the two girls "
                 "and Ada Tull.",
                 3, None, id="bodies-of-girls-and-mother"),
])
def test_one_person_told_again_is_one(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("A drive-by shooting sent two people to the hospital in Arden on Friday.", None, 2, id="sent-to-the-hospital"),
    pytest.param("Doctors treated four people after a shooting in Arden on Friday.", None, 4, id="treated-by-doctors"),
    pytest.param("One man was arrested and another is in the hospital after a shooting in Arden on Friday.",
                 None, 1, id="is-in-the-hospital"),
    pytest.param("A shooting in Arden left one man dead and three injured Saturday night.", 1, 3, id="three-injured-saturday"),
    pytest.param("Shots in Arden on Friday killed a clerk. Two other people were also hit.", 1, 2, id="also-hit"),
    pytest.param("A man was hit in the back and a 17-year-old was hit in the foot in a shooting in Arden on Friday.",
                 None, 2, id="verb-without-a-subject"),
    pytest.param("One victim was hit in the chest and two others in the legs in a shooting in Arden on Friday.",
                 None, 3, id="verb-left-out"),
    pytest.param("Two men shot each other in Arden on Friday.", None, 2, id="each-other"),
    pytest.param("A woman survived after being shot several times in Arden on Friday.", None, 1, id="survived-after-being-shot"),
    pytest.param("Gunfire erupted at a park in Arden on Friday, leaving a 15-year-old dead and a 12-year-old clinging to life.",
                 1, 1, id="clinging-to-life"),
    pytest.param("A gunman killed three co-workers in Arden on Friday.", 3, None, id="co-workers"),
    pytest.param("A mail carrier was shot and killed in Arden on Friday.", 1, None, id="mail-carrier"),
    pytest.param("A 2018 shooting in Arden killed one man and paralyzed another.", 1, 1, id="paralyzed"),
    pytest.param("A woman told officers that she heard shots in Arden on Friday. She had been shot in the calf.",
                 None, 1, id="she-who-told"),
    pytest.param("A girl was grazed by a bullet as she slept in Arden on Friday.", None, 1, id="only-a-bullet-is-told"),
    pytest.param("Police found a gunshot victim in an alley in Arden on Friday.", None, 1, id="only-a-gunshot-is-told"),
    pytest.param("The victim's injuries are not life-threatening after a shooting in Arden on Friday.",
                 None, 1, id="life-threatening-is-no-threat"),
    pytest.param("A gunman opened fire on a group of men in Arden on Friday. Three of the men were hit.", None, 3, id="were-hit"),
    pytest.param("A fight at a party led to gunfire in Arden on Friday. Four people were struck.", None, 4, id="led-to-gunfire"),
    pytest.param("A father is believed to have shot his two sons dead in Arden on Friday.", 2, None, id="believed-to-have"),
])
def test_hurt_in_other_words(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("A man shot at his neighbor in Arden on Friday. The neighbor was not hit.", None, None, id="shot-at"),
    pytest.param("Shots were fired at a house in Arden on Friday. Four people were inside, but nobody was hurt.",
                 None, 0, id="inside-but-unhurt"),
    pytest.param("A robber was shot by police in Arden on Friday. No officers were injured.", None, 1, id="no-officers"),
    pytest.param("Two men were shot in Arden on Friday. The victims, 21 and 24, were taken to a hospital.", None, 2, id="ages"),
    pytest.param("Three men were hospitalized, one in critical condition, after a shooting in Arden on Friday.",
                 None, 3, id="one-of-the-three"),
    pytest.param("Five people were shot, two of them fatally, in Arden on Friday. Two of the surviving victims were in serious "
                 "condition.",
                 2, 3, id="two-of-those-who-live"),
    pytest.param("Two men were shot in Arden on Friday. One was in critical condition.", None, 2, id="a-detail-is-no-total"),
    pytest.param("A man shot and wounded his roommate in Arden on Friday.", None, 1, id="who-shot-was-not-shot"),
    pytest.param("A shooting in Arden on Friday sent three people to the hospital. One was shot in the head, police said.",
                 None, 3, id="one-by-the-police's-word"),
    pytest.param("Four men were shot in Arden on Friday. An officer drove the three victims to a clinic.", None, 4,
                 id="the-three-are-of-the-four"),
    pytest.param("Four people were wounded in a shooting in Arden on Friday. Some 104 people were shot in the city this year. At "
                 "this time last year, 130 people had been shot.",
                 None, 4, id="this-year"),
    pytest.param("A boy was shot in Arden on Friday and is in critical condition. Officers found a gun underneath his body.",
                 None, 1, id="his-body"),
])
def test_who_was_not_hit_is_not_counted(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("Nine people were shot at a party in Arden on Friday. Police said one person was hit in the arm.",
                 None, 9, id="one-of-the-nine"),
    pytest.param("A shooting in Arden on Friday left two people dead. A clerk said one person died in the shop.",
                 2, None, id="one-of-the-two-dead"),
    pytest.param("Four people had been shot in Arden on Friday, police said. One died, and one had surgery. Three other victims "
                 "were hurt.",
                 1, 3, id="four-less-one-are-three"),
    pytest.param("Four gunshot victims were taken to a hospital in Arden on Friday. Three of them had minor injuries; the fourth "
                 "victim was pronounced dead.",
                 1, 3, id="the-fourth-of-four-died"),
    pytest.param("A shooting in Arden on Friday left two people dead. Police said three people were injured.",
                 2, 3, id="dead-and-injured-apart"),
])
def test_a_report_of_local_crime_tells_one_toll(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("A boy accidentally shot himself in the foot in Arden on Friday. He had pulled the trigger and shot himself, "
                 "police said.",
                 None, 1, id="told-twice-by-his-own-shot"),
    pytest.param("A 5-year-old girl was airlifted from a campground near Arden on Friday after she injured herself with a gun.",
                 None, 1, id="injured-herself"),
    pytest.param("The three year old who shot himself in Arden on Friday has died. The gun went off, injuring the child.",
                 1, None, id="a-gun-is-nobody-else"),
    pytest.param("A 30-year-old man shot himself in the leg in Arden on Friday.\n\nMan Accidentally Shoots Himself",
                 None, 1, id="himself-in-a-headline"),
    pytest.param("A woman was shot by her brother in Arden on Friday. He then shot himself in the arm.",
                 None, 2, id="who-shot-another-is-another"),
])
def test_who_hurts_himself_is_hurt_once(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("Two men in their 20's were shot in Arden on Friday.", None, 2, id="in-their-20's"),
    pytest.param("Two men, one 17 and the other 21, suffered gunshot wounds in a shooting in Arden on Friday.",
                 None, 2, id="one-17-and-the-other-21"),
    pytest.param("Police say an 18-month old is dead after a shooting in Arden on Friday.", 1, None, id="18-month-old"),
    pytest.param("A two year old was shot in Arden on Friday.", None, 1, id="two-year-old"),
])
def test_an_age_counts_nobody(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("A driver was shot in Arden on Friday. The bullet exited his body and hit the seat.",
                 None, 1, id="through-his-body"),
    pytest.param('A boy was seriously injured in a shooting in Arden on Friday. "His body was limp," a neighbor said.',
                 None, 1, id="limp-body"),
    pytest.param("A driver was shot in Arden on Friday. His body was found in a ditch.", 1, None, id="body-found"),
    pytest.param("A driver was shot in Arden on Friday. His body was pulled from the river.", 1, None, id="body-pulled-out"),
    pytest.param("A driver was shot in Arden on Friday. Soldiers handed his body over to his family.",
                 1, None, id="body-handed-over"),
    pytest.param("A driver was shot in Arden on Friday. Divers pulled his body from the river.", 1, None, id="divers-pulled-it"),
    pytest.param("Gunmen attacked a bar in Arden on Friday. Police said the three dead could be members of a gang.",
                 3, None, id="the-dead-could-be-members"),
    pytest.param('Six people were wounded in a shooting in Arden on Friday. "My daughter was there. She could have been '
                 'killed," Orla Venn said.',
                 None, 6, id="could-have-been-killed"),
    pytest.param("A woman shot her husband in Arden on Friday. She told police that he should be dead.",
                 None, 1, id="should-be-dead"),
    pytest.param("A man was shot in Arden on Friday. He would later die at a hospital.", 1, None, id="would-later-die"),
])
def test_who_might_have_died_is_not_dead(text, killed, injured):
    assert toll_of(text) == (killed, injured)


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("One person is dead and another hospitalized after a shooting in Arden on Friday.",
                 1, 1, id="another-hospitalized"),
    pytest.param("Two men are accused of shooting a 7-year-old and her 33-year old father in Arden on Friday.",
                 None, 2, id="and-her-father"),
    pytest.param("A 59-year-old man, 49-year-old woman and 53-year-old man suffered gunshot wounds in Arden on Friday.",
                 None, 3, id="three-ages"),
    pytest.param("Two children, ages 3 and 5, and their mother were found dead after a shooting in Arden on Friday.",
                 3, None, id="and-their-mother"),
    pytest.param("Police said he shot a clerk and his dog barked in Arden on Friday.", None, 1, id="a-dog-is-nobody"),
])
def test_a_list_goes_on_to_its_end(text, killed, injured):
    assert toll_of(text) == (killed, injured)
