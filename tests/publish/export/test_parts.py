"""Where exports go: files that are whole or not there, archives, streams; memory does not grow."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from made_exports import ABOUT, Kept, full_event, many

from dateline.errors import ExportError
from dateline.publish.export import SHAPES, FilesBeside, Zipped, filter_told, filter_words, write
from dateline.store import IncidentFilter

ONE_FILE = [name for name, shape in SHAPES.items() if not shape.several]


class WriteOnly:
    """A stream of the web: it can do nothing but write."""

    def __init__(self):
        self.data = b""

    def write(self, data):
        self.data += data
        return len(data)

    def flush(self):
        pass


def breaking(count):
    yield from many(count)
    raise RuntimeError("the record is gone")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_is_written_with_those_beside_it(shape, tmp_path):
    path = tmp_path / f"x{SHAPES[shape].suffix}"
    with FilesBeside(path) as files:
        write(many(2), shape, files, ABOUT)
    names = {one.name for one in tmp_path.iterdir()}
    assert {path.name, f"{path.name}.about.json", f"{path.name}.left-out.jsonl"} <= names
    assert set(files.names()) == names
    assert files.names()[0] == path.name


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_that_breaks_off_leaves_what_was_there(shape, tmp_path):
    path = tmp_path / "x.out"
    path.write_text("the one before")
    with pytest.raises(RuntimeError), FilesBeside(path) as files:
        write(breaking(3), shape, files, ABOUT)
    assert [one.name for one in tmp_path.iterdir()] == ["x.out"]
    assert path.read_text() == "the one before"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ExportError, match="could not be written"), FilesBeside(tmp_path / "no" / "x.csv") as files:
        write(many(1), "csv", files, ABOUT)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_archive_holds_all_parts(shape):
    stream = WriteOnly()
    with Zipped(stream, f"incidents{SHAPES[shape].suffix}") as archive:
        write(many(2), shape, archive, ABOUT)
    names = zipfile.ZipFile(io.BytesIO(stream.data)).namelist()
    assert f"incidents{SHAPES[shape].suffix}" in names
    assert f"incidents{SHAPES[shape].suffix}.about.json" in names


@pytest.mark.parametrize("shape", [name for name in ONE_FILE if name != "xlsx"])
def test_a_stream_that_can_only_write_gets_the_export(shape):
    stream, kept = WriteOnly(), Kept()
    write(many(3), shape, stream, ABOUT)
    write(many(3), shape, kept, ABOUT)
    assert stream.data == kept.bytes()


def test_a_workbook_needs_no_more_than_such_a_stream():
    stream = WriteOnly()
    write(many(3), "xlsx", stream, ABOUT)
    assert openpyxl.load_workbook(io.BytesIO(stream.data))["incidents"]["A4"].value == "DTL-3"


@pytest.mark.parametrize("shape", [name for name, one in SHAPES.items() if one.several])
def test_several_tables_do_not_go_into_one_stream(shape):
    with pytest.raises(ExportError, match="files of their own"):
        write(many(1), shape, io.BytesIO(), ABOUT)


def test_a_shape_that_nobody_knows_is_said_with_those_there_are():
    with pytest.raises(ExportError, match="csv, xlsx, jsonl, geojson, parquet, acled, ucdp, plover, hxl"):
        write(many(1), "shapefile", io.BytesIO(), ABOUT)


class Nothing(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        return len(data)


class Nowhere:
    def open(self, part):
        return Nothing()


@pytest.mark.parametrize("shape", [name for name in SHAPES if name not in ("xlsx", "parquet")])
def test_memory_does_not_grow_with_the_rows(shape):
    def peak(count):
        tracemalloc.start()
        write(many(count), shape, Nowhere(), ABOUT)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(20)
    assert peak(400) < peak(100) + 300_000


def test_the_filter_is_told_from_its_fields_whatever_they_are():
    told = filter_told(IncidentFilter(countries=("AF", "PK"), surely=True, text="market"))
    assert told == {"countries": ["AF", "PK"], "surely": True, "text": "market"}
    assert filter_words(told) == "surely; countries AF, PK; text market"
    assert filter_words(filter_told(IncidentFilter())) == "everything"


def test_a_filter_names_its_days():
    from datetime import date

    assert filter_words(filter_told(IncidentFilter(since=date(2024, 3, 12)))) == "since 2024-03-12"


def test_the_time_of_an_export_is_not_in_its_rows():
    first, second = (Kept(), Kept())
    write([full_event()], "jsonl", first, ABOUT)
    write([full_event()], "jsonl", second, ABOUT)
    assert first.bytes() == second.bytes()
