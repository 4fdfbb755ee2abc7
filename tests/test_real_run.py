"""Odd and hostile reports through the whole job: all are kept and counted, and none holds the run up."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time

import pytest

from dateline.extract import extract_all
from helpers import a_report
from whole_job import dateline, incidents

KABUL = ("PORT VERITY, March 12, 2024 (Hawk Wire) - Shelling hit Kabul on Tuesday, killing at least 12 people and wounding 30, "
         "the mayor said. It was the worst attack there this year, residents said, and more were feared dead.")
ARABIC = ("قتل اثنا عشر شخصا في قصف على المدينة يوم الثلاثاء، قال مسؤولون محليون. وقال شهود إن النيران اشتعلت في السوق.",
          "أصيب ثلاثة جنود في هجوم مسلح قرب الحدود صباح اليوم، بحسب بيان الجيش الذي نشر على موقعه.")
SPANISH = "Al menos doce personas murieron en un ataque con coche bomba el martes, dijo el alcalde de la ciudad."


@pytest.fixture
def held(tmp_path):
    """Runs one file of these bytes and gives the program's answer and the incidents held."""
    def run(raw: str | bytes, *options: str):
        (tmp_path / "report").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        answer = dateline("run", tmp_path / "report", "--record", tmp_path / "d.db", "--offline", *options)
        return answer, incidents(tmp_path / "d.db")
    return run


def deaths(incident):
    return incident["toll"]["killed"]["low"]


def test_reports_in_other_languages_are_kept_and_counted(tmp_path):
    (tmp_path / "reports").mkdir()
    for number, text in enumerate((*ARABIC, SPANISH, KABUL)):
        (tmp_path / "reports" / f"{number}.txt").write_text(text)
    command = ["run", tmp_path / "reports", "--record", tmp_path / "d.db"]
    answer = dateline(*command)
    assert answer.code == 0
    assert "4 reports read: 4 new" in answer.err
    assert "3 reports not extracted: 2 Arabic, 1 Spanish" in answer.err
    assert "4 held before" in dateline(*command).err


def test_the_record_is_the_same_whatever_the_number_of_processes(tmp_path):
    (tmp_path / "reports").mkdir()
    for number in range(80):          # more than two batches
        where, told = ("Kabul", "Herat", "Kunduz")[number % 3], f"{number + 1} people were wounded, witness no. {number} said."
        (tmp_path / "reports" / f"{number}.txt").write_text(f"{KABUL.replace('Kabul', where)} {told}")
    held = []
    for jobs in (1, 2):
        answer = dateline("run", tmp_path / "reports", "--record", tmp_path / f"{jobs}.db", "--jobs", jobs)
        held.append((answer.out.replace(f"{jobs}.db", ""), incidents(tmp_path / f"{jobs}.db")))
    assert held[0] == held[1]
    assert held[0][1]


@pytest.mark.parametrize("brief", [
    "KABUL (Reuters) - Taliban fighters killed Ahmad Khan in Kandahar.", "Shelling in Kharkiv kills 3",
    "Boko Haram attack in Maiduguri leaves 12 dead",
], ids=["names", "headline", "headline-of-names"])
def test_a_brief_full_of_names_is_still_english(brief):
    assert a_report(brief).language == "en"


@pytest.mark.parametrize("raw", [
    pytest.param(f"<html><body><article><p>{KABUL}</p><script>document.write('killed 999 people')</script>"
                 f"<p onclick=\"alert('77 killed')\">The governor called for calm on local radio.</p></article></body></html>",
                 id="page-with-a-script-in-the-article"),
    pytest.param("\u202e\U0001f4a5 " + KABUL.replace("Kabul", "\u2066Kabul\u2069 \U0001f4a5") + " \u200f",
                 id="emoji-and-marks-of-direction"),
    pytest.param(KABUL.replace(". It", "\u2019s office \u2014 caf\u00e9. It").encode("cp1252"), id="another-encoding"),
    pytest.param(json.dumps({"text": KABUL, "title": None, "url": None, "published": {"at": 1}, "outlet": ["x"]}),
                 id="json-with-nulls-and-maps"),
    pytest.param(gzip.compress(KABUL.encode()), id="gzip"),
    pytest.param('<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title><item>'
                 f"<link>https://post.example/a</link><content:encoded><![CDATA[<p>{KABUL}</p><p>{'All was quiet by dusk. ' * 20}"
                 "</p>]]></content:encoded></item></channel></rss>", id="feed-with-its-articles-offline"),
])
def test_an_odd_report_is_read(held, raw):
    answer, [incident] = held(raw)
    assert (answer.code, answer.left_out) == (0, [])
    assert deaths(incident) == 12


def test_standard_input_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(KABUL.encode())))
    assert dateline("run", "-", "--record", tmp_path / "d.db").code == 0
    assert len(incidents(tmp_path / "d.db")) == 1


def test_a_named_pipe_in_a_folder_does_not_hold_up_the_run(tmp_path):
    import os

    (tmp_path / "reports").mkdir()
    os.mkfifo(tmp_path / "reports" / "a-pipe")
    (tmp_path / "reports" / "b.txt").write_text(KABUL)
    answer = dateline("run", tmp_path / "reports", "--record", tmp_path / "d.db")
    assert (answer.code, len(answer.left_out), len(incidents(tmp_path / "d.db"))) == (3, 1, 1)


HOSTILE = {                       # made to be about so many characters long
    "one-word": lambda size: "killed " * (size // 7),
    "one-number-after-another": lambda size: "killing " + ", ".join(map(str, range(size // 6))) + " people in Kabul.",
    "quotes-that-never-close": lambda size: '"3 killed ' * (size // 10),
    "brackets-that-never-close": lambda size: "killed (3 " * (size // 10),
    "of-of-of": lambda size: "attack of " * (size // 10) + "Kabul.",
    "verbs-without-end": lambda size: "Gunmen " + "attacked and killed and wounded and " * (size // 36) + "fled Kabul.",
    "commas-without-a-space": lambda size: "They killed" + "," * size + " 3 people",
    "one-endless-word": lambda size: "Gunmen killed 3 people in the " + "x" * size,
    "one-line-of-news": lambda size: "Gunmen shot dead four soldiers in Kabul on Tuesday, the army said. " * (size // 67),
}
MOST_S_A_CHAR = 400e-6            # five to ten times what it takes; before sentences were bounded some took 4,000e-6


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.timeout(60)
def test_a_hostile_text_takes_no_longer_than_its_length(make):
    for text in ("Gunmen killed 3 people in Kabul on Tuesday.", "GUNMEN KILLED 3 PEOPLE IN KABUL."):
        list(extract_all([a_report(text)]))                       # loads what is loaded once
    text = make(12_000)
    begun = time.process_time()
    list(extract_all([a_report(text)]))
    assert time.process_time() - begun < MOST_S_A_CHAR * len(text)
