"""Reports in the words of the news -> the toll: the killed, those who did it among them, and the injured."""

from __future__ import annotations

import pytest

from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.pipeline import steps
from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from tests.helpers import a_report


def toll_of(text):
    """(killed, injured) by the rule that counts those who did it as well."""
    report = a_report(text=text)
    document = Document(report, spacy=pipeline()(text))
    for step in steps():
        step.run(document)
    held = settle(document.accounts, {report.id: report})
    return tuple(toll(held, effect, "lowest", {report.id: report}).best for effect in ("killed", "injured"))


@pytest.mark.parametrize(("text", "killed", "injured"), [
    pytest.param("A bomb killed nine people, including two children, in Arden on Friday.",
                 9, None, id="nine-including-two-children"),
    pytest.param("The blast in Arden on Friday left 13 dead and 15 hurt, three of them seriously.",
                 13, 15, id="13-dead-15-hurt-three-seriously"),
    pytest.param("The death toll from the blast in Arden rose from 40 to 63 on Friday, officials said.",
                 63, None, id="rose-from-to"),
    pytest.param("A bomb went off in Arden on Friday. The number of fatalities has reached six, according to a nurse.",
                 6, None, id="a-nurse-who-tells-is-none-of-them"),
    pytest.param("A bomb went off in Arden on Friday. Hospital staff put the dead at six and the wounded at 20.",
                 6, 20, id="put-the-dead-at"),
    pytest.param("A bomber blew himself up in Arden on Friday, killing himself and four others.",
                 5, None, id="himself-and-four-others"),
    pytest.param("Gunmen fired on a bus in Arden on Friday. No one was hurt.", None, 0, id="no-one-hurt"),
    pytest.param("Dozens were killed when a bomb exploded in Arden on Friday.", None, None, id="dozens"),
    pytest.param("A family of five was killed in an air strike on Arden on Friday.", 5, None, id="family-of-five"),
    pytest.param("Two more people died on Friday, bringing to 12 the number killed in the Arden bombing, police said.",
                 12, None, id="bringing-to-12"),
    pytest.param("Shelling killed three people in Arden on Friday. Some 24,000 people have been killed in the war since "
                 "2023.",
                 3, None, id="since-2023"),
    pytest.param("Orla Venn, 23, was shot and killed in Arden on Friday night, police said.", 1, None, id="named-aged"),
    pytest.param("A 19-year-old man was shot in Arden on Friday. Tam Hale was taken to a hospital, where he died.",
                 1, None, id="shot-then-died"),
    pytest.param("A 17-year-old boy died Friday night in Arden. The teenager was shooting cans with friends when he was "
                 "wounded.",
                 1, None, id="wounded-then-pronounced"),
    pytest.param("A shooting in Arden on Friday left a teenager dead. The boy was the only person injured.",
                 1, None, id="only-person-injured"),
    pytest.param("The 2-year-old who was shot in a house in Arden on Friday has died. Kendal Venn was critically injured.",
                 1, None, id="critically-then-died"),
    pytest.param("A couple and their 8-week-old baby were killed in a shooting in Arden on Friday.", 3, None, id="couple"),
    pytest.param("A couple and their two young children were found shot dead in Arden on Friday.", 4, None, id="couple-found"),
    pytest.param("Four people were found shot dead in a house in Arden on Friday.", 4, None, id="found-shot-dead"),
    pytest.param("Two women were found shot to death in Arden on Friday.", 2, None, id="found-shot-to-death"),
    pytest.param("After the shooting in Arden on Friday police found the bodies of two girls and Nina Hale.",
                 3, None, id="bodies-of-list"),
    pytest.param("Two boys are dead along with their father after a shooting in Arden on Friday.",
                 3, None, id="dead-along-with"),
    pytest.param("A man shot and killed his two sons in Arden on Friday, then took his own life.", 3, None, id="took-own-life"),
    pytest.param("A man shot and killed his wife in Arden on Friday before turning the gun on himself.",
                 2, None, id="turned-gun-on-himself"),
    pytest.param("A man killed his wife and two children in Arden on Friday before he shot and killed himself, police said.",
                 4, None, id="murder-suicide"),
    pytest.param("A woman shot and killed her two daughters in Arden on Friday before killing herself.",
                 3, None, id="mother-daughters-herself"),
    pytest.param("A 3-year-old boy died in Arden on Friday after accidentally shooting himself.",
                 1, None, id="boy-shot-himself-died"),
    pytest.param("A 16-year-old girl died at a flat in Arden on Friday. Police think she accidentally shot herself.",
                 1, None, id="girl-herself-pronoun"),
    pytest.param("A teenager accidentally shot himself in the leg in Arden on Friday. The boy is expected to recover.",
                 None, 1, id="teen-shot-himself-recovering"),
    pytest.param("One person died in a shooting in Arden on Friday. The suspect shot the victim during a dispute.",
                 1, None, id="one-dead-shot-victim"),
    pytest.param("A man shot his brother in Arden on Friday. A 7-year-old relative was also in the flat, but was not "
                 "injured.",
                 None, 1, id="others-not-injured"),
    pytest.param("A man was shot in Arden on Friday. His wife was unharmed.", None, 1, id="unharmed"),
    pytest.param("Someone fired at two men in a car in Arden on Friday. The men were not hit.", None, None, id="fired-at"),
    pytest.param("A woman was grazed by a bullet in a shooting in Arden on Friday. She was treated at the scene.",
                 None, 1, id="grazed"),
    pytest.param("A clerk was shot in the hand in Arden on Friday and was treated and released.",
                 None, 1, id="treated-and-released"),
    pytest.param("A shooting in Arden on Friday left one man dead and two others hospitalized.",
                 1, 2, id="one-killed-others-hospitalised"),
    pytest.param("One man was killed and two women were critically wounded in a shooting in Arden on Friday.",
                 1, 2, id="one-dead-two-critical"),
    pytest.param("Five people were shot, one of them fatally, outside a store in Arden on Friday. Two victims were rushed "
                 "to a hospital.",
                 1, 4, id="five-shot-one-killed"),
    pytest.param("A gunman opened fire in Arden on Friday, killing one person and injuring four others. Two victims were "
                 "rushed to a trauma center.",
                 1, 4, id="four-others-two-rushed"),
    pytest.param("Four people were shot in Arden on Saturday. One of the victims died Monday. Three of the victims were "
                 "treated and released.",
                 1, 3, id="three-of-the-victims-treated"),
    pytest.param("Police shot and killed a gunman in Arden on Friday. No officers were hurt.", 1, 0, id="police-killed-gunman"),
    pytest.param("An officer fatally shot a man who had a knife in Arden on Friday.", 1, None, id="suspect-killed-by-officer"),
    pytest.param("A man shot two women in Arden on Friday, killing both, and was later found dead of a self-inflicted "
                 "gunshot wound.",
                 3, None, id="shooter-also-dead"),
    pytest.param("Four people, including the gunman, died in a shooting in Arden on Friday.", 4, None, id="including-gunman"),
    pytest.param("A 16-year-old was shot in Arden on Friday and was flown to Lenor Memorial, where he died.",
                 1, None, id="hospital-relative-clause"),
    pytest.param("Arden Ambulance Services took the man to a hospital after he was shot on Friday. He was pronounced dead "
                 "there.",
                 1, None, id="pronoun-not-service"),
    pytest.param("Quash Maren, 16, fled after he shot a girl in Arden on Friday. Police say he killed her over a phone. "
                 "Maren was arrested.",
                 1, None, id="suspect-not-dead"),
    pytest.param("Lena Orr, 34; Kim Orr, 8; and Eli Orr, 6, were all shot dead in Arden on Friday.",
                 3, None, id="two-dead-in-list"),
    pytest.param("A woman and her son were found dead in Arden on Friday. Police said the woman died of a self-inflicted "
                 "gunshot wound.",
                 2, None, id="self-inflicted"),
    pytest.param("A boy was shot in Arden on Friday and was on life support.", None, 1, id="life-support"),
    pytest.param("A man succumbed to his injuries on Sunday after he was shot in Arden on Friday.", 1, None, id="gave-in"),
    pytest.param("Dan Orr, 20, was killed and Kim Hale, 22, was wounded when shots were fired at a party in Arden on "
                 "Friday.",
                 1, 1, id="killed-and-wounded-names"),
    pytest.param("Police are investigating a double homicide in Arden on Friday. A man and a woman were found dead with "
                 "gunshot wounds.",
                 2, None, id="double-homicide"),
    pytest.param("A man is dead and a woman is hurt after a shooting in Arden on Friday.", 1, 1, id="man-dead-woman-hurt"),
    pytest.param("One person is dead and another is in critical condition after a shooting in Arden on Friday.",
                 1, 1, id="another-critical"),
    pytest.param("A 7-year-old boy was hit by a stray bullet in Arden on Friday.", None, 1, id="hit-by-stray"),
    pytest.param("Police investigate a fatal shooting in Arden on Friday. A 41-year-old man is dead. Image 1 of 6. Image 2 "
                 "of 6.",
                 1, None, id="photo-numbers"),
    pytest.param("Four people were wounded in a shooting in Arden on Friday. So far this year, 104 people were shot in the "
                 "city.",
                 None, 4, id="earlier-year-database"),
    pytest.param("A man shot his wife and her mother dead in Arden on Friday and wounded his 12-year-old daughter before "
                 "killing himself.",
                 3, 1, id="shot-his-daughters-executed"),
    pytest.param("A father shot his two young sons in Arden on Friday before turning the gun on himself. The boys died at "
                 "the scene.",
                 3, None, id="father-flipped"),
    pytest.param("A 9-year-old boy died in Arden on Friday. Deputies said one brother found a gun and shot the other.",
                 1, None, id="the-other-boy"),
    pytest.param("A shooting claimed the life of a 31-year-old man near Arden on Friday.", 1, None, id="life-claimed"),
    pytest.param("A guard was shot in the leg in Arden on Friday. There were no other injuries.",
                 None, 1, id="no-other-injuries"),
    pytest.param("A woman was fatally shot in her car in Arden on Friday. Her baby, who was in the back seat, was not hurt.",
                 1, None, id="baby-unhurt-in-car"),
    pytest.param("Three teens were shot, two of them fatally, in Arden on Friday.", 2, 1, id="trio"),
    pytest.param("The mother and brother of an 8-year-old girl who died of a gunshot wound in Arden on Friday were "
                 "arrested.",
                 1, None, id="mother-and-brother-arrested"),
    pytest.param("A 41-year-old man is dead after a shooting in Arden on Friday. Image 1 of 6 Police investigate a fatal "
                 "shooting. Image 2 of 6 Police investigate a fatal shooting.",
                 1, None, id="gallery"),
    pytest.param("Four people were shot in Arden on Saturday. All four victims were taken to hospitals. One of the victims "
                 "died later.",
                 1, 3, id="four-taken-to-hospitals"),
    pytest.param("A family of five was found dead in Arden on Friday. Police said the couple shot their three daughters.",
                 5, None, id="shot-their-daughters"),
    pytest.param("A shooting left two children dead in Arden on Friday. The father then killed himself, police said.",
                 3, None, id="children-dead-himself"),
    pytest.param("Dan Maren, 16, was arrested after a girl was shot in Arden on Friday. He said that she had killed his "
                 "dog. She died at a hospital.",
                 1, None, id="who-was-arrested"),
    pytest.param("Police in Arden are looking into a deadly shooting on Friday. A clerk was shot in the chest.",
                 1, None, id="deadly-shooting"),
    pytest.param("A 15-year-old Port Verity High School student was shot in Arden on Friday. The 15-year-old has died.",
                 1, None, id="age-far-from-noun"),
])
def test_the_toll_that_is_told(text, killed, injured):
    assert toll_of(text) == (killed, injured)
