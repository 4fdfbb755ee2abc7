"""Exports through the API: the incidents of a filter as one file in a shape of the field."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from dateline.desk.api.answering import gives_file, router
from dateline.desk.api.asking import ExportAsked
from dateline.desk.context import DeskHere
from dateline.desk.pages.export import download, write_export
from dateline.desk.who import Needs
from dateline.publish.export import SHAPES, OneStream, shape_of

api = router("exports")
Shape = Annotated[str, Path(description="Which shape", json_schema_extra={"enum": list(SHAPES)})]


@api.get("/export/{shape}", summary="The incidents of a filter in a shape of the field", operation_id="export",
         dependencies=[Depends(Needs("export"))], responses=gives_file({one.media_type for one in SHAPES.values()}))
def export(shape: Shape, asked: Annotated[ExportAsked, Query()], desk: DeskHere) -> Response:
    """One file, streamed; docs/exports.md tells its columns. `after`, `most` and `order` are not asked: it is all of them.

    Of a shape of several files (csv: incidents, figures, sources) the incidents; /export/csv gives all in one archive.
    """
    chosen = shape_of(shape)
    return download(lambda to: write_export(desk, asked, asked.id, chosen, OneStream(to)),
                    f"incidents-{chosen.name}{chosen.suffix}", chosen.media_type)
