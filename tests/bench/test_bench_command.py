"""python -m bench: one JSON object and nothing else, one line and exit 2 when it cannot run."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import results
from bench.__main__ import main
from bench.core import MODULES, Bench, BenchError, Request, Result, bench_named, load_lines, percent

RESULT = Result(3, {"f1": 41.5, "ratio": None}, {"Other system, test": {"f1": 54.5}}, ("missed   Weapon   a rifle",))


def a_lookup(run: Callable[[Request], Result] = lambda request: RESULT) -> Callable[[str], Bench]:
    return lambda name: Bench(name, Path("made/data.jsonl"), "reports", run)


def test_json_is_one_object_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["muc4-roles", "--json", "--errors"], a_lookup()) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "bench": "muc4-roles", "data": "made/data.jsonl", "n": 3, "figures": {"f1": 41.5, "ratio": None},
        "published": {"Other system, test": {"f1": 54.5}}}
    assert "missed" in err


def test_a_person_sees_figures_published_ones_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["muc4-roles", "--errors"], a_lookup()) == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("3 reports", "41.5", "Other system, test: f1 54.5", "a rifle"))


def test_data_and_limit_reach_the_bench(capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[Request] = []

    def run(request: Request) -> Result:
        asked.append(request)
        return RESULT

    assert main(["gvc-tolls", "--data", "other.jsonl", "--limit", "5", "--json"], a_lookup(run)) == 0
    assert asked == [Request(Path("other.jsonl"), 5)]
    assert json.loads(capsys.readouterr().out)["data"] == "other.jsonl"


@pytest.mark.parametrize("name", ["muc4-roles", "gvc-tolls", "datelines", "seed", "demo-facts"])
def test_missing_data_is_one_clear_line_and_exit_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--data", "no/such/file.jsonl", "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "no/such/file.jsonl" in err


@pytest.mark.parametrize("arguments", [
    pytest.param(["muc5"], id="no-such-bench"),
    pytest.param([], id="no-name"),
    pytest.param(["seed", "--all"], id="a-name-and-all"),
])
def test_wrong_use_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_all_runs_the_others_when_one_cannot_and_writes_the_table(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run(request: Request) -> Result:
        return RESULT

    def lookup(name: str) -> Bench:
        if name == "gvc-tolls":
            raise BenchError("dev.jsonl.gz: no such file")
        return a_lookup(run)(name)

    monkeypatch.setattr("bench.__main__.RESULTS", tmp_path / "RESULTS.md")
    assert main(["--all", "--write"], lookup) == 2
    page = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| figure | dateline | Other system, test |" in page
    assert "| `f1` | 41.5 | 54.5 |" in page
    assert "- `gvc-tolls`: dev.jsonl.gz: no such file" in page
    assert page.count("\n## ") == len(MODULES)      # one left out, and the list of those left out
    assert "gvc-tolls" in capsys.readouterr().err


def test_the_results_page_is_in_the_bench() -> None:
    assert Path("bench/RESULTS.md") == results.RESULTS


@pytest.mark.parametrize("name", list(MODULES))
def test_every_bench_has_its_name(name: str) -> None:
    assert bench_named(name).name == name


@pytest.mark.parametrize(("content", "says"), [
    pytest.param(b'{"a": 1}\n{"a": \n', "line 2 is no JSON", id="cut-in-the-middle"),
    pytest.param(b"[1]\n", "line 1 is JSON, but no object", id="no-object"),
    pytest.param(b"\xff\xfe\n", "cannot be read", id="no-utf-8"),
])
def test_data_of_another_form_is_named_with_its_line(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_bytes(content)
    with pytest.raises(BenchError, match=says):
        load_lines(tmp_path / "d.jsonl")


def test_packed_and_plain_files_are_read_alike(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "d.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write('{"text": "Ardén"}\n\n')
    assert load_lines(tmp_path / "d.jsonl.gz") == [{"text": "Ardén"}]


def test_a_share_of_nothing_is_0() -> None:
    assert (percent(0, 0), percent(1, 3)) == (0.0, 33.33)


def test_one_bench_is_written_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "RESULTS.md"
    monkeypatch.setattr("bench.__main__.RESULTS", page)
    for name in ("gvc-tolls", "seed", "gvc-tolls"):         # not in the order of the table, and one of them twice
        assert main([name, "--write"], a_lookup()) == 0
    written = page.read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if line.startswith("## ")] == ["## seed", "## gvc-tolls"]
    assert written.startswith(results.results_page((), ()).rstrip())
    assert written.count("| `f1` | 41.5 |") == 2
