"""The questions in SQL, written by hand, in the words that DuckDB and PostgreSQL share."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bench import calendars

_HERE = Path(__file__).parent
#: Question → steps it builds on. ``MADE`` are made as tables first: small, and used by many rows.
STEPS = {
    "panel_visits": ("homes",),
    "panel_services": ("spells",),
    "panel_events": ("holders",),
}


def text(name: str) -> str:
    """A query."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def weeks(months: Iterable[str]) -> str:
    """A query that gives the weeks of months."""
    rows = ", ".join(_week(*week) for week in calendars.weeks(months))
    return f"SELECT * FROM (VALUES {rows}) AS w (week, week_ends_on, month)"


def _week(first: date, after: date, month: str) -> str:
    return f"(DATE '{first}', DATE '{after}', '{month}')"
