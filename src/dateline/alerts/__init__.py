"""Alerts: what a run changed, told within minutes to those who watch, by mail or a call of their webhook (docs/alerts.md)."""
