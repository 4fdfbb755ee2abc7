"""Exports: the record in the shapes that others work with (docs/exports.md).

    write(incidents, shape, to, about) -> Written          one door; shapes by name in SHAPES

`writing.py` withholds, counts and hands each incident to a `Shape` (`shape.py`), one module a shape; `parts.py` says where bytes
go.
"""

from dateline.publish.export.about import About, Written, about_object, filter_told, filter_words
from dateline.publish.export.item import Known, LeftOut
from dateline.publish.export.parts import FilesBeside, OneStream, Parts, Zipped
from dateline.publish.export.shape import Shape
from dateline.publish.export.writing import SHAPES, shape_of, write

__all__ = [
    "SHAPES", "About", "FilesBeside", "Known", "LeftOut", "OneStream", "Parts", "Shape", "Written", "Zipped", "about_object",
    "filter_told", "filter_words", "shape_of", "write",
]
