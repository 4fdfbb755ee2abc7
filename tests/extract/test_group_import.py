"""Two public lists merged into a user's register file: what is known, what is new, and what is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ReadError, SettingsError
from dateline.extract.group_files import to_toml
from dateline.extract.group_import import import_list, merged, new_entry, plan_import
from dateline.extract.group_lists import GroupList, ListedGroup, countries_of, names_of, read_list
from dateline.extract.register import load_register

ACTORS = """\
ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NewName,NewNameFullEng,Org,ConflictId,Splinter,ActorIdPrev,Location
9001,VLF,VLF,Frente del Valle,Vale Liberation Front,VLF,n/a,1,77,0,,"Colombia, Yemen (North Yemen)"
9002,VLF - Ridge,VLF - Ridge,n/a,VLF - Ridge faction,,,1,,1,9001,Colombia
9003,Ardenese,Ardenese,n/a,Ardenese,,,3,,0,,Colombia
9004,Government of Arden,n/a,n/a,Government of Arden,,,4,77,0,,Arden
"""

CONSOLIDATED = """\
<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2031-05-06T07:08:09.123-04:00">
  <INDIVIDUALS><INDIVIDUAL><FIRST_NAME>A MAN</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <FIRST_NAME>VALE   LIBERATION FRONT (VLF)</FIRST_NAME><UN_LIST_TYPE>Arden</UN_LIST_TYPE>
      <REFERENCE_NUMBER>ARe.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>جبهة الوادي</NAME_ORIGINAL_SCRIPT>
      <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Front of the Vale</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME/></ENTITY_ALIAS>
      <ENTITY_ADDRESS><COUNTRY>Colombia</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
    <ENTITY><FIRST_NAME>A BANK</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER></ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""


def a_file(folder: Path, content: str, name: str = "list") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def a_group(*names: str, ref: str = "ucdp:9001", countries: tuple[str, ...] = ("CO",), kind: int | None = 2) -> ListedGroup:
    return ListedGroup(ref, names, countries, kind)


def an_entry(**more: Any) -> dict[str, Any]:
    return {"id": "vale-front", "name": "Vale Front", "types": [{"type": 3}], "active_in": ["CO"], **more}


# Reading a list


def test_an_actor_file_gives_its_groups_and_leaves_governments_out(tmp_path: Path):
    found = read_list(a_file(tmp_path, ACTORS))
    assert (found.title, found.left_out) == ("UCDP actor file", 1)
    assert found.groups == (
        ListedGroup("ucdp:9001", ("VLF", "Vale Liberation Front", "Frente del Valle"), ("CO", "YE"), 2),
        ListedGroup("ucdp:9002", ("VLF - Ridge", "VLF - Ridge faction"), ("CO",), 3, ("ucdp:9001",)),
        ListedGroup("ucdp:9003", ("Ardenese",), ("CO",), 4))


def test_a_consolidated_list_gives_its_entities_and_leaves_persons_and_companies_out(tmp_path: Path):
    found = read_list(a_file(tmp_path, CONSOLIDATED))
    assert (found.title, found.left_out) == ("UN consolidated list of 2031-05-06", 2)
    assert found.groups == (
        ListedGroup("un:ARe.001", ("VALE LIBERATION FRONT", "VLF", "Front of the Vale", "جبهة الوادي"), ("CO",), None),)


@pytest.mark.parametrize(("content", "message"), [
    pytest.param("name,age\nx,1\n", "no column 'actorid'", id="another-table"),
    pytest.param("", "no column 'actorid'", id="empty"),
    pytest.param(ACTORS + "9005,too,few\n", "line 6: has 3 values, not 12", id="a-line-cut-off"),
    pytest.param(ACTORS.replace("9003", "x"), "line 4: has no actor id", id="no-id"),
    pytest.param(CONSOLIDATED[:-40], "is no well-formed XML", id="cut-in-half"),
    pytest.param("<rss/>", "begins with <rss>, not <CONSOLIDATED_LIST>", id="another-XML"),
    pytest.param(CONSOLIDATED.replace("ARe.001", " "), "entity 1: has no reference number", id="no-reference"),
    pytest.param('<!DOCTYPE x [<!ENTITY a "b">]><CONSOLIDATED_LIST/>', "declares <!DOCTYPE", id="entities-that-could-grow"),
])
def test_what_is_no_list_is_named_with_its_place(tmp_path: Path, content: str, message: str):
    with pytest.raises(ReadError) as raised:
        read_list(a_file(tmp_path, content))
    assert message in str(raised.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path):
    with pytest.raises(ReadError, match="cannot be read"):
        read_list(tmp_path / "none.csv")
    (tmp_path / "packed").write_bytes(b"PK\x03\x04\xff\xff")
    with pytest.raises(ReadError, match="no UTF-8 text"):
        read_list(tmp_path / "packed")


@pytest.mark.parametrize(("written", "names"), [
    pytest.param(["VALE FRONT (VF)"], ("VALE FRONT", "VF"), id="an-abbreviation-in-brackets"),
    pytest.param(["Vale Trust (KENYA)"], ("Vale Trust (KENYA)",), id="a-country-in-brackets-stays"),
    pytest.param(["Front (Maoist)"], ("Front (Maoist)",), id="a-word-in-brackets-stays"),
    pytest.param(["VALE FRONT / VF"], ("VALE FRONT", "VF"), id="two-with-a-slash"),
    pytest.param(['"The Vale"', "n/a", "", "-99", "..."], ("The Vale",), id="no-name"),
])
def test_names_of_a_list(written: list[str], names: tuple[str, ...]):
    assert names_of(written) == names


def test_countries_of_a_list_that_nobody_knows_are_left_out():
    assert countries_of(["DR Congo (Zaire)", " Myanmar (Burma)", "South Vietnam", "Colombia"]) == ("CD", "MM", "CO")


# Merging


def test_a_known_group_gains_the_names_it_lacks_with_their_source():
    [entry] = tomllib.loads(plan_import([a_group("Vale Front", "Front of the Vale")], "", {}, {
        "vale-front": an_entry(ucdp="9001")}).text)["group"]
    assert entry == an_entry(ucdp="9001", aliases=[{"name": "Front of the Vale", "source": "ucdp:9001"}])


def test_a_group_is_known_by_its_names_where_all_mean_one_that_has_no_id_in_the_list():
    mine = {"vale-front": an_entry()}
    [change] = plan_import([a_group("VF", "Vale Front")], "", {}, mine).changes
    assert (change.id, change.new, change.added) == ("vale-front", False, ("VF",))
    for other in (an_entry(ucdp="1"), an_entry(active_in=["FR"])):
        [change] = plan_import([a_group("VF", "Vale Front")], "", {}, {"vale-front": other}).changes
        assert (change.id, change.new) == ("vale-front-ucdp-9001", True)


def test_a_name_that_means_two_groups_makes_neither_known():
    entries = {one: an_entry(id=one) for one in ("a", "b")}
    [change] = plan_import([a_group("Vale Front")], "", {}, entries).changes
    assert change.new


def test_the_same_names_change_nothing():
    entry = an_entry(ucdp="9001", aliases=["Frente del Valle"])
    assert merged(entry, a_group("VALE FRONT", "Frente del Valle")) == entry
    assert merged(an_entry(ucdp="9001"), a_group("Frente"), told={"frente"}) == an_entry(ucdp="9001")


def test_a_new_entry_is_careful_with_short_and_common_names():
    assert new_entry(a_group("VLF", "Vale Front", "Valistas"), ()) == {
        "id": "vale-front", "name": "Vale Front", "types": [{"type": 2}], "active_in": ["CO"], "ucdp": "9001",
        "aliases": [{"name": "VLF", "source": "ucdp:9001", "needs": ["CO"]},
                    {"name": "Valistas", "source": "ucdp:9001", "called": True}]}
    people = new_entry(a_group("Ardenese", kind=4), ())
    assert (people["called"], people["needs"]) == (True, ["CO"])
    assert new_entry(a_group("Vale Trust", ref="un:ARe.1", kind=None), ())["types"] == [{"type": 2}]


def test_a_splinter_names_the_group_it_came_out_of():
    listed = [a_group("VLF Ridge", ref="ucdp:2"), a_group("Vale Front", ref="ucdp:1")]
    split = [ListedGroup(listed[0].ref, listed[0].names, ("CO",), 2, ("ucdp:1",)), listed[1]]
    ridge = tomllib.loads(plan_import(split, "", {}, {}).text)["group"][0]
    assert ridge["split_from"] == [{"group": "vale-front"}]


# The file


def test_the_same_list_again_leaves_the_file_as_it_is(tmp_path: Path):
    target = tmp_path / "mine.toml"
    for name, content in (("a.csv", ACTORS), ("c.xml", CONSOLIDATED)):
        listed = read_list(a_file(tmp_path, content, name))
        assert import_list(listed, target).changes
        before = target.read_bytes()
        again = import_list(listed, target)
        assert (again.changes, again.known, target.read_bytes()) == ((), len(listed.groups), before)
    register = load_register(target)
    assert {register.resolve(name).id for name in ("Frente del Valle", "Front of the Vale", "VLF")} == {  # type: ignore[union-attr]
        "vale-liberation-front"}
    assert register.get("vale-liberation-front").references == ("un:ARe.001", "ucdp:9001")  # type: ignore[union-attr]


def test_a_packaged_group_that_gains_a_name_is_copied_into_the_file(tmp_path: Path):
    target = tmp_path / "mine.toml"
    packaged = load_register().get("hamas")
    import_list(GroupList("a list", (a_group("Valistas of Hamas", ref=f"ucdp:{packaged.ucdp}"),), 0), target)  # type: ignore[union-attr]
    [entry] = tomllib.loads(target.read_text(encoding="utf-8"))["group"]
    assert entry["id"] == "hamas"
    assert entry["aliases"][-1] == {"name": "Valistas of Hamas", "source": f"ucdp:{packaged.ucdp}"}  # type: ignore[union-attr]


def test_what_stands_in_the_file_stays_with_its_comments(tmp_path: Path):
    before = '# my own\n[[group]]\nid = "vale-front"   # never changed\nname = "Vale Front"\ntypes = [{type = 2}]\n'
    target = a_file(tmp_path, before)
    import_list(GroupList("a list", (a_group("Ridge Army", ref="ucdp:9009"),), 0), target)
    after = target.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [entry["id"] for entry in tomllib.loads(after)["group"]] == ["vale-front", "ridge-army"]


def test_a_dry_run_writes_nothing(tmp_path: Path):
    plan = import_list(GroupList("a list", (a_group("Ridge Army"),), 0), tmp_path / "mine.toml", dry_run=True)
    assert [change.id for change in plan.changes] == ["ridge-army"]
    assert not (tmp_path / "mine.toml").exists()


def test_a_register_file_that_is_broken_is_named_and_left_alone(tmp_path: Path):
    target = a_file(tmp_path, "[[group")
    with pytest.raises(SettingsError, match="groups_file"):
        import_list(GroupList("a list", (a_group("Ridge Army"),), 0), target)
    assert target.read_text(encoding="utf-8") == "[[group"


def test_entries_are_written_as_they_are_read():
    entries = [an_entry(aliases=['A "quoted" \\ name', {"name": "Ü\n", "needs": ["CO", "VE"], "called": True}] * 9, note="x")]
    assert tomllib.loads(to_toml(entries))["group"] == entries
    assert max(map(len, to_toml(entries).splitlines())) <= 120
