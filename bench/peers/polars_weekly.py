"""What happened to persons, from weeks to units, in Polars; see ``queries/clarification.sql``.

What happened in a week counts where the recipient lived on the week's first day.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from bench.peers.polars_lived import at_place, lived
from bench.peers.polars_spells import Tables

_SLICE = ["slice_kind", "slice", "month"]
_UNIT = ["geography", "grouping", "unit"]
_NOWHERE = pl.lit(0, pl.Int64)


def by_person(
    weeks: pl.LazyFrame, tables: Tables, *, sums: Sequence[str], members: str = "members_or_none"
) -> pl.LazyFrame:
    """Sum weeks ``(recipient_id, service, month, week, …)`` over the month, place and slice.

    ``members``: the table of what services a slice has. Adds ``mover``: the recipient, where she
    has more than one place in the month.
    """
    placed = with_place(weeks, tables)
    return over_slices(placed, tables, by=["recipient_id", "mover"], sums=sums, members=members)


def over_slices(
    placed: pl.LazyFrame,
    tables: Tables,
    *,
    by: Sequence[str],
    sums: Sequence[str],
    members: str = "members_or_none",
) -> pl.LazyFrame:
    """Sum what :func:`with_place` gives over the month, place and slice, and what ``by`` names."""
    known = placed.with_columns(pl.col("service").fill_null(""))
    # few are left of a month's weeks: summed before there is a row for each slice
    monthly = known.group_by(*by, "place", "service", "month").agg(pl.col(sums).sum())
    sliced = monthly.join(tables[members], on="service")
    return sliced.group_by(*_SLICE, *by, "place").agg(pl.col(sums).sum())


def with_place(weeks: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Add ``place`` and ``mover`` to weeks. Those of nobody known have no mover, and place 0."""
    homes_of = lived(tables).collect(engine="streaming").lazy()
    known = at_place(weeks.filter(pl.col("recipient_id").is_not_null()), homes_of, day="week")
    known = known.join(_movers(homes_of, tables), on=["recipient_id", "month"], how="left")
    unknown = weeks.filter(pl.col("recipient_id").is_null()).with_columns(place=_NOWHERE)
    return pl.concat([known, unknown], how="diagonal")


def measured(
    persons: pl.LazyFrame, tables: Tables, *, counts: Mapping[str, str], amounts: Mapping[str, str]
) -> pl.LazyFrame:
    """From :func:`by_person` to units and groups, a row a measure.

    ``counts``: measure → the sum that a person must have some of to count; ``amounts``: measure →
    the sum that is added up, also of those whom nobody knows.
    """
    known = pl.col("recipient_id").is_not_null()
    by_place = persons.group_by(*_SLICE, "place", "mover").agg(
        **{name: (known & (pl.col(of) > 0)).sum().cast(pl.Int64) for name, of in counts.items()},
        **{name: pl.col(of).sum() for name, of in amounts.items()},
    )
    # those who stayed are summed; who moved counts once, in how many places ever she lived
    stayed = pl.col("mover").is_null().first()
    by_unit = (
        by_place.join(tables["in_place"], on="place")
        .group_by(*_SLICE, *_UNIT, "mover")
        .agg(
            *(pl.when(stayed).then(pl.col(n).sum()).otherwise(pl.col(n).max()) for n in counts),
            *(pl.col(name).sum() for name in amounts),
        )
    )
    names = [*counts, *amounts]
    totals = by_unit.group_by(*_SLICE, *_UNIT).agg(pl.col(names).sum())
    long = totals.unpivot(names, index=[*_SLICE, *_UNIT], variable_name="measure")
    return long.filter(pl.col("value") != 0)


def _movers(homes_of: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, month, mover)``: who has more than one place in a month."""
    moved_on = pl.col("starts_on")
    moved = homes_of.filter(moved_on.dt.day() > 1).select(
        "recipient_id", month=moved_on.dt.strftime("%Y-%m"), mover="recipient_id"
    )
    return moved.unique().join(tables["ends"], on="month", how="semi")
