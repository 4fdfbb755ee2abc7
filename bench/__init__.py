"""The bench: what dateline gets right, measured by one command a data set (bench/README.md)."""
