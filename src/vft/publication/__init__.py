"""Figures as they were published: one immutable, read-only file a publication."""
