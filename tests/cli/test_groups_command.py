"""dateline groups, and what dateline group says where a name means nobody, or several."""

from __future__ import annotations

ACTORS = "ActorId,NameData,NameOrigFullEng,Org,Location\n9001,VLF,Vale Liberation Front,1,Colombia\n"


def test_a_list_is_merged_into_a_file_and_its_groups_are_known(dateline, tmp_path, monkeypatch):
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    code, out, err = dateline("groups", "import", "actors.csv", "--into", "mine.toml")
    assert code == 0
    assert out == ("new     vale-liberation-front  (ucdp:9001)  Vale Liberation Front; VLF\n"
                   "actors.csv: UCDP actor file, 1 groups: 1 are new, 0 gain names, 0 known already; mine.toml written\n")
    assert "DATELINE_GROUPS_FILE=mine.toml" in err
    monkeypatch.setenv("DATELINE_GROUPS_FILE", "mine.toml")
    code, out, err = dateline("groups", "import", "actors.csv")
    assert (code, err) == (0, "")
    assert out.endswith("0 are new, 0 gain names, 1 known already; mine.toml left as it is\n")


def test_a_dry_run_changes_nothing(dateline, tmp_path):
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    code, out, _ = dateline("groups", "import", "actors.csv", "--into", "mine.toml", "--dry-run")
    assert (code, (tmp_path / "mine.toml").exists()) == (0, False)
    assert "1 would be new" in out


def test_without_a_register_file_it_says_how_to_name_one(dateline, tmp_path):
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    code, out, err = dateline("groups", "import", "actors.csv")
    assert (code, out) == (1, "")
    assert "--into" in err


def test_a_file_that_is_no_list_is_named(dateline, tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    code, out, err = dateline("groups", "import", "notes.csv", "--into", "mine.toml")
    assert (code, out, (tmp_path / "mine.toml").exists()) == (1, "", False)
    assert "notes.csv" in err


def test_a_name_that_several_groups_have_lists_them(dateline):
    for arguments in (("group", "Ansar al-Sharia"), ("incidents", "--group", "Ansar al-Sharia")):
        code, out, err = dateline(*arguments)
        assert (code, out) == (1, "")
        assert "4 armed groups are called so" in err
        assert "ansar-al-sharia-tunisia (Ansar al-Sharia in Tunisia: TN)" in err
