"""The questions in SQL, written by hand, in the words that DuckDB and PostgreSQL share.

A query whose first line is ``-- builds on: homes, spells`` reads the answers of those queries, made
as tables first: small, and used by many rows.
"""

from pathlib import Path

_HERE = Path(__file__).parent
_BUILDS_ON = "-- builds on: "


def text(name: str) -> str:
    """A query."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def steps(name: str) -> list[str]:
    """The queries that a query builds on, and those that they build on, in order."""
    first = text(name).partition("\n")[0]
    found: list[str] = []
    if first.startswith(_BUILDS_ON):
        for step in first.removeprefix(_BUILDS_ON).split(", "):
            found += [*steps(step), step]
    return list(dict.fromkeys(found))
