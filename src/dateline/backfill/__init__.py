"""The archive job: files of pages -> Parquet tables -> a record (docs/design.md, Backfill)."""
