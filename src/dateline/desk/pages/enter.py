"""Paste and enter: a text, address or file is read on the spot and shown as drafts; what no report tells is entered by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from pydantic import StringConstraints

from dateline.desk.who import Needs

router = APIRouter(include_in_schema=False, dependencies=[Depends(Needs("enter"))])
MOST_BYTES = 20_000_000
Words = Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True)]
Text = Annotated[Words, Form()]
