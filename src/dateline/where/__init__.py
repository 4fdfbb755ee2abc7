"""Where: the gazetteer, the names of places, and which place a name means. Knows nothing of reports or parses."""
