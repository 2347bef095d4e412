"""The way in: name and password, a code, or the municipality's own login. allauth does the work."""
