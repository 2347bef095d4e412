"""Which months a change of rows may matter to, so that what is derived is redone there only."""

from typing import Any

from vft.lake.manifest import EVERY_MONTH
from vft.tables.schema import Table


def touched_months(connection: Any, contract: Table, *, changed: bool, horizon: str) -> set[str]:
    """Months of the rows in ``written`` (as they are now) and ``replaced`` (as they were).

    An interval touches every month from its first to its last, without an end up to ``horizon``; a
    row with a required date that date's month. Anything else (a recipient, a device) touches every
    month, but if nothing but dates differ, only those from the earliest of them up to ``horizon``.
    Not for events: each touches the month it is in.
    """
    relations = ["written", "replaced"] if changed else ["written"]
    if contract.is_interval:
        return _distinct(connection, [_months_of_intervals(r, horizon) for r in relations])
    required = [d for d in contract.dates if contract.column[d].required]
    if required:
        written = [f"SELECT strftime({required[0]}, '%Y-%m') FROM {r}" for r in relations]
        return _distinct(connection, written)
    return _months_of_entities(connection, contract, horizon) if changed else {EVERY_MONTH}


def _distinct(connection: Any, queries: list[str]) -> set[str]:
    return {month for (month,) in connection.execute(" UNION ".join(queries)).fetchall()}


def _months_of_intervals(relation: str, horizon: str) -> str:
    """Only distinct pairs of first and last month are spelt out: intervals are many."""
    return f"""
        SELECT strftime(unnest(generate_series(first, last, INTERVAL 1 MONTH)), '%Y-%m')
        FROM (
            SELECT DISTINCT date_trunc('month', starts_on) AS first,
                greatest(first, date_trunc('month', coalesce(
                    ends_on - 1, DATE '{horizon}-01'))) AS last
            FROM {relation}
        )
    """


def _months_of_entities(connection: Any, contract: Table, horizon: str) -> set[str]:
    """Changed rows only, or every month: an added row may be what others waited for."""
    plain = [f'"{c.name}"' for c in contract.columns if c.name not in contract.dates]
    dates = [f'"{name}"' for name in contract.dates]
    keys = " AND ".join(f'w."{key}" = r."{key}"' for key in contract.key)
    same = f"hash({_of('w', plain)}) = hash({_of('r', plain)})"
    earliest = ", ".join(
        f"min(least(w.{d}, r.{d})) FILTER (w.{d} IS DISTINCT FROM r.{d})" for d in dates
    )
    (only_dates, *first) = connection.execute(
        f"SELECT coalesce(bool_and(r.source IS NOT NULL AND {same}), false), {earliest or 'NULL'} "
        f"FROM written AS w LEFT JOIN replaced AS r ON {keys}"
    ).fetchone()
    days = [day for day in first if day is not None]
    if not only_dates or not days:
        return {EVERY_MONTH}
    span = f"SELECT DATE '{min(days)}' AS starts_on, NULL::DATE AS ends_on"
    return _distinct(connection, [_months_of_intervals(f"({span})", horizon)])


def _of(alias: str, columns: list[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)
