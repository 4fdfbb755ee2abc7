"""Incidents -> readers."""
