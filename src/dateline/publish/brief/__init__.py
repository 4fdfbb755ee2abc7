"""The briefing: composed from the record alone, cut to what a reader asked for, and laid out (docs/briefing-content.md)."""
