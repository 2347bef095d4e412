"""The panel: events and intervals as facts per recipient and week, cut at month ends."""
