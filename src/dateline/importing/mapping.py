"""Which column of a sheet is which of our fields: guessed from its names, or as the person says; kept as TOML to be used
again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dateline.errors import ReadError
from dateline.importing.columns import FIELDS, KNOWN_BY, NAMES, NOT_IN, Profile, folded
from dateline.importing.sheets import Sheet
from dateline.records.kinds import KINDS

_KEYS = ("name", "columns", "always", "kinds")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """name: what the sheet is called in the record; its incidents are found again under it. columns: our field -> its column.

    always: what every row says, by field. kinds: words of the sheet, lower case -> our incident kind.
    """

    name: str
    profile: Profile = "plain"
    columns: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()  # fields whose column was guessed from its name

    def without_field(self, sheet: Sheet) -> tuple[str, ...]:
        """The columns of `sheet` that are none of our fields; they are kept with each row as they are."""
        used = set(self.columns.values())
        return tuple(column for column in sheet.columns if column not in used)


def profile_of(sheet: Sheet) -> Profile:
    """Whose columns a sheet has: ACLED's, UCDP's, GTD's, those of our own exports, or anybody's."""
    held = {column.strip().lower() for column in sheet.columns}
    return next((profile for profile, sets in KNOWN_BY.items() if any(one <= held for one in sets)), "plain")


def guess(sheet: Sheet, name: str | None = None) -> ColumnMap:
    """The columns of `sheet` as their names say. name: of the sheet in the record, by default its file's, without its ending."""
    profile = profile_of(sheet)
    passed_over = {folded(one) for one in NOT_IN.get(profile, frozenset())}
    heads = {folded(column): column for column in reversed(sheet.columns) if folded(column) not in passed_over}
    chosen: dict[str, str] = {}
    for ours, names in NAMES.items():
        found = min((head for head in heads if head in names), key=lambda head: names[head], default=None)
        if found is not None and heads[found] not in chosen.values():
            chosen[ours] = heads[found]
    return ColumnMap(checked_name(name or Path(sheet.file).stem), profile, chosen, guessed=frozenset(chosen))


def with_given(
    guessed: ColumnMap,
    sheet: Sheet,
    columns: Mapping[str, str],
    always: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> ColumnMap:
    """`guessed`, changed as the person says: our field -> their column ("" for none). Raises ReadError for a name there is none
    of."""
    chosen = dict(guessed.columns)
    for ours, theirs in columns.items():
        _check_field(ours, sheet.file)
        column = _column(theirs, sheet) if theirs else None
        for other in [one for one, held in chosen.items() if held == column and one not in columns]:
            del chosen[other]
        if column is None:
            chosen.pop(ours, None)
        else:
            chosen[ours] = column
    for ours in always or {}:
        _check_field(ours, sheet.file)
        chosen.pop(ours, None)
    return replace(
        guessed,
        columns=chosen,
        always={**guessed.always, **(always or {})},
        kinds={**guessed.kinds, **_kinds(kinds or {}, sheet.file)},
        guessed=guessed.guessed - set(columns),
    )


def read_map(path: Path, sheet: Sheet) -> ColumnMap:
    """The map that a TOML file holds, for `sheet`. Raises ReadError: not such a file, or of another sheet."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ReadError(path.name, problem.strerror or "it cannot be read") from None
    except (UnicodeError, tomllib.TOMLDecodeError) as problem:
        raise ReadError(path.name, f"not TOML ({problem})", todo="make one with --save-mapping") from None
    if odd := [key for key in told if key not in _KEYS]:
        raise ReadError(path.name, f"no key {odd[0]!r}: there are {', '.join(_KEYS)}")
    tables = {key: _words_table(told.get(key, {}), path.name, key) for key in _KEYS[1:]}
    bare = ColumnMap(checked_name(str(told.get("name") or Path(sheet.file).stem)), profile_of(sheet))
    return with_given(bare, sheet, tables["columns"], tables["always"], tables["kinds"])


def map_text(map_: ColumnMap) -> str:
    """The map as TOML: what `read_map` reads."""
    from dateline.toml_tables import toml_pair

    lines = ["# How the columns of a sheet are read: dateline import SHEET --mapping THIS", toml_pair("name", map_.name)]
    for title, table in (("columns", map_.columns), ("always", map_.always), ("kinds", map_.kinds)):
        lines += ["", f"[{title}]", *(toml_pair(key, value) for key, value in table.items())]
    return "\n".join(lines) + "\n"


def checked_name(name: str) -> str:
    """A sheet's name as sources spell it: no mark that parts it from a row's id, no white space at its ends."""
    return " ".join(name.replace("#", " ").replace("/", " ").split())[:80] or "sheet"


def pairs_of(given: Iterable[str], option: str) -> dict[str, str]:
    """OURS=THEIRS, as options give them. Raises ReadError for another form."""
    found = {}
    for pair in given:
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours.strip():
            raise ReadError(f"--{option} {pair}", f"is not OURS=THEIRS; write, for example, --{option} date=Date")
        found[ours.strip()] = theirs.strip()
    return found


def _check_field(ours: str, file: str) -> None:
    if ours not in FIELDS:
        raise ReadError(file, f"no field {ours!r}: there are {', '.join(FIELDS)}")


def _column(theirs: str, sheet: Sheet) -> str:
    found = [column for column in sheet.columns if column == theirs] or [
        column for column in sheet.columns if folded(column) == folded(theirs)
    ]
    if not found:
        raise ReadError(sheet.file, f"no column {theirs!r}: there are {', '.join(sheet.columns)}")
    return found[0]


def _kinds(kinds: Mapping[str, str], file: str) -> dict[str, str]:
    for ours in kinds.values():
        if ours.lower() not in KINDS:
            raise ReadError(file, f"no incident kind {ours!r}: it is one of {', '.join(KINDS)}")
    return {folded(theirs): ours.lower() for theirs, ours in kinds.items()}


def _words_table(table: Any, file: str, key: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ReadError(file, f'[{key}] holds lines of name = "words" and nothing else')
    return table
