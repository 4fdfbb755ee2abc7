"""recase: which words count, and as what."""

import pytest

from bench.core import BenchError, Request
from bench.recase import in_one_case, run, score

TEXT = "Gunmen shot Orla Venn, an envoy of the UN, near the river on Friday."


@pytest.mark.parametrize(("found", "expected"), [
    pytest.param(TEXT, (100.0, 100.0, 100.0, 100.0, 100.0), id="all-right"),
    pytest.param(TEXT.replace("Gunmen", "gunmen"), (92.86, 100.0, 100.0, 100.0, 100.0),
                 id="first-words-count-in-word-accuracy-alone"),
    pytest.param(TEXT.replace("Orla", "orla"), (92.86, 92.31, 75.0, 100.0, 100.0), id="a-name-missed"),
    pytest.param(TEXT.replace("river", "River"), (92.86, 92.31, 100.0, 80.0, 100.0), id="a-name-too-many"),
    pytest.param(TEXT.replace("UN", "Un"), (92.86, 92.31, 100.0, 100.0, 0.0), id="an-acronym-is-a-name-of-its-own-kind"),
])
def test_figures(found: str, expected: tuple[float, ...]) -> None:
    assert tuple(score([TEXT], [found]).figures().values()) == expected


def test_headlines_are_not_scored() -> None:
    assert score(["Gunmen Shoot Envoy Near River\n\n" + TEXT], ["Gunmen shoot envoy near river\n\n" + TEXT]).words == 14


def test_characters_that_would_grow_keep_their_case() -> None:
    assert in_one_case("Weiß sah İzmir", upper=True) == "WEIß SAH İZMIR"
    assert in_one_case("Weiß sah İzmir", upper=False) == "weiß sah İzmir"


def test_data_without_texts_are_refused(tmp_path) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text('{"tokens": ["Gunmen"]}\n', encoding="utf-8")
    with pytest.raises(BenchError, match="without a text"):
        run(Request(data))
