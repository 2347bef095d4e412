"""Targets (måltall): best practice, theoretical potential and forecast, each a pure function."""
