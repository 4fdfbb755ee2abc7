"""The documents say what the program does: commands, options, settings, fields and links, in both directions."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import typer

import dateline.records
from dateline import errors
from dateline.cli import app
from dateline.records import account, group, incident, report
from dateline.records.kinds import KINDS
from dateline.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
PAGES = {
    "README.md": (ROOT / "README.md").read_text(encoding="utf-8"),
    **{f"docs/{name}": text for name, text in DOCS.items()},
}
DATA = ROOT / "src" / "dateline" / "data"
NO_SETTING = {"DATELINE_CACHE", "DATELINE_DATA"}  # folders of the gazetteer: asked for before any setting is read

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def parts_of(command: str) -> list[Any]:
    """A command, or the commands of a group."""
    return list(getattr(COMMANDS[command], "commands", {"": COMMANDS[command]}).values())


def options_of(command: str) -> set[str]:
    """The long options of a command, or of all commands of a group, --help left out."""
    params = [param for part in (COMMANDS[command], *parts_of(command)) for param in part.params]
    return {opt for param in params for opt in param.opts if opt.startswith("--")} - {"--help"}


def section(text: str, heading: str) -> str:
    """What stands under "## heading", up to the next heading of that level."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def rows(text: str) -> list[list[str]]:
    """The cells of every table row."""
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        for line in text.splitlines()
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line)
    ]


# Commands


def test_every_command_has_its_section_and_every_section_its_command():
    assert set(re.findall(r"^## dateline (\w+)$", DOCS["use.md"], re.M)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented_and_no_other(command):
    told = {
        opt
        for cells in rows(section(DOCS["use.md"], f"dateline {command}"))
        for opt in re.findall(r"--[a-z-]+", cells[0])
    }
    assert told == options_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_ends_with_an_example_of_it(command):
    for part in {COMMANDS[command], *parts_of(command)}:
        assert part.epilog.startswith(f"Example: dateline {command} ")
        assert_is_a_call(part.epilog.removeprefix("Example: "))


def test_every_part_of_a_group_of_commands_is_documented():
    for command in COMMANDS:
        parts = {part.name for part in parts_of(command)} - {command}
        told = section(DOCS["use.md"], f"dateline {command}")
        assert set(re.findall(rf"^### dateline {command} ([a-z-]+)$", told, re.M)) == parts


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_argument_has_a_help_text(command):
    params = [param for part in parts_of(command) for param in part.params if param.name != "help"]
    assert [param.name for param in params if not getattr(param, "help", None)] == []


def assert_is_a_call(line: str) -> None:
    """`line` calls commands that exist with options that they have."""
    parts = [part for part in re.split(r"\s\|\s", line.split("  #")[0]) if re.search(r"(?:^|[ /])dateline ", part)]
    for part in parts:
        words = shlex.split(part)
        at = next(i for i, word in enumerate(words) if word.rsplit("/", 1)[-1] == "dateline")
        command, rest = words[at + 1], words[at + 2 :]
        assert command in COMMANDS, line
        assert {word for word in rest if word.startswith("--")} <= options_of(command), line


EXAMPLES = [
    (page, line.strip()[2:])
    for page, text in PAGES.items()
    for line in text.splitlines()
    if re.match(r" {4}\$ .*\bdateline ", line)
]


@pytest.mark.parametrize(("page", "line"), EXAMPLES, ids=[f"{page}: {line[:50]}" for page, line in EXAMPLES])
def test_every_example_can_be_typed(page, line):
    assert_is_a_call(line)


def test_the_first_two_commands_of_the_readme_set_up_and_test():
    commands = [
        line.strip()[2:].split("#")[0].strip() for line in PAGES["README.md"].splitlines() if line.startswith("    $ ")
    ]
    assert commands[:2] == ["make demo", "make test"]
    targets = re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert {"demo", "test"} <= set(targets)


def test_every_kind_of_problem_is_explained():
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.DatelineError)
    }
    told = {name.strip("`") for name, *_ in rows(section(DOCS["use.md"], "Problem lines"))} - {"name"}
    assert told == kinds - {"DatelineError"}


def test_every_exit_code_is_explained():
    assert {cells[0] for cells in rows(section(DOCS["use.md"], "Exit codes"))} == {"code", "0", "1", "2", "3"}


# Settings

TOLD_SETTINGS = {
    cells[0].strip("`"): cells for cells in rows(DOCS["settings.md"]) if re.fullmatch(r"`[a-z_]+`", cells[0])
}


def test_every_setting_is_documented_and_no_other():
    assert set(TOLD_SETTINGS) == {setting.name for setting in fields(Settings)}


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_a_setting_is_told_with_its_variable_its_default_and_a_sentence(setting):
    _, variable, default, meaning = TOLD_SETTINGS[setting.name]
    assert variable == f"`DATELINE_{setting.name.upper()}`"
    value = int(setting.default) if isinstance(setting.default, bool) else setting.default
    assert default == (f"`{value}`" if value != "" else "empty")
    assert len(meaning.split()) > 1


def test_every_variable_that_is_named_anywhere_is_a_setting():
    known = {f"DATELINE_{setting.name.upper()}" for setting in fields(Settings)} | NO_SETTING
    sources = {str(path): path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")}
    named = {
        name: where
        for where, text in {**sources, **PAGES}.items()
        for name in re.findall(r"DATELINE_[A-Z]+(?:_[A-Z]+)*", text)
    }
    assert {name: where for name, where in named.items() if name not in known} == {}
    assert all(name in DOCS["settings.md"] for name in named)


# The record

RECORDS = [kind for name in dateline.records.__all__ if is_dataclass(kind := getattr(dateline.records, name))]
RECORDS += [
    group.Alias,
    group.GroupType,
    incident.TollPart,
    incident.Tolls,
    incident.HeldValue,
    incident.Review,
    incident.Change,
]
NAMED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", DOCS["record.md"]))))


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_of_the_record_is_documented(kind):
    assert [field.name for field in fields(kind) if field.name not in NAMED] == []


LITERALS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": get_args(kind)
    for module in (account, report, incident, group)
    for name, kind in vars(module).items()
    if get_origin(kind) is Literal
}


@pytest.mark.parametrize("name", LITERALS)
def test_every_value_of_the_record_is_documented(name):
    told = set(re.findall(r"`([^`\n]+)`", DOCS["record.md"]))
    assert [value for value in LITERALS[name] if value not in told] == []


def test_every_incident_kind_is_documented_under_its_event_type():
    told = {
        kind: cells[0]
        for cells in rows(section(DOCS["record.md"], "Incident kinds"))
        for kind in re.findall(r"`([^`]+)`", cells[-1])
    }
    assert told == {kind.kind: kind.event_type for kind in KINDS.values()}


# The word lists


def test_every_word_list_is_documented():
    told = {
        cells[0].strip("`")
        for cells in rows(section(DOCS["extraction.md"], "The word lists"))
        if cells[0].endswith(".toml`")
    }
    assert told == {path.name for path in DATA.glob("*.toml")}


def test_every_table_of_the_lexicon_is_documented():
    raw = tomllib.loads((DATA / "lexicon.toml").read_text(encoding="utf-8"))
    tables = set()
    for name, table in raw.items():
        inner = {
            f"[{name}.{key}]" for key, value in table.items() if isinstance(value, dict) and name in {"acts", "effects"}
        }
        tables |= inner or {f"[{name}]"}
    told = section(DOCS["extraction.md"], "The word lists").partition("of lexicon.toml")[2].partition("###")[0]
    assert set(re.findall(r"^\| `(\[[a-z_.]+\])`", told, re.M)) == tables


def test_every_table_of_the_speakers_is_documented():
    raw = tomllib.loads((DATA / "speakers.toml").read_text(encoding="utf-8"))
    tables = {f"[[{name}]]" if isinstance(table, list) else f"[{name}]" for name, table in raw.items()}
    assert (
        set(
            re.findall(
                r"`(\[+[a-z]+\]+)`", section(DOCS["extraction.md"], "The word lists").partition("of speakers.toml")[2]
            )
        )
        == tables
    )


def test_every_file_that_the_steps_name_is_there():
    steps = section(DOCS["extraction.md"], "The steps")
    missing = [
        name
        for cells in rows(steps)
        for name in re.findall(r"`([a-z_*]+\.py)`", cells[1])
        if not list((ROOT / "src" / "dateline").rglob(name))
    ]
    assert missing == []


def test_the_keys_of_an_armed_group_are_documented():
    entries = tomllib.loads((DATA / "armed_groups.toml").read_text(encoding="utf-8"))["group"]
    keys = {key for entry in entries for key in entry}
    keys |= {
        key
        for entry in entries
        for part in ("aliases", "types")
        for item in entry.get(part, ())
        if isinstance(item, dict)
        for key in item
    }
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", DOCS["groups.md"]))))
    assert keys <= told


def test_the_example_of_a_groups_file_is_one(tmp_path):
    from dateline.extract.register import load_register

    block = re.search(r"^    \[\[group\]\].*?^$", DOCS["groups.md"], re.M | re.S)
    assert block
    file = tmp_path / "my_groups.toml"
    file.write_text("\n".join(line[4:] for line in block[0].splitlines()), encoding="utf-8")
    found = load_register(file).resolve("VLF")
    assert found is not None
    assert found.id == "vale-liberation-front"


# Links


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    heads = re.findall(r"^#{1,6} (.+)$", re.sub(r"^ {4}.*$", "", text, flags=re.M), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


LINKS = [
    (page, target)
    for page, text in PAGES.items()
    for target in re.findall(r"\]\(([^)\s]+)\)", text)
    if not target.startswith(("http://", "https://", "mailto:"))
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{page} to {target}" for page, target in LINKS])
def test_every_link_leads_somewhere(page, target):
    path, _, anchor = target.partition("#")
    there = ((ROOT / page).parent / path).resolve() if path else ROOT / page
    assert there.exists()
    if anchor:
        assert anchor in anchors(there.read_text(encoding="utf-8"))


def test_every_page_is_linked_from_another():
    linked = {((ROOT / page).parent / target.partition("#")[0]).resolve() for page, target in LINKS}
    assert [name for name in DOCS if (ROOT / "docs" / name).resolve() not in linked] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_folder_of_one_machine(page):
    assert not re.search(r"(?<![\w.])/(?:home|work|root|Users)/\w", PAGES[page])


def test_the_example_of_a_sources_file_is_one(tmp_path):
    from dateline.reconcile.sources import load_sources

    block = re.search(r"^    \[\[source\]\].*?^$", DOCS["sources.md"], re.M | re.S)
    assert block
    file = tmp_path / "sources.toml"
    file.write_text("\n".join(line[4:] for line in block[0].splitlines()), encoding="utf-8")
    found = load_sources(file).get("VW")
    assert found is not None
    assert found.party_to == "farc"


# Exports


def test_every_column_of_the_exported_tables_is_documented_with_its_form():
    from dateline.publish.export.tables import TABLES

    tables = section(DOCS["exports.md"], "The tables")
    for table in TABLES:
        told = re.search(rf"^### {table.name}$(.*?)(?=^### |\Z)", tables, re.M | re.S)
        assert told
        assert [(cells[0].strip("`"), cells[1]) for cells in rows(told[1])[1:]] == [(one.name, one.form) for one in table.columns]


def test_every_shape_is_documented():
    from dateline.publish.export import SHAPES

    assert {cells[0].strip("`") for cells in rows(DOCS["exports.md"].partition("Contents:")[0])} == {"shape", *SHAPES}


def test_every_hashtag_of_hxl_is_documented():
    from dateline.publish.export.hxl import COLUMNS

    told = [cells[1].strip("`") for cells in rows(section(DOCS["exports.md"], "HXL"))[1:]]
    assert told == [tag for _, tag, _ in COLUMNS]
