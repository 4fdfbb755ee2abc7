"""The briefing: what readers are told of a day or a week, composed from the record alone (docs/briefing-content.md)."""
