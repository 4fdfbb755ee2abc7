"""`dateline watch`: feeds asked again and again, each in its own rhythm (docs/watch.md)."""
