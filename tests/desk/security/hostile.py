"""A record in which every field that a report, a register or a person fills is hostile, and which knows private names.

Each hostile value carries the name of its field, so that a test that finds one says where it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dateline import decisions
from dateline.decisions import By
from dateline.editions import issuing, making
from dateline.publish.safe import plain
from dateline.records import (
    Affected,
    AsOf,
    Dateline,
    GroupStatement,
    Occurrence,
    PageDate,
    Report,
    Responsibility,
    Span,
    Speaker,
    Target,
    Weapon,
    When,
    Written,
)
from dateline.records.briefing import Window
from dateline.records.mailing import Edition, Edits
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.team import people
from made_desk import Told, a_record_of
from made_incidents import a_figure, a_person, a_report, a_sensitive, a_when, a_where, an_account, an_attacker, words_of

BIDI = "\u202e\u2066"
TEMPLATE, SUM = "{{ 7919*7907 }}", str(7919 * 7907)  # what a template engine would make of the first
FORMULA = "=cmd|' /C calc'!A0"
VICTIM, WITNESS, MINOR, SUSPECT, HOUSE = "Selda Oarewyn", "Tam Quillip", "Ila Brandeth", "Oren Vasstock", "Harbour House"
NAMES = ("oarewyn", "selda", "quillip", "brandeth", "vasstock", "harbour house", "harbour-house", "harbourhouse")
HOUSE_LON = 113.5625
LONG_LINE = "shell " * 33_000  # nearly max_text_chars, on one line
EDITOR, PASSWORD = "Ana Editor", "four plain words here"
AT = datetime(2024, 4, 1, 9, tzinfo=UTC)
ISSUED = date(2024, 7, 2)

SHELLING = (
    "Shelling hit Port Verity on 12 March. At least 12 people were killed, the mayor said. Among the dead was "
    "Selda Oarewyn, a baker; her neighbour Tam Quillip saw it. "
)
AGAIN = "The mayor of Port Verity said on 13 March that 14 people were killed in the shelling. Mrs Oarewyn was buried. "
REFUGE = "Gunmen broke into the Harbour House on 20 March, where women had found refuge. One guard was killed. "
REFUGE_AGAIN = "A guard was shot dead at the Harbour House on 20 March, the district office said. It counted 1 dead. "
CHILD = (
    "A bomb in Lower Quill on 2 April killed a 9-year-old girl from Reed Lane named Ila Brandeth. "
    "The 9-year-old girl from Reed Lane was alone. "
)
CRIME = "Police in Arden said that Oren Vasstock was suspected of the attack of 5 April. 2 people were hurt. "
LATER = "Two men were taken from a bus near Sarre Hill on 9 June; 2 people were hurt, police said. "


def bad(field: str) -> str:
    """Text for `field` that a page, a sheet or a terminal might obey."""
    x = f"x('{field}')"
    return f"""<script>{x}</script>"><img src=x onerror="{x}">' onload=x {TEMPLATE}{BIDI} javascript:{x}"""


def formula(field: str) -> str:
    """As `bad`, where it is the beginning that a spreadsheet obeys."""
    return f"{FORMULA} {bad(field)}"


def told() -> list[Told]:
    """Each report with what was read from it."""
    return [*_shelling(), *_shelter(), *_child_and_crime(), _statements(), _long()]


def _text(plain: str, field: str) -> str:
    return f"{plain}{bad(field)}\n{FORMULA}\n\x00\x1b[31m{BIDI}end"


def _shelling() -> list[Told]:
    text, again = _text(SHELLING, "text"), _text(AGAIN, "text2")
    hostile = words_of(text, "<script>x('text')</script>")
    account = an_account(
        text,
        headline=bad("headline"),
        actors=(
            a_person(VICTIM, text),
            replace(a_person(WITNESS, text), id="a2"),
            an_attacker(
                bad("actor.text"), group="x-front", evidence=hostile, organisation=formula("actor.organisation"), country="AF"
            ),
        ),
        targets=(Target(formula("target.text"), bad("target.type"), 2, bad("target.effect"), hostile),),
        weapons=(Weapon(formula("weapon.text"), bad("weapon.type"), hostile),),
        affected=(Affected("health", formula("affected.text"), hostile),),
        figures=(
            replace(
                a_figure("At least 12", 12, None, 12, "at_least", text=text, who=formula("figure.who"), side="civilians"),
                speaker=bad("figure.speaker"),
                speakers=(_speaker("figure"),),
            ),
        ),
        responsibility=(
            Responsibility(
                "claimed",
                formula("responsibility.text"),
                "x-front",
                bad("responsibility.speaker"),
                AsOf(bad("as_of"), bad("as_of")),
                hostile,
            ),
        ),
        occurrence=(Occurrence("denied", "act", bad("occurrence.speaker"), hostile),),
        sensitive=(a_sensitive(VICTIM, text), a_sensitive(WITNESS, text)),
        where=_at(bad("where.name"), "where"),
        when=replace(_on(date(2024, 3, 12)), text=bad("when.text"), time_of_day="12:50", zone=bad("zone")),
    )
    report = _report(
        "R1",
        text,
        "title",
        title=f"{formula('title')} {VICTIM} dead",
        dateline=Dateline(bad("dateline.text"), bad("dateline.place"), bad("dateline.date"), hostile),
        page_date=PageDate(date(2024, 3, 12), bad("page_date")),
        source=f"javascript:x('source')//{VICTIM.lower().replace(' ', '-')}",
    )
    figure = replace(a_figure("14", 14, 14, 14, "exact", text=again), speakers=(_speaker("figure2"),))
    second = _report(
        "R2",
        again,
        "title2",
        source="https://post.example/mrs-oarewyn-buried?\"><script>x('source2')</script>",
        outlet="https://x.example/\"><script>x('outlet')</script>",
    )
    copy = _report(
        "R3",
        SHELLING + "It was told twice.",
        "title3",
        outlet=None,
        agency=formula("agency"),
        copy_of="R1",
        source="data:text/html,<script>x('source3')</script>",
    )
    return [
        (report, [account], []),
        (
            second,
            [
                an_account(
                    again, report="R2", figures=(figure,), where=_at(bad("where.name"), "where"), when=_on(date(2024, 3, 12))
                )
            ],
            [],
        ),
        (copy, [], []),
    ]


def _shelter() -> list[Told]:
    first, second = _text(REFUGE, "text4"), _text(REFUGE_AGAIN, "text5")
    place = a_where(
        text=HOUSE,
        name=HOUSE,
        kind="site",
        country="SY",
        admin1=formula("admin1"),
        admin2=bad("admin2"),
        lat=-40.0,
        lon=HOUSE_LON,
        radius_km=0.5,
        precision=1,
        gazetteer_id="made:harbour-house",
        runners_up=("Harbour House, XC (made:1)",),
    )
    own = replace(place, evidence=words_of(first, HOUSE))
    other = replace(place, evidence=words_of(second, HOUSE))
    when = _on(date(2024, 3, 20))
    guard = a_figure("One", 1, 1, 1, "exact", text=first, speaker=None)
    one = a_figure("1 dead", 1, 1, 1, "exact", text=second, speaker="the district office")
    return [
        (
            _report("R4", first, "title4", title="Raid on Harbour House", source="https://post.example/raid-on-harbour-house"),
            [
                an_account(
                    first,
                    report="R4",
                    kind="attack",
                    headline=f"attack, {HOUSE}",
                    where=own,
                    when=when,
                    figures=(guard,),
                    sensitive=(a_sensitive(HOUSE, first, "shelter"),),
                )
            ],
            [],
        ),
        (
            _report("R5", second, "title5", title="Guard shot at Harbour House"),
            [an_account(second, report="R5", kind="attack", headline=f"attack, {HOUSE}", where=other, when=when, figures=(one,))],
            [],
        ),
    ]


def _child_and_crime() -> list[Told]:
    child, crime, later = _text(CHILD, "text6"), _text(CRIME, "text7"), _text(LATER, "text8")
    girl = "9-year-old girl from Reed Lane"
    suspect = replace(a_person(SUSPECT, crime), role="attacker", certainty="suspected", type=3)
    hurt = {"effect": "injured", "who": "people"}
    return [
        (
            _report("R6", child, "title6", title=f"Girl {MINOR} killed"),
            [
                an_account(
                    child,
                    report="R6",
                    kind="remote explosive/landmine/ied",
                    headline="bomb, Lower Quill",
                    when=_on(date(2024, 4, 2)),
                    where=_at("Lower Quill", "where6", country="ML", lat=-2.0, lon=30.0),
                    sensitive=(a_sensitive(MINOR, child), a_sensitive(girl, child, "minor")),
                    figures=(a_figure("a 9-year-old girl", 1, 1, 1, "exact", text=child, speaker=None, who="girl"),),
                )
            ],
            [],
        ),
        (
            _report("R7", crime, "title7", title=f"{SUSPECT} sought"),
            [
                an_account(
                    crime,
                    report="R7",
                    kind="attack",
                    headline="attack, Arden",
                    nature="political",
                    when=_on(date(2024, 4, 5)),
                    where=_at("Arden", "where7", country="AF", lat=34.5, lon=69.2),
                    actors=(suspect,),
                    figures=(a_figure("2", 2, 2, 2, "exact", text=crime, **hurt),),
                )
            ],
            [],
        ),
        (
            _report("R8", later, "title8"),
            [
                an_account(
                    later,
                    report="R8",
                    kind="abduction/forced disappearance",
                    headline="abduction, Sarre Hill",
                    when=_on(date(2024, 6, 9)),
                    where=_at("Sarre Hill", "where8", country="NG", lat=50.0, lon=10.0),
                    figures=(a_figure("2", 2, 2, 2, "exact", text=later, **hurt),),
                )
            ],
            [],
        ),
    ]


def _statements() -> Told:
    text = _text("The Vale Front has about 300 fighters; Selda Oarewyn leads it, a monitor said. ", "text9")
    strength = {
        "low": 300,
        "high": 300,
        "value": 300,
        "modifier": "about",
        "unit": bad("strength.unit"),
        "words": bad("strength.words"),
    }
    area = {
        "sense": "control",
        "where": {
            **dict.fromkeys(("admin1", "admin2", "gazetteer_id", "unplaced")),
            "text": bad("area"),
            "name": bad("area.name"),
            "kind": "city",
            "country": "AF",
            "lat": 10.0,
            "lon": 20.0,
            "radius_km": 5.0,
            "precision": 1,
            "runners_up": [],
            "evidence": [],
        },
    }
    values = {
        "leader": {"name": bad("leader"), "since": bad("since"), "until": None, "fate": bad("fate")},
        "strength": strength,
        "alias": {"name": formula("alias")},
        "ally": {"group": "javascript:x('ally')", "name": bad("ally.name")},
        "area": area,
        "aim": {"text": bad("aim"), "when": bad("aim.when")},
        "funding": {"text": formula("funding"), "when": None},
        "loss": {"of": "leader", "where": bad("loss.where"), "when": bad("loss.when"), "text": bad("loss.text")},
    }
    said = [
        GroupStatement(
            f"G{number}",
            "R9",
            "x-front",
            bad(f"{attribute}.group"),
            attribute,
            value,
            AsOf("2024-03-12", "2024-03-12"),
            bad(f"{attribute}.speaker"),
            words_of(text, "about 300 fighters"),
        )
        for number, (attribute, value) in enumerate(values.items())
    ]
    told = an_account(
        text,
        report="R9",
        headline="attack, Reed Quay",
        kind="attack",
        where=_at("Reed Quay", "where9", country="IQ", lat=33.0, lon=44.0),
        when=_on(date(2024, 7, 1)),
        actors=(a_person(VICTIM, text),),
    )
    return _report("R9", text, "title9", title=f"{VICTIM} again", source="https://post.example/selda-oarewyn"), [told], said


def _long() -> Told:
    text = f"{LONG_LINE}{formula('text10')}"
    return (
        _report("R10", text, "title10", title="t" * 100_000, outlet="o" * 10_000),
        [
            an_account(
                text,
                report="R10",
                kind="armed clash",
                headline="h" * 10_000,
                when=_on(date(2024, 5, 1)),
                evidence=(Span(0, 5, text[:5]),),
                where=_at("Far Reach", "where10", country="IQ", lat=60.0, lon=-100.0),
            )
        ],
        [],
    )


def _report(id: str, text: str, field: str, **given: object) -> Report:
    held = {
        "outlet": formula(f"{field}.outlet"),
        "byline": formula(f"{field}.byline"),
        "title": formula(field),
        "source": f"reports/{bad(field + '.source')}.txt",
        "written": Written(None, None, (), "unknown"),
    } | given
    return a_report(text, id=id, **held)


def _speaker(field: str) -> Speaker:
    return Speaker(
        bad(f"{field}.speaker.text"),
        None,
        bad(f"{field}.office"),
        formula(f"{field}.speaker.organisation"),
        "official",
        bad(f"{field}.party"),
    )


def _on(day: date) -> When:
    return a_when(earliest=day, latest=day, best=day, precision="day", text=f"{day.day} {day:%B}")


def _at(name: str, field: str, **given: object) -> object:
    held = {
        "kind": "city",
        "country": "AF",
        "admin1": bad(f"{field}.admin1"),
        "lat": 10.0,
        "lon": 20.0,
        "radius_km": 5.0,
        "precision": 1,
        "gazetteer_id": bad(f"{field}.gazetteer_id"),
        "runners_up": (bad(f"{field}.runner_up"),),
    } | given
    return a_where(text=name, name=name, **held)


GROUPS = '''
[[group]]
id = "x-front"
name = """X Front <script>x('group')</script>"><img src=x onerror=x('group')> {{ 7919*7907 }}"""
aliases = [
    {name = """=cmd|' /C calc'!A0 <script>x('alias')</script>""", source = """<script>x('a')</script>""", language = "en"},
]
types = [{type = 2}]
active_in = ["AF"]
'''
SOURCES = '''
[[source]]
id = "x-monitor"
names = ["""X Monitor <script>x('source.name')</script>""", """=cmd|' /C calc'!A0 <img src=x onerror=x('source.alias')>"""]
kind = "monitor"
country = "GB"
reliability = {value = "low", why = """<script>x('reliability')</script>{{ 7919*7907 }}""", at = "2024-01-01"}
'''


def settings_of(folder: Path, **given: object) -> Settings:
    """Settings of a desk over a record in `folder`, with registers that are hostile too."""
    groups, sources = folder / "groups.toml", folder / "sources.toml"
    if not groups.exists():
        groups.write_text(GROUPS, encoding="utf-8")
        sources.write_text(SOURCES, encoding="utf-8")
    held: dict[str, object] = {
        "record": str(folder / "d.db"),
        "groups_file": str(groups),
        "sources_file": str(sources),
        "nature": "all",
        "desk_report_text": True,
        "double_coded_share": 1.0,
        "handling": "TLP:AMBER",
        "licence": "CC BY 4.0",
        "offline": True,
    }
    return replace(Settings(), **{**held, **given})  # type: ignore[arg-type]  # fields of Settings


def a_hostile_record(folder: Path, reports: Sequence[Told] | None = None) -> Settings:
    """The record, decided on by a person whose words are hostile too: queried, corrected, commented, merged away, rejected."""
    settings = settings_of(folder)
    a_record_of(folder / "d.db", told() if reports is None else reports, settings)
    with open_record(settings.record) as store:
        people.add_person(store, EDITOR, "editor", PASSWORD, by="tests", at=AT)
        _decide(store, settings)
        _brief(store, settings)
    return settings


def _brief(store: Store, settings: Settings) -> None:
    """Editions whose words are hostile, open and by invitation; an issue of each that tells the record is out, one waits."""
    until, settings = datetime.now(UTC), replace(settings, brief_late_days=36_500)
    for slug, is_open in (("open", True), ("closed", False)):
        edition = Edition(slug, plain(bad("edition.title"))[:120], plain(formula("edition.about")), is_open=is_open)
        making.make(store, edition, by=EDITOR, at=AT)
        window = Window(ISSUED, ISSUED, "UTC", datetime(2000, 1, 1, tzinfo=UTC), until)
        draft = issuing.draft(store, edition, "daily", window, settings, at=until)
        assert draft.briefing.items, "the record is told"
        notes = tuple((item.id, bad("note")) for item in draft.briefing.items)
        noted = issuing.edit(store, draft, Edits(notes=notes, note=formula("note above")), by=EDITOR, at=until)
        issuing.issue_now(store, noted, settings, by=bad("by"), at=until)
        weekly = replace(window, first=ISSUED - timedelta(days=6))
        issuing.draft(store, edition, "weekly", weekly, settings, at=until)


def _decide(store: Store, settings: Settings) -> None:
    """Those who decide name the people whom they decide on, in full."""
    named = {"A-R1": f"{VICTIM}, {WITNESS}", "A-R4": HOUSE, "A-R6": MINOR, "A-R7": SUSPECT, "A-R8": "", "A-R10": ""}
    held = store.incidents_of(list(named))
    for account, names in named.items():
        words = f"{names} {bad('why')} {names.upper()}"
        decisions.review(store, held[account], "query", By(EDITOR, words), settings, to=bad("to"))
        kept = store.incident(held[account])
        assert kept is not None
        store.team.comment(kept, f"{formula('comment')} {names}", EDITOR, AT, field=bad("comment.field"))
        store.team.lock(kept.id, bad("lock"), 10.0**9, AT)
    decisions.merge(store, held["A-R7"], held["A-R8"], By(EDITOR, f"{bad('merge.why')} {SUSPECT}"), settings)
    decisions.review(store, held["A-R6"], "reject", By(EDITOR, f"{bad('reject.why')} {MINOR}"), settings)
