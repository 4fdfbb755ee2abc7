"""Sheets of other people, and our own that come back: read, understood as a plan, and applied. See docs/imports.md."""
