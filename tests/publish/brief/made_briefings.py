"""Made-up briefings and a letter: a full day, a week with its table, everything there is, an empty day, words that attack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateline.publish.brief.letters import Letter, letter_parts
from dateline.publish.brief.links import Links
from dateline.records.briefing import EVERYTHING, Bounds, Briefing, DayBar, Item, Line, Section, WeekRow, Window
from dateline.records.mailing import Parts

DAY = date(2024, 3, 12)
ROOT = "https://desk.example.org"
LINKS = Links(
    ROOT, f"{ROOT}/briefing/arden/daily-2024-03-12", f"{ROOT}/briefing/preferences/2pQ7xLk0TfWm5uZr",
    f"{ROOT}/briefing/unsubscribe/2pQ7xLk0TfWm5uZr?edition=arden")
CONFIRM = f"{ROOT}/briefing/confirm/2pQ7xLk0TfWm5uZr2pQ7xLk0TfWm5uZr2pQ7xLk0TfWm5uZr"
HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "</mj-text><mj-image src='https://evil.example/x.png'/>",
    "Q&A &amp; &lt;b&gt; \"quoted\" 'words'",
    "\u202eturned\u202c round \u200f\u2066",
    "x" * 10_000,
    "a\x00b\x1b[31mred\x07\r\nBcc: all@x",
    "]]> --> <![endif]--> <!--[if mso]>",
    "[a](javascript:alert(1)) ![i](https://evil.example/i.png) | pipe | `code` **bold** _i_",
    "https://evil.example/ www.evil.example mail@evil.example",
    "# heading\n- list\n1. one\n> quote\n===",
    "\U0001f4a3 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u7206\u70b8",
    "\ud83d",
    "\uffff\ufffe\U000e0041",
    "<a href=\"javascript:alert(1)\" style=\"position:fixed\" onclick=x>",
    "\\ \\| \\` \\[",
)


def an_item(number: int = 412, section: Section = "new", **given: Any) -> Item:
    """A shelling of Port Verity, new, seven killed, unless the case says otherwise."""
    fields: dict[str, Any] = {
        "id": f"DTL-{number}" + ("" if section == "new" else f"/{section}"),
        "section": section,
        "path": f"/incidents/DTL-{number}",
        "heading": "Shelling, Port Verity, Arden, 12 Mar 2024",
        "lines": (Line("At least 7 people were killed, the mayor of Port Verity said.", ("Hawk Wire", "Arden Post")),),
        "importance": 10.0,
        "incident": f"DTL-{number}",
        "region": "Western Africa",
        "country": "ML",
        "kind": "shelling/artillery/missile attack",
        "status": "happened",
        "killed": Bounds(7, 7, None),
        "injured": Bounds(None, None, None),
        "counts": section == "new",
        "day": DAY,
        "lat": 16.27,
        "lon": -0.04,
        "precision": 1,
        "review": "approved",
    }
    return Item(**{**fields, **given})


def a_briefing(*items: Item, **given: Any) -> Briefing:
    """A daily one for the 12th of March, of one item unless the case gives some; `given` replaces any field."""
    fields: dict[str, Any] = {
        "title": "Daily briefing, 12 March 2024",
        "frequency": "daily",
        "window": Window(DAY, DAY),
        "coverage": EVERYTHING,
        "length": "one page",
        "headline": ("1 new incident: at least 7 killed; injured not told.",),
        "items": items or (an_item(),),
        "left_out": 0,
        "late": 0,
        "weeks": (),
        "days": (),
        "withheld": "",
    }
    return Briefing(**{**fields, **given})


def an_empty_day(**given: Any) -> Briefing:
    return replace(a_briefing(headline=()), items=(), **given)


def a_full_day(**given: Any) -> Briefing:
    """What a reader who asked for one page gets on a bad day."""
    items = (
        an_item(
            412, heading="Suicide bombing, Port Verity, Arden, 12 Mar 2024", killed=Bounds(63, 95, 103), lines=(
                Line("A bomber blew up an ambulance at a checkpoint near the old ministry, police said.",
                     ("Hawk Wire", "Arden Post")),
                Line("At least 63 killed, the Health Ministry and an Interior Ministry spokesman said; 95 by evening, the Health "
                     "Ministry said; 103 on the next day, the governor said.", ("Hawk Wire", "The Bara Courier", "Radio Selde")),
                Line("At least 151 injured, the Health Ministry said.", ("Hawk Wire",)),
                Line("The Ridge Front claimed it; the government blamed the Ridge Front.", ("Arden Post", "Radio Selde"))),
            note="The ministry gives a new count every evening; the next one is due at 20:00."),
        an_item(
            413, heading="Ambush, road from Bara to Quill, Selde province, Arden, 11-12 Mar 2024", lat=14.5, lon=-3.2,
            precision=5, killed=Bounds(4, 4, 6), lines=(
                Line("Gunmen fired on a convoy of aid workers on the road to Quill, the Relief Council said.", ("Hawk Wire",)),
                Line("4 to 6 killed, among them 2 aid workers, the Relief Council said.", ("Hawk Wire", "The Bara Courier"))),
            review="unreviewed", affected=("aid worker",)),
        an_item(
            414, heading="Air strike, near Oarewyn, Arden, 12 Mar 2024", status="alleged", counts=False, lat=17.4,
            lon=1.9, precision=2, killed=Bounds(20, 20, None), lines=(
                Line("The Ridge Front said that an air strike killed at least 20 of a wedding party.", ("Radio Selde",)),
                Line("No one else has told of it.",))),
        an_item(
            415, heading="Bombing, Tam, Upper Quillip, 12 Mar 2024", region="Eastern Africa", country="SO", lat=2.04,
            lon=45.3, killed=Bounds(1, 1, 1), lines=(
                Line("One guard was killed by a roadside bomb, the police said.", ("Coast Agency",)),)),
        an_item(
            416, heading="Abduction, Upper Quillip, 10 Mar 2024", region="Eastern Africa", country="SO", lat=None,
            lon=None, precision=None, killed=Bounds(0, 0, 0), lines=(
                Line("Three teachers were taken from a school, a parent said.", ("Coast Agency",)),)),
        an_item(
            398, "changed", heading="Shelling, Bara, Arden, 9 Mar 2024", lat=12.6, lon=-8.0, killed=Bounds(9, 14, 14), lines=(
                Line("Toll 9 -> 14: a later count by the district hospital.", ("The Bara Courier",)),)),
        an_item(
            412, "claims", heading="Suicide bombing, Port Verity, Arden, 12 Mar 2024", killed=None, lines=(
                Line("The Ridge Front said that it did it, on its radio.", ("Radio Selde", "Hawk Wire")),)),
        an_item(
            1, "groups", id="statement/S1f", path="/groups/ridge-front#S1f", incident=None, heading="Ridge Front", status=None,
            killed=None, lat=None, lon=None, precision=None, region=None, country=None, review=None, lines=(
                Line("New leader: Selda Oarewyn, the group said.", ("Radio Selde",)),
                Line("About 2,000 fighters, a UN panel estimated.", ("Hawk Wire",)))),
        an_item(
            417, "uncertain", heading="Attack, place unknown, Arden, 11 Mar 2024", killed=Bounds(None, None, None), lat=None,
            lon=None, precision=6, lines=(
                Line("Two outlets give different villages; it may be the shelling of Bara told again.", ("Hawk Wire",)),)))
    return a_briefing(*items, **{
        "headline": ("5 new incidents in 2 countries: at least 68 killed (best 100).", "1 more is alleged by one side alone.",
                     "At least 151 injured; among the dead are 2 aid workers."),
        "note": "Telephone lines to Selde province were cut until noon, so reports from there are few.",
        "left_out": 7,
        "late": 2,
        "withheld": "3 names withheld (victims, witnesses, suspects); 1 shelter shown by district",
        "days": days_of((2, 0, 5, 0, 0, 14, 95)),
        **given})


def a_week(**given: Any) -> Briefing:
    """A weekly one with the table against the four weeks before."""
    def row(name: str, *weeks: tuple[int | None, int | None, int | None]) -> WeekRow:
        return WeekRow(name, tuple(Bounds(*week) for week in weeks))

    return a_full_day(**{
        "title": "Weekly briefing, 6-12 March 2024",
        "frequency": "weekly",
        "window": Window(DAY - timedelta(days=6), DAY),
        "weeks": (
            row("incidents", *((n, n, n) for n in (31, 24, 28, 19, 22))),
            row("killed", (88, 121, 140), (40, 52, None), (61, 61, 61), (12, 15, 21), (30, 33, 47)),
            row("injured", (151, 160, None), (70, 70, None), (22, 22, 22), (None, None, None), (41, 44, 60)),
            row("reporting sources", *((n, n, n) for n in (14, 13, 15, 9, 13)))),
        "days": days_of((3, 12, 0, 14, 1, 8, 95)),
        **given})


def everything(count: int = 60, **given: Any) -> Briefing:
    """What a reader who asked for everything gets of a very bad day."""
    full = a_full_day()
    told = sorted((full.items * count)[:count], key=lambda item: SECTION_ORDER.index(item.section))
    items = tuple(
        replace(item, id=f"{item.id}/{number}", path=f"/incidents/DTL-{number}", incident=f"DTL-{number}")
        for number, item in enumerate(told, 1000))
    return replace(full, **{"items": items, "length": "everything", "left_out": 0, **given})


SECTION_ORDER = ("new", "changed", "claims", "groups", "uncertain")


def a_hostile_day(words: tuple[str, ...] = HOSTILE) -> Briefing:
    """All that can hold words of others holds an attack."""
    def say(number: int) -> str:
        return words[number % len(words)]

    items = tuple(
        an_item(
            500 + number, heading=say(number), region=say(number + 1), country=say(number + 2), status=say(number + 3),
            path=f"/incidents/{say(number)}", note=say(number + 4), lines=(
                Line(say(number), (say(number + 5), say(number + 6))), Line(say(number + 7))))
        for number in range(len(words)))
    return a_briefing(*items, title=say(0), headline=words, note=say(2), withheld=say(3),
                      weeks=(WeekRow(say(0), (Bounds(1, 1, 1),) * 5),))


def days_of(killed: tuple[int, ...], last: date = DAY) -> tuple[DayBar, ...]:
    """Days up to `last`, with what doubt there is about them."""
    first = last - timedelta(days=len(killed) - 1)
    return tuple(
        DayBar(first + timedelta(days=after), min(count, 3),
               Bounds(count * 2 // 3, count, None if count == 5 else count + count // 8))
        for after, count in enumerate(killed))


def a_confirmation(**given: Any) -> Parts:
    """The letter that asks a reader whether it was them; `given`: further fields of Parts."""
    letter = Letter(
        "Confirm your subscription", (
            "Somebody, we hope you, asked for the briefing on Arden at this address.",
            "Nothing is sent before you confirm it. If it was not you, do nothing: the address is deleted after seven days."),
        ("Confirm", CONFIRM), ("Asked for on 12 Mar 2024 on the sign-up page.",), f"{ROOT}/briefing/unsubscribe/2pQ7xLk0TfWm5uZr")
    return letter_parts(letter, **given)
