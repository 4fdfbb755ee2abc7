"""Subscribing: signing up, confirming, choosing, leaving; what is held of a person; lists of subscribers in and out as CSV."""
