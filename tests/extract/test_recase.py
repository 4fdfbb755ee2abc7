"""Reports in capitals, or in small letters, are re-cased at the same offsets; mixed reports keep their letters."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import extract_all
from dateline.extract.pipeline import _truecaser
from dateline.extract.recase import one_case, recased
from dateline.publish.withhold import private_names
from tests.helpers import a_report


def recase(text: str) -> str:
    return recased(text, lambda: _truecaser(""))


@pytest.mark.parametrize("text", [
    pytest.param("Gunmen attacked a police station in Baghdad on Friday. Nobody was hurt in the attack.",
                 id="sentences-and-a-place"),
    pytest.param("The president said on Monday that the United Nations would send troops to Somalia.", id="a-body-of-two-words"),
    pytest.param("Two soldiers were killed in San Salvador and the guerrillas fled to El Salvador's border with Honduras.",
                 id="spanish-places"),
    pytest.param("Police said that Ernesto Villacampa de la Torre was shot on Sunday.", id="small-words-in-a-name-stay-small"),
    pytest.param("The mayor said that Col. Hugo Leiva and Dr. Mercedes Arce were released.", id="a-title-ends-no-sentence"),
    pytest.param("Members of the Farabundo Marti National Liberation Front (FMLN) fired mortars, and the FMLN denied it.",
                 id="a-group-in-full-and-short"),
    pytest.param("He said the Northern Salt Front (NSF) was behind it, and villagers blamed the NSF too.",
                 id="brackets-prove-an-acronym"),
    pytest.param("The attack on 3 May killed five, and it may happen again in March 2015.", id="a-month-beside-a-number"),
    pytest.param("Residents said they had fled, and they didn't know who fired at the mayor's house.", id="apostrophes"),
    pytest.param("U.S. troops and Iraqi police arrested a 21-year-old man in Mosul at about 9 p.m. on Saturday.",
                 id="letters-with-full-stops"),
    pytest.param("Militants of al-Qaida and the Taliban attacked Kabul. They used AK-47 rifles.", id="hyphens"),
])
@pytest.mark.parametrize("one", [pytest.param(str.upper, id="capitals"), pytest.param(str.lower, id="small-letters")])
def test_text_in_one_case_gets_the_case_of_english_back(text, one):
    assert recase(one(text)) == text


@pytest.mark.parametrize(("text", "names"), [
    pytest.param("GUNMEN SHOT YUSUF OAREWYN AND HIS BROTHER TARIQ QUILLIMANE NEAR THE MARKET, POLICE SAID.",
                 ["Yusuf Oarewyn", "Tariq Quillimane"], id="a-first-name-leads"),
    pytest.param("THE REBELS FREED COLONEL VRASTIN. VRASTIN SAID THAT HE WAS WELL.", ["Colonel Vrastin. Vrastin"],
                 id="a-title-leads"),
    pytest.param("WITNESSES SAID THAT MARTA VELASQUIN, 31, WAS TAKEN AWAY BY ARMED MEN.", ["Marta Velasquin"],
                 id="an-age-follows"),
])
def test_names_of_persons_that_are_in_no_list_get_their_capitals(text, names):
    assert [name for name in names if name not in recase(text)] == []


def test_a_new_name_is_written_alike_throughout():
    text = recase("THE POLICE CHIEF, CARLOS ZARENTE, WAS KILLED. PEASANTS FOUND ZARENTE NEAR A RIVER. THE ZARENTE FAMILY FLED.")
    assert text.count("Zarente") == 3


@pytest.mark.parametrize(("text", "kept"), [
    pytest.param("POLICE SAID THAT MARCUS WEAVER, 31, FLED. NEIGHBORS SAID THAT WEAVER WAS CALM.", "that Weaver was",
                 id="with-an-age"),
    pytest.param("POLICE ARRESTED DAVID BANKS, 40. WITNESSES HEARD BANKS SHOUT NEAR THE BANKS OF A LAKE.",
                 "heard Banks shout near the banks",
                 id="and-the-word-stays-a-word"),
])
def test_a_family_name_that_is_a_word_too_is_known_by_its_first_name(text, kept):
    assert kept in recase(text)


@pytest.mark.parametrize("text", [
    pytest.param("Guerrillas attacked Bogota on Friday, and nobody was hurt.", id="mixed"),
    pytest.param("READ MORE\n\nGuerrillas attacked Bogota on Friday, and nobody was hurt.", id="a-label-in-capitals"),
    pytest.param("The FMLN, the ELN and the FARC-EP met in the USA with NATO and UN envoys on 3 May.", id="many-acronyms"),
    pytest.param("Guerrillas attacked Bogota on Friday;\n\n- two were hurt\n\nand one died.", id="a-short-line-in-small-letters"),
    pytest.param("12,000 - 15,000 | 1990", id="no-words"),
    pytest.param("OK", id="too-short-to-tell"),
])
def test_mixed_text_keeps_its_letters(text):
    assert recase(text) == text


@pytest.mark.parametrize("text", [
    pytest.param("Guerrillas of the Vostin Brigade attacked the town of Akadera.\n\nThe mayor of Akadera said on Friday that two "
                 "men of the Vostin Brigade had been arrested.", id="a-first-paragraph"),
    pytest.param("Gunmen kill five in a market in Akadera\nThe mayor of Akadera said on Friday that two men had been arrested.",
                 id="a-headline"),
])
def test_a_part_in_capitals_is_re_cased_by_what_the_rest_shows(text):
    first, _, rest = text.partition("\n")
    assert recase(first.upper() + "\n" + rest) == text


def test_small_letters_between_mixed_paragraphs_are_re_cased_where_they_are_a_paragraph():
    mixed = "The mayor of Akadera said on Friday that two men had been arrested."
    small = ("gunmen on motorcycles opened fire on a market in akadera on thursday. at least five people were killed and many "
             "more were hurt in the attack.")
    [_, again] = recase(f"{mixed}\n\n{small}").split("\n\n")
    assert "market in Akadera on Thursday. At least" in again


@pytest.mark.parametrize(("text", "case"), [
    pytest.param("GUERRILLAS ATTACKED BOGOTA.", "upper", id="capitals"),
    pytest.param("GUERRILLAS ATTACKED McDONALD'S.", "upper", id="nearly-all"),
    pytest.param("guerrillas attacked bogota.", "lower", id="small-letters"),
    pytest.param("Guerrillas attacked Bogota.", None, id="mixed"),
    pytest.param("UN", None, id="too-few-letters-to-tell"),
    pytest.param("", None, id="empty"),
])
def test_which_case_a_text_is_in(text, case):
    assert one_case(text) == case


def test_the_model_is_loaded_for_reports_in_one_case_only():
    def refuse():
        raise AssertionError("loaded")

    text = "Guerrillas attacked Bogota on Friday, and nobody was hurt. The FMLN said so."
    assert recased(text, refuse) == text


@pytest.mark.parametrize("text", [
    pytest.param("Gunmen killed Ramon Quintero Salas and wounded his wife, Luz Perdomo, in Medellin on Tuesday, police said.",
                 id="a-couple"),
    pytest.param("Selda Oarewyn, 19, was shot dead by soldiers on Monday. Her brother Yusuf Oarewyn was wounded.",
                 id="with-an-age"),
    pytest.param("A car bomb wounded Judge Maria Consuelo Sanchez in Bogota. Her driver, Hugo Leiva, was killed.", id="a-driver"),
    pytest.param("Colonel Oscar Rivas Mejia was ambushed and killed by FMLN guerrillas in Chalatenango on 12 January.",
                 id="an-officer"),
    pytest.param("Ahmed al-Rubaie, a journalist, was killed by gunmen in Basra on Wednesday.", id="an-arabic-name"),
    pytest.param("Guerrillas kidnapped a businessman in Medellin on Friday. Ernesto Villacampa was found dead on Sunday.",
                 id="the-abducted"),
])
@pytest.mark.parametrize("one", [pytest.param(str.upper, id="capitals"), pytest.param(str.lower, id="small-letters")])
def test_names_of_victims_are_withheld_whatever_case_the_report_is_in(text, one):
    def names(written):
        return sorted(n.lower() for _, found in extract_all([a_report(written)]) for n in private_names(found.accounts))

    assert names(one(text)) == names(text) != []


def same_but_for_case(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or a.lower() == b.lower() or a.upper() == b.upper() for a, b in zip(one, other, strict=True))


ONE_CASE = st.one_of(
    st.text(max_size=300),
    st.text(max_size=200).map(str.upper),
    st.text(alphabet="abcs .,!?()[]\"'’-–\n\t0123é\u0301İßŉﬁǅΣ中\x00", max_size=300).map(str.upper),
    st.lists(st.sampled_from(["THE", "EL", "MAY", "3", "NSF", "(", ")", "[", "]", "SALT", "MC", "U.S.", "\n\n", "-", "O'", "'S"]),
             max_size=60).map(" ".join))


@given(ONE_CASE)
def test_every_character_keeps_its_place_and_but_for_case_itself(text):
    assert same_but_for_case(recase(text), text)
    assert same_but_for_case(recase(text.lower()), text.lower())


@given(ONE_CASE)
def test_what_was_re_cased_stays(text):
    once = recase(text)
    assert one_case(once) is not None or recase(recase(once)) == recase(once)


@pytest.mark.parametrize("text", [
    pytest.param("A" * 200_000, id="one-word"),
    pytest.param("A. " * 60_000, id="full-stops"),
    pytest.param("NSF (" * 40_000, id="brackets"),
    pytest.param("THE WAR " + "\n " * 100_000 + "END", id="blank-lines"),
    pytest.param("READ MORE NEWS TODAY HERE\nread more\n" * 4_000, id="lines-in-turns"),
    pytest.param(" ".join(f"W{i:b}X".replace("0", "A").replace("1", "B") for i in range(20_000)), id="words-never-seen"),
])
def test_a_hostile_text_takes_no_more_than_its_length_is_worth(text):
    recase("LOAD THE MODEL FIRST, PLEASE.")
    start = time.process_time()
    assert len(recase(text)) == len(text)
    assert time.process_time() - start < 10
