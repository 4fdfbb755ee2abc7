"""Who is said to say what. Places, people and outlets are made up."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.document import Document, GroupMention, PlaceMention
from dateline.extract.nlp import pipeline
from dateline.extract.speakers import find_attributions, speaker_at, speakers_at
from dateline.extract.speakers_lists import speaker_lists
from dateline.records import Where, span_of
from helpers import a_report


def read(text, groups=(), places=(), adjective=True):
    """The document of `text` with its attributions; groups and places are (words, id or country)."""
    document = Document(replace(a_report(), text=text))
    document.spacy = pipeline()(text)
    document.groups = [GroupMention(text.index(w), text.index(w) + len(w), w, g, False) for w, g in groups]
    document.places = [PlaceMention(text.index(w), text.index(w) + len(w), w, _where(text, w, country), adjective)
                       for w, country in places]
    find_attributions(document)
    return document


def _where(text, words, country):
    at = text.index(words)
    return Where(words, words, "country", country, None, None, None, None, None, None, None, (),
                 (span_of(text, at, at + len(words)),))


def speaker_of(document, words):
    start = document.report.text.index(words)
    found = speaker_at(document, start, start + len(words))
    return found.speaker if found else None


@pytest.mark.parametrize(("text", "said", "speaker"), [
    ("The ministry said 12 people died.", "12 people", "ministry"),
    ("The ministry said that 12 people died.", "12 people", "ministry"),
    ("At least 12 people died, the mayor of Arden said.", "12 people", "mayor of Arden"),
    ("At least 12 people died, said the mayor of Arden.", "12 people", "mayor of Arden"),
    ("According to police, 12 people died.", "12 people", "police"),
    ("Twelve people died, according to police.", "Twelve", "police"),
    ("As per the Hawk Wire, 12 people died.", "12 people", "Hawk Wire"),
    ("The presidency put the toll at 60 dead and 115 wounded.", "115", "presidency"),
    ("The army reported 12 dead in the raid.", "12", "army"),
    ("Villagers spoke of 12 dead and many more under the rubble.", "12", "Villagers"),
    ("The hospital put the dead at 12.", "12", "hospital"),
    ("The governor confirmed the death of 12 soldiers.", "12", "governor"),
    ("The mayor told Hawk Wire that 12 people died.", "12 people", "mayor"),
    ("The group said in a statement that it had killed 80 soldiers.", "80", "group"),
    ("The Arden Front claimed to have killed 12 soldiers.", "12", "Arden Front"),
    ("The governor's office said 12 people were killed.", "12", "governor's office"),
    ("Five deaths were confirmed by the governor.", "Five", "governor"),
    ("The minister was quoted as saying that 12 people were killed.", "12", "minister"),
    ("Hawk Wire, citing a military official, reported that 12 soldiers were killed.", "12", "military official"),
    ("A security source, who asked not to be named, said at least 35 people died and about 60 were hurt.", "60",
     "security source"),
    ("At least 63 people were killed and 151 wounded, the Public Health Ministry and Interior Ministry spokesman "
     "Nasrat Orr "
     "said.", "151", "Public Health Ministry and Interior Ministry spokesman Nasrat Orr"),
    ("Residents reached by telephone said that shells hit the market, killing 12.", "12", "Residents"),
    ("\"We counted 12 bodies,\" Dr Lena Orr said.", "12", "Dr Lena Orr"),
    ("\"We counted 12 bodies,\" said Lena Orr, director of the Port Verity hospital.", "12",
     "Lena Orr, director of the Port Verity hospital"),
], ids=lambda value: value[:60])
def test_the_speaker_is_named_as_written(text, said, speaker):
    assert speaker_of(read(text), said).text == speaker


@pytest.mark.parametrize(("text", "said"), [
    ("Twelve people were killed in Arden.", "Twelve"), ("Residents heard of 12 dead.", "12 dead"),
    ("The blast claimed 20 lives.", "20"),
    ("It was reported that 12 people died.", "12"), ("Reports say that 15 people died.", "15"),
    ("The toll of 12 could rise, and the army did not say who died.", "who died"),
])
def test_nobody_is_named(text, said):
    assert speaker_of(read(text), said) is None


@pytest.mark.parametrize(("text", "first", "second"), [
    pytest.param("Police said 13 people died, while the hospital said it had received 20 bodies.", ("13", "Police"),
                 ("20", "hospital"), id="two verbs"),
    pytest.param("Ten people died, police said. According to Mayor Orr, the raid, which killed 15 people, was the "
                  "worst.",
                 ("Ten", "police"), ("15", "Mayor Orr"), id="a clause inside"),
])
def test_the_narrowest_attribution_wins(text, first, second):
    document = read(text)
    for said, speaker in (first, second):
        assert speaker_of(document, said).text == speaker


@pytest.mark.parametrize(("text", "said", "speaker"), [
    pytest.param("Gunmen stormed a post in the north of Arden province killing six guards and five farmers the Observatory said.",
                 "six", "Observatory", id="the-parse-takes-the-name-for-one-of-the-dead"),
    pytest.param("Bombers blew up two trucks in Arden on Friday killing at least 18 people including 11 children state media "
                 "reported.", "18", "state media", id="after-a-plural"),
    pytest.param("Shells also wounded three people in a suburb of Port Verity HAWK said blaming the attacks on rebels.", "three",
                 "HAWK", id="after-a-place"),
    pytest.param("Another five people were killed in an air raid on the district of Sheikh Said it said.", "five", None,
                 id="a-pronoun-after-a-name-like-a-verb"),
    pytest.param("Jets hit the market late on Tuesday killing 12 and wounding dozens a rights group and residents said.",
                 "dozens", "rights group and residents", id="two-speakers"),
    pytest.param("Missiles from a warplane also wounded 25 others Ibrahim Orr told Hawk Wire.", "25", "Ibrahim Orr", id="a-name"),
    pytest.param("At least 20 rebels were killed in the failed raid said the statement which gave no more details.", "20",
                 "statement", id="the-verb-first"),
    pytest.param("Some 70 rebels were killed in the strikes said the source adding that 30 others were injured.", "30", "source",
                 id="with-an-addition"),
    pytest.param("\"A blast hit the quarter killing four\" the head of the Verity Observatory for Human Rights Rami Varela said.",
                 "four", "head of the Verity Observatory for Human Rights Rami Varela", id="after-a-quotation"),
    pytest.param("Fighting went on in Arden and 12 people were killed local sources have said.", "12", "local sources",
                 id="have-said"),
])
def test_a_name_that_comes_last_needs_no_comma(text, said, speaker):
    found = speaker_of(read(text, places=[("Port Verity", "XX")] if "Port Verity" in text else [], adjective=False), said)
    assert (found.text if found else None) == speaker


@pytest.mark.parametrize("text", [
    pytest.param("Two men who fled the city said they saw 12 bodies.", id="what-is-said-follows"),
    pytest.param("The raids that the army reported on Monday killed 12 people.", id="a-clause-on-a-noun"),
    pytest.param("Twelve people were killed in the market on Monday.", id="nobody-speaks"),
    pytest.param("In the home 12 were shot, they say Lena Orr and Tam Dar were killed.", id="two-names-of-whom-it-is-said"),
    pytest.param("The blast killed 12 people and the smoke said it all.", id="what-cannot-speak"),
])
def test_what_only_looks_like_a_name_that_comes_last(text):
    found = speaker_of(read(text), "12" if "12" in text else "Twelve")
    assert found is None or found.text == "Two men"


def test_a_speaker_named_first_is_not_the_narrator_of_the_next_sentence():
    document = read("The mayor said 12 people died. Shells hit the market at dawn.")
    assert speaker_of(document, "Shells hit") is None


@pytest.mark.parametrize(("text", "said", "person", "office"), [
    ("History professor Tom Orrin said it was a threat. According to Orrin, the raid killed 200 people.", "200",
     "Tom Orrin", "professor"),
    ("Waheed Orr, a spokesman for the Health Ministry, told Hawk Wire that 95 people were dead. He added that 158 "
     "were hurt.",
     "158", "Waheed Orr", "spokesman"),
    ("Salim Dar, a spokesman for the army, said 12 people died. The spokesman said 30 were hurt.", "30", "Salim Dar",
     "spokesman"),
    ("French military spokesman Col. Patrik Stern said 77 people were killed.", "77", "Patrik Stern", "spokesman"),
    ("Interior Minister Joseph Nkar said four attackers died.", "four", "Joseph Nkar", "Interior Minister"),
])
def test_a_later_name_looks_back_to_the_whole_one(text, said, person, office):
    speaker = speaker_of(read(text), said)
    assert (speaker.person, speaker.office) == (person, office)


@pytest.mark.parametrize(("text", "person", "office", "organisation"), [
    pytest.param("\"It killed 18 farmers\" said Rami Orr Varela director of the Arden-based Verity Observatory for Human Rights.",
                 "Rami Orr Varela", "director", "Verity Observatory for Human Rights", id="office-of-a-body"),
    pytest.param("\"18 died\" Salim Dar the commander of the Verity police said.", "Salim Dar", "commander", "Verity police",
                 id="the-office-of-a-body"),
    pytest.param("Verity Observatory for Human Rights chief Rami Varela said 18 people died.", "Rami Varela", "chief",
                 "Verity Observatory for Human Rights", id="body-with-for-then-office"),
    pytest.param("\"18 died\" head of the Verity Observatory for Human Rights Rami Varela said.", "Rami Varela", "head",
                 "Verity Observatory for Human Rights", id="office-of-a-body-then-name"),
    pytest.param("\"18 died\" Arden-based opposition activist Abu Omar al-Dari told Hawk Wire.", "Abu Omar al-Dari",
                 "activist", None, id="a-name-with-a-hyphen"),
])
def test_a_person_is_told_from_office_and_body_where_no_comma_parts_them(text, person, office, organisation):
    speaker = speaker_of(read(text), "18")
    assert (speaker.person, speaker.office, speaker.organisation) == (person, office, organisation)


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("The mayor spoke with Verity Crescent paramedics who told him that 22 bodies were found.",
                 "Verity Crescent paramedics", id="who"),
    pytest.param("The ambush was reported by state television which said 22 soldiers were killed.", "state television",
                 id="which"),
    pytest.param("Governor Talal al-Dari had also reported the raid giving a toll of 22 killed.", "Governor Talal al-Dari",
                 id="a-name-cut-by-the-parse"),
    pytest.param("\"22 people were killed in the village near the seat of President Omar Dari\" said Talal Orr.", "Talal Orr",
                 id="two-names-around-the-verb"),
])
def test_a_speaker_is_a_whole_name_and_no_more(text, speaker):
    assert speaker_of(read(text), "22").text == speaker


def test_what_is_known_is_no_speaker():
    assert speaker_of(read("According to initial information 22 people died in Arden."), "22") is None


@pytest.mark.parametrize(("text", "organisation"), [
    ("Waheed Orr, a spokesman for the Health Ministry, said 95 people were dead.", "Health Ministry"),
    ("Interior Ministry spokesman Nasrat Orr said 95 people were dead.", "Interior Ministry"),
    ("The Arden Observatory said 95 people were dead.", "Arden Observatory"),
])
def test_an_office_belongs_to_its_organisation(text, organisation):
    assert speaker_of(read(text), "95").organisation == organisation


@pytest.mark.parametrize(("words", "kind"), [
    ("a hospital doctor", "hospital"), ("the Health Ministry", "official"), ("health officials", "official"),
    ("the morgue in Arden", "hospital"), ("police", "police"), ("the army", "military"), ("militants", "armed group"),
    ("the Arden Observatory for Human Rights", "monitor"), ("the Red Cross", "monitor"), ("residents", "witness"),
    ("a survivor", "witness"), ("state television", "agency"), ("Reuters", "agency"), ("a UN report", "monitor"),
    ("history professor", "other"), ("analysts", "other"), ("the governor", "official"), ("the list of names", "list"),
    ("Defense Ministry spokesman", "official"), ("a security source", "official"), ("medics", "hospital"),
])
def test_a_speaker_has_a_kind(words, kind):
    assert speaker_lists().kind_of(words) == kind


def test_an_armed_group_speaks_for_itself():
    document = read("An Arden Front spokesman said 12 soldiers died.", groups=[("Arden Front", "arden-front")])
    speaker = speaker_of(document, "12")
    assert (speaker.kind, speaker.party) == ("armed group", "arden-front")


def test_an_official_is_of_the_state_that_is_named():
    speaker = speaker_of(read("An Afghan army officer said 12 people died.", places=[("Afghan", "AF")]), "12")
    assert (speaker.kind, speaker.party) == ("military", "state:AF")


def test_an_official_of_no_named_state_has_no_party():
    assert speaker_of(read("An army officer said 12 people died."), "12").party is None


def test_a_quotation_goes_on_over_sentences():
    document = read("\"We counted 12 bodies,\" Lena Orr said. \"There may be 20 more under the rubble. Nobody knows.\"")
    assert speaker_of(document, "20 more").text == "Lena Orr"
    assert speaker_of(document, "Nobody").text == "Lena Orr"


@pytest.mark.parametrize(("text", "texts"), [
    ("At least 12 people died, the Health Ministry and Interior Ministry spokesman Nasrat Orr said.",
     ["Health Ministry", "Interior Ministry spokesman Nasrat Orr"]),
    ("Officials in Arden and the Red Cross said 12 people died.", ["Officials in Arden", "Red Cross"]),
    ("The mayor said 12 people died.", ["mayor"]),
])
def test_speakers_named_together_can_be_told_apart(text, texts):
    document = read(text)
    start = text.index("12")
    assert [speaker.text for speaker in speakers_at(document, start, start + 2)] == texts


MONITORED = ("A raid killed 12 people in Arden, a monitoring group said. The Verity Observatory for Human Rights said eight of "
             "them were farmers. The Port-based monitor said nine others were hurt. The group added that the toll could rise to "
             "15. It said six were children.")


@pytest.mark.parametrize(("said", "text"), [
    pytest.param("12", "monitoring group", id="named-later"), pytest.param("nine", "Port-based monitor", id="named-before"),
    pytest.param("15", "group", id="who-spoke-last"), pytest.param("six", "group", id="and-it"),
])
def test_a_body_told_by_a_common_word_is_the_one_that_is_named(said, text):
    speaker = speaker_of(read(MONITORED), said)
    assert (speaker.text, speaker.organisation) == (text, "Verity Observatory for Human Rights")


def test_a_group_that_claims_is_the_armed_one():
    document = read("The Verity Observatory for Human Rights said fighters of the Salt Front killed 25 troops. The group added "
                    "that 19 rebels died. The group claimed to have killed 50 soldiers.", groups=[("Salt Front", "salt-front")])
    assert speaker_of(document, "19").organisation == "Verity Observatory for Human Rights"
    assert speaker_of(document, "50").party == "salt-front"


def test_of_two_monitors_a_nameless_one_is_neither():
    document = read("A monitor said 12 people died. The Verity Observatory said nine died. The Corve Human Rights Network said "
                    "eight died.")
    assert "Verity" not in (speaker_of(document, "12").organisation or "")


PIECES = st.sampled_from((
    "The army", "said", "that", "12 people", "died", ",", "\"", "according to", "police", ".", "He", "added",
    "reported", "by",
    "was", "it", "citing", "and", "who", "\n\n", "\u201c", "\u201d", "put", "the toll", "at", "as per", "Dr", "Orr",
    "spokesman", "'s",
))


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_gives_sound_attributions(text):
    document = read(text) if text.strip() else Document(a_report())
    for one in document.attributions:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.speaker_start < one.speaker_end <= len(text)
        assert one.speaker is None or one.speaker.text


@pytest.mark.parametrize("piece", ["police said ", "\" ", "according to ", "\u201ca\u201d said ", "he said. "],
    ids=repr)
def test_hostile_text_is_read_in_good_time(piece):
    text = piece * 800
    document = Document(replace(a_report(), text=text))
    document.spacy = pipeline()(text)
    began = time.process_time()
    find_attributions(document)
    assert time.process_time() - began < 5
