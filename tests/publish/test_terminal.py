"""What a terminal shows of incidents, accounts and armed groups; no report can move its cursor or colour it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from dateline.extract import Extraction
from dateline.publish.extraction import print_extraction
from dateline.publish.groups import a_profile, print_group
from dateline.publish.safe import plain
from dateline.publish.terminal import print_incident, print_incidents
from dateline.publish.withhold import Published, withhold
from dateline.reconcile.views import View, seen_under
from dateline.records import ArmedGroup, AsOf, Disagreement, GroupStatement, Reason, Responsibility, Span, Written
from dateline.records.group import Alias, GroupType
from dateline.records.incident import HeldValue, Tolls
from made_incidents import (
    DAY,
    a_figure,
    a_person,
    a_report,
    a_sensitive,
    a_toll,
    a_when,
    a_where,
    an_account,
    an_attacker,
    an_incident,
)

HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\x00\u202e\u2066\u2028"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def a_console(width=80, colour=False):
    return Console(
        file=io.StringIO(),
        width=width,
        highlight=False,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        legacy_windows=False,
    )


def written(console):
    return console.file.getvalue()


def listed(*incidents, **options):
    console = a_console()
    print_incidents(console, [Published(i, 0) for i in incidents], **options)
    return written(console)


def shown(incident, width=200):
    console = a_console(width)
    print_incident(console, withhold(incident), {})
    return written(console)


# A list of incidents


def test_a_list_says_what_when_where_how_many_and_from_how_many_reports():
    lines = [
        line.strip()
        for line in listed(
            an_incident([an_account(figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),))])
        ).splitlines()
    ]
    assert lines == [
        "DTL-1  shelling, Port Verity",
        "12 Mar 2024; Port Verity, XA",
        "killed at least 12; injured not told  (1 report)",
    ]


@pytest.mark.parametrize("status", ["alleged", "attempted", "foiled"])
def test_what_did_not_surely_happen_is_marked(status):
    assert f"[{status}]" in listed(an_incident(status=status))


def test_what_happened_and_was_told_as_news_has_no_mark():
    assert "[" not in listed(an_incident())


@pytest.mark.parametrize("told_as", ["background", "anniversary", "legal", "other"])
def test_what_no_news_told_is_marked(told_as):
    assert re.search(r"\[(?:known|told) ", listed(an_incident(told_as=told_as)))


def test_attackers_are_named_with_how_surely():
    claimed = an_attacker("the Front", organisation="Vale Front", certainty="claimed")
    told = an_attacker("gunmen")
    assert "by Vale Front (claimed); gunmen\n" in listed(an_incident(actors=(told, claimed)))


def test_attackers_who_are_not_named_are_written_small_and_once():
    twice = an_attacker("A suicide bomber"), an_attacker("a suicide bomber")
    assert "by a suicide bomber\n" in listed(an_incident(actors=twice))


def test_victims_are_not_listed_among_attackers():
    assert "by " not in listed(an_incident([an_account(actors=(a_person("Tam Quillip"),))]))


def test_incidents_are_told_apart_by_an_empty_line():
    assert "\n\nDTL-2" in listed(an_incident(), replace(an_incident(), id="DTL-2"))


def test_the_list_says_how_many_it_printed():
    assert print_incidents(a_console(), []) == 0
    assert print_incidents(a_console(), [Published(an_incident(), 0)] * 2) == 2


# Figures


def test_every_figure_stands_beside_who_gave_it_and_where_it_was_read():
    account = an_account(
        figures=(a_figure("12", 12, 12, 12, "exact"), a_figure("12 March", 9, 9, 9, "exact", speaker=None))
    )
    text = " ".join(listed(an_incident([account]), figures=True).split())
    assert "12 killed the mayor Verity Post stands" in text
    assert "the report itself" in text


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        pytest.param({"standing": "superseded"}, "superseded", id="superseded"),
        pytest.param({"standing": "retracted"}, "retracted", id="retracted"),
        pytest.param({"scope": "part"}, "part", id="part-of-another"),
        pytest.param({"scope": "increment"}, "added", id="added-to-a-total"),
        pytest.param({"scope": "cumulative"}, "cumulative", id="of-a-war"),
        pytest.param({"scope": "several_incidents"}, "several incidents", id="of-several-incidents"),
    ],
)
def test_a_figure_that_is_not_the_toll_says_so(given, mark):
    account = an_account(figures=(a_figure("12", 12, 12, 12, "exact", **given),))
    incident = replace(an_incident(), accounts=(replace(an_incident().accounts[0], account=account),))
    assert mark in " ".join(listed(incident, figures=True).split())


def test_a_figure_that_a_copy_repeats_is_one_row_with_the_copy_marked():
    reports = [a_report(id="R1"), a_report(id="R2", copy_of="R1", outlet="Meridian News")]
    accounts = [an_account(report=r.id, figures=(a_figure("12", 12, 12, 12, "exact"),)) for r in reports]
    text = " ".join(listed(an_incident(accounts, reports), figures=True).split())
    assert "12 killed the mayor Verity Post, Meridian News (copy) stands" in text
    assert "reports: Verity Post; Meridian News (a copy of Verity Post)" in text


def test_killed_stand_before_injured_and_what_stands_before_what_is_superseded():
    figures = (a_figure("12 March", 3, 3, 3, "exact", effect="injured"), a_figure("At least 12", 12, None, 12, "at_least"),
               a_figure("12", 9, 9, 9, "exact", standing="superseded"))
    incident = replace(an_incident(), accounts=(replace(an_incident().accounts[0], account=an_account(figures=figures)),))
    rows = [line.split("  ")[1] for line in listed(incident, figures=True).splitlines() if "the mayor" in line]
    assert rows == ["at least 12 killed", "12 killed", "12 March injured"]


def test_a_figure_of_many_outlets_names_some_and_counts_the_rest():
    reports = [a_report(id=f"R{n}", outlet=f"Outlet {n}") for n in range(9)]
    accounts = [an_account(report=r.id, figures=(a_figure("12", 12, 12, 12, "exact"),)) for r in reports]
    table, _, reports_line = listed(an_incident(accounts, reports), figures=True).partition("reports: ")
    assert "and 5" in table
    assert "Outlet 4" not in table
    assert "Outlet 4" in reports_line


def test_long_lines_go_on_further_in():
    attackers = tuple(an_attacker(f"the {n} armed men of the upper valley of Arden") for n in ("first", "second", "third"))
    lines = listed(an_incident(actors=attackers)).splitlines()
    [first] = [n for n, line in enumerate(lines) if line.startswith("  by the first")]
    assert lines[first + 1].startswith("    ")
    assert max(map(len, lines)) <= 80


def test_a_long_figure_is_folded_and_not_cut():
    who = "people of the lower town who had come to the harbour for the market of the twelfth"
    incident = an_incident([an_account(figures=(a_figure("12", 12, 12, 12, "exact", who=who),))])
    words = listed(incident, figures=True)
    assert "…" not in words
    assert all(word in words for word in who.split())
    assert max(map(len, words.splitlines())) <= 80


# One incident in full


def test_an_incident_in_full_gives_sentences_sources_reasons_and_disagreements():
    joined = replace(an_incident().accounts[0], reasons=(Reason("same place", "Port Verity", 0.3),))
    said = Responsibility("none_claimed", "No group has claimed it", None, None, AsOf(None, None), ())
    incident = replace(
        an_incident(),
        accounts=(joined,),
        responsibility=(said,),
        disagreements=(
            Disagreement("day", (HeldValue("12 Mar", ("Verity Post",)), HeldValue("13 Mar", ("Hawk Wire",)))),
        ),
    )
    text = shown(incident)
    for part in (
        "exact place, 10.0000 20.0000",
        "codes: ACLED time_precision 1, geo_precision 1; UCDP date_prec 1, where_prec 1",
        "responsibility none claimed",
        "No group has claimed it",
        "+0.30 same place: Port Verity",
        "disagreement on day: 12 Mar, by Verity Post; 13 Mar, by Hawk Wire",
        "Verity Post, 12 Mar 2024\n  Shells hit port\n",
        "reports/R1.txt",
        "“Shelling hit Port Verity on 12 March.",
        "“reliable”",
    ):
        assert part in text, part


def test_a_copy_says_of_what():
    reports = [a_report(id="R1"), a_report(id="R2", copy_of="R1")]
    assert "copy of R1" in shown(an_incident([an_account(report=r.id) for r in reports], reports))


def test_a_correction_says_of_what():
    reports = [a_report(id="R1"), a_report(id="R2", version_of="R1", update_kind="correction")]
    assert "correction of R1" in shown(an_incident([an_account(report=r.id) for r in reports], reports))


def test_the_words_that_say_a_figure_are_marked_in_their_sentence():
    console = a_console(200, colour=True)
    account = an_account(figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),))
    print_incident(console, Published(an_incident([account]), 0), {})
    assert "\x1b[1;32mAt least 12 people\x1b[0m" in written(console)


def test_the_words_are_marked_where_they_stand_though_a_name_before_them_is_withheld():
    text = "Selda Oarewyn and 11 others were killed in Port Verity, the mayor said."
    account = an_account(
        text,
        sensitive=(a_sensitive("Selda Oarewyn", text),),
        figures=(a_figure("11 others", 11, 11, 11, "exact", text=text),),
    )
    console = a_console(200, colour=True)
    print_incident(console, withhold(an_incident([account], [a_report(text)])), {})
    assert "\x1b[1;32m11 others\x1b[0m" in written(console)
    assert "Oarewyn" not in written(console)


def test_words_are_marked_by_signs_where_there_are_no_colours():
    account = an_account(figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),))
    assert "12 March. «At least 12 people» were killed" in shown(an_incident([account]))


def test_marks_that_overlap_are_one():
    figures = (a_figure("At least 12", 12, None, 12, "at_least"), a_figure("12 people were killed", 12, 12, 12, "exact"))
    assert "«At least 12 people were killed»," in shown(an_incident([an_account(figures=figures)]))


def test_sentences_that_another_report_told_are_not_printed_again():
    reports = [a_report(id="R1"), a_report(id="R2", copy_of="R1", outlet="Meridian News")]
    text = shown(an_incident([an_account(report=r.id) for r in reports], reports))
    assert text.count("Shelling hit Port Verity") == 1
    assert "(1 sentence as above)" in text


def test_what_repeats_a_report_stands_after_it():
    reports = [a_report(id="R1", version_of="R2", update_kind="update", title="Second"), a_report(id="R2", title="First")]
    text = shown(an_incident([an_account(report=r.id) for r in reports], reports))
    assert text.index("First") < text.index("Second")


def test_attackers_killed_are_told_apart():
    bombers = replace(an_attacker("five bombers"), id="a1")
    figure = a_figure("12", 5, 5, 5, "exact", of="a1", who="bombers")
    assert "attackers killed: 5 (five bombers)" in shown(an_incident([an_account(actors=(bombers,), figures=(figure,))]))


@pytest.mark.parametrize("printed", [listed, shown])
def test_a_victims_name_is_printed_neither_in_a_list_nor_in_full(printed):
    account = an_account(
        actors=(a_person("Tam Quillip"),),
        sensitive=(a_sensitive("Selda Oarewyn"),),
        figures=(a_figure("12", 12, 12, 12, "exact", who="Selda Oarewyn and others"),),
    )
    text = printed(withhold(an_incident([account], [a_report(title="Tam Quillip survives")])).incident)
    assert "Quillip" not in text
    assert "Oarewyn" not in text


# Hostile text


def a_hostile_incident():
    """Every field that holds words of a report or of a file's name holds control characters."""
    text = f"{HOSTILE} Shelling hit Port Verity, {HOSTILE} 12 people were killed."
    span = (Span(0, len(text), text),)
    account = an_account(
        text,
        headline=f"shelling, {HOSTILE}",
        where=a_where(text=HOSTILE, name=f"Port{HOSTILE}", admin1=HOSTILE, precision=1),
        when=a_when(earliest=DAY, latest=DAY, best=DAY, precision="day", text=HOSTILE, time_of_day=HOSTILE),
        actors=(an_attacker(HOSTILE, organisation=HOSTILE),),
        figures=(a_figure("12", 12, 12, 12, "exact", text=text, who=HOSTILE, speaker=HOSTILE),),
        responsibility=(Responsibility("claimed", HOSTILE, None, HOSTILE, AsOf(None, None), span),),
        evidence=span,
    )
    report = a_report(text, title=HOSTILE, outlet=HOSTILE, source=f"a/{HOSTILE}.txt")
    joined = an_incident([account], [report])
    return (
        replace(
            joined,
            accounts=(replace(joined.accounts[0], reasons=(Reason("same place", HOSTILE, 0.3),)),),
            disagreements=(Disagreement("day", (HeldValue(HOSTILE, (HOSTILE,)),)),),
        ),
        account,
        report,
    )


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(lambda incident: listed(incident), id="list"),
        pytest.param(lambda incident: listed(incident, figures=True), id="list-with-figures"),
        pytest.param(shown, id="in-full"),
    ],
)
def test_control_characters_of_a_report_never_reach_the_terminal(printed):
    incident, _, _ = a_hostile_incident()
    assert not CONTROL.search(printed(incident))


def test_control_characters_do_not_reach_the_terminal_from_an_extraction():
    _, account, report = a_hostile_incident()
    said = GroupStatement("S1", report.id, None, HOSTILE, "aim", {"text": HOSTILE}, AsOf(None, None), HOSTILE, ())
    console = a_console(200)
    print_extraction(console, report, Extraction((account,), (said,)))
    assert not CONTROL.search(written(console))


def test_square_brackets_of_a_report_are_words_and_no_markup():
    assert "[bold]x[/bold]" in listed(an_incident(headline="shelling [bold]x[/bold]"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("a\tb\r\nc", "a b c", id="white-space-is-one-space"),
        pytest.param("\x1b[2Ja\x9b", "[2Ja", id="escape-and-its-8-bit-form-are-gone"),
        pytest.param(None, "", id="nothing-is-nothing"),
    ],
)
def test_plain_text_has_no_control_characters(text, words):
    assert plain(text) == words


# An armed group


def test_a_profile_gives_names_statements_with_who_said_them_and_incidents():
    group = ArmedGroup("vale-front", "Vale Front", (Alias("VLF"),), (GroupType(2),), ("XA",))
    strength = {
        "low": 100,
        "high": 200,
        "value": None,
        "modifier": "range",
        "unit": "fighters",
        "words": "100 to 200",
        "hedge": None,
    }
    said = GroupStatement(
        "S1", "R1", "vale-front", "the Front", "strength", strength, AsOf("2024-03-01", "2024-03-12"), "a UN report", ()
    )
    console = a_console()
    print_group(console, a_profile(group, (said,), (an_incident(toll=Tolls(a_toll(1, 1, 1), a_toll(0, 0, 0))),)))
    text = written(console)
    for part in (
        "Vale Front",
        "vale-front",
        "also VLF",
        "strength",
        "100 to 200",
        "a UN report",
        "2024-03-12",
        "DTL-1",
    ):
        assert part in text, part


def test_a_group_of_which_nothing_is_said_says_so():
    console = a_console()
    print_group(console, a_profile(ArmedGroup("vale-front", "Vale Front", (), (), ()), (), ()))
    assert "no statement about it" in written(console)


def test_a_profile_shows_disagreements_side_by_side_claims_months_and_places():
    group = ArmedGroup("vale-front", "Vale Front", (), (), ())
    counts = [{"low": n, "high": n, "value": n, "modifier": "exact", "unit": "fighters", "words": str(n), "hedge": None}
              for n in (300, 900)]
    said = [GroupStatement(f"S{n}", "R1", "vale-front", "the Front", "strength", value, AsOf(None, "2024-03-12"), who, ())
            for n, (value, who) in enumerate(zip(counts, ("a UN report", "the army"), strict=True))]
    claim = Responsibility("denied", "denied it", "vale-front", "a spokesman", AsOf(None, None), ())
    incident = an_incident(responsibility=(claim,), where=a_where(name="Port Verity", country="XA", admin1="Vale"))
    console = a_console()
    print_group(console, a_profile(group, said, (incident,)))
    text = written(console)
    assert re.search(r"strength +300 fighters \[disputed\] +a UN report +2024-03-12\n +900 fighters \[disputed\] +the army", text)
    assert re.search(r"denied +DTL-1 +shelling, Port Verity +2024-03-12 +a spokesman", text)
    assert re.search(r"2024-03 +1 +- +1 without a number of dead", text)
    assert "where: Vale, XA 1" in text
    assert max(map(len, text.splitlines())) <= 80


# Who did it, by the rule in force


def blamed(rule="stated or claimed"):
    said = Responsibility("blamed", "blamed Vale Front", "vale-front", "the governor", AsOf("2024-03-12", "2024-03-12"), ())
    denied = replace(said, stance="denied", speaker="its spokesman")
    front = replace(an_attacker("Vale Front"), group="vale-front", certainty="blamed")
    account = an_account(actors=(an_attacker("gunmen"), front), responsibility=(said, denied))
    return seen_under(View(attribution=rule), an_incident([account]), {"R1": a_report()})


def test_whom_the_rule_does_not_count_comes_last_with_the_reason():
    assert "  by gunmen; only blamed: Vale Front\n" in listed(blamed())
    assert "  by Vale Front (blamed); gunmen\n" in listed(blamed("suspected too"))


def test_an_incident_in_full_says_who_did_it_by_which_rule_and_who_says_so():
    text = shown(blamed())
    assert "done by: nobody is known to have  (by the rule “stated or claimed”)" in text
    assert "not counted: Vale Front (blamed by the governor (Verity Post), 2024-03-12): only blamed" in text
    assert ("done by: Vale Front (blamed, 2024-03-12, by the governor (Verity Post); denied by its spokesman (Verity Post))"
            "  (by the rule “suspected too”)") in shown(blamed("suspected too"))


def dispatch(first, last):
    return a_report(id="R1", published_at=None, written=Written(first, last, (), "dateline"), outlet="Hawk Wire")


@pytest.mark.parametrize(("first", "last", "told"), [
    pytest.param(date(2021, 3, 13), date(2025, 3, 13), "Hawk Wire, 13 Mar 2024", id="a-dateline-without-a-year"),
    pytest.param(date(2020, 3, 11), date(2024, 3, 11), "Hawk Wire\n", id="before-the-day-in-every-year"),
    pytest.param(date(2024, 3, 11), date(2024, 3, 20), "Hawk Wire\n", id="some-day-of-a-span"),
])
def test_a_dispatch_has_the_year_of_its_incident(first, last, told):
    assert told in shown(an_incident(reports=[dispatch(first, last)]))
