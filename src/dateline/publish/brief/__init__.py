"""The briefing: composed from the record, cut to what a reader asked for, and laid out."""
