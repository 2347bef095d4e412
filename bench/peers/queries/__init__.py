"""The questions in SQL, written by hand, in the words that DuckDB and PostgreSQL share."""

from pathlib import Path

_HERE = Path(__file__).parent
#: Question → steps it builds on, made as tables first: small, and used by many rows.
STEPS = {
    "panel_visits": ("homes",),
    "panel_services": ("spells",),
    "panel_events": ("holders",),
    "concurrent_users": ("homes", "spells"),
}


def text(name: str) -> str:
    """A query."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
