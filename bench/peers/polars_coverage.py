"""Coverage of home care, and what it would be at equal need, in Polars.

See ``queries/coverage.sql``.
"""

import polars as pl

from bench.peers.polars_cared_for import cared_for
from bench.peers.polars_in_use import in_use
from bench.peers.polars_spells import Tables

_SLICE = ["slice_kind", "slice"]
_PLACE = ["geography", "grouping", "unit"]
_GROUP = ["geography", "month", "whole", "need"]
_FIGURE = ["measure", *_SLICE, "month", *_PLACE, "value"]


def coverage(tables: Tables) -> pl.LazyFrame:
    """Recipients, those of them who use technology, and how many would at equal need."""
    return coverage_of(in_use(tables), tables)


def coverage_of(used: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """As :func:`coverage`, when it is known already who uses what (``polars_in_use``)."""
    # used more than once below: computed once
    care = cared_for(tables).collect(engine="streaming").lazy()
    covered = _covered(care, used, tables).collect(engine="streaming").lazy()
    there = _there(care, tables).collect(engine="streaming").lazy()
    everybody = (
        there.group_by("month", *_PLACE)
        .agg(value=pl.col("recipients").sum())
        .join(tables["members"].select(_SLICE).unique(), how="cross")
        .with_columns(measure=pl.lit("recipients"))
    )
    users = (
        covered.join(tables["in_place"], on="place")
        .group_by(*_SLICE, "month", *_PLACE)
        .agg(value=pl.col("users").sum())
        .with_columns(measure=pl.lit("covered"))
    )
    expected = _expected(there, _shares(there, covered, tables))
    parts = [
        rows.with_columns(pl.col("value").cast(pl.Float64)).select(_FIGURE)
        for rows in (everybody, users, expected)
    ]
    return pl.concat(parts)


def _covered(care: pl.LazyFrame, used: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """``(*_SLICE, month, place, need, users)``."""
    place = [*_SLICE, "month", "place", "need"]
    return (
        care.join(used.drop("last_day"), on=["recipient_id", "month"])
        .join(tables["members"], on="service")
        .select(*place, "recipient_id")
        .unique()
        .group_by(place)
        .agg(users=pl.len().cast(pl.Int64))
    )


def _there(care: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """``(*_PLACE, month, need, whole, recipients)``; ``whole``: their municipality."""
    counted = care.group_by("month", "place", "need").agg(recipients=pl.len().cast(pl.Int64))
    return (
        counted.join(tables["in_place"], on="place")
        .join(_wholes(tables), on=["place", "geography"], how="left")
        .group_by(*_PLACE, "month", "need", "whole")
        .agg(pl.col("recipients").sum())
    )


def _wholes(tables: Tables) -> pl.LazyFrame:
    municipalities = tables["in_place"].filter(pl.col("grouping") == "municipality")
    return municipalities.select("place", "geography", whole="unit")


def _shares(there: pl.LazyFrame, covered: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Users of a need group in a municipality, of its recipients, in billionths, half up."""
    whole = there.filter(pl.col("grouping") == "municipality", pl.col("unit") == pl.col("whole"))
    using = (
        covered.join(_wholes(tables), on="place")
        .group_by(*_SLICE, *_GROUP)
        .agg(pl.col("users").sum())
        .join(whole.select(*_GROUP, "recipients"), on=_GROUP)
    )
    number = pl.col("recipients")
    billionths = (2 * 10**9 * pl.col("users") + number) // (2 * number)
    return using.select(*_SLICE, *_GROUP, billionths=billionths)


def _expected(there: pl.LazyFrame, shares: pl.LazyFrame) -> pl.LazyFrame:
    """Users if each need group had its municipality's share, in tenths, half up."""
    given = there.join(shares, on=_GROUP)
    total = (pl.col("recipients") * pl.col("billionths")).sum()
    tenths = (2 * pl.col("total") + 10**8) // (2 * 10**8)
    # Polars divides by a number by multiplying, which is off by a bit now and then: rounded again
    value = (tenths.cast(pl.Float64) / 10).round(1)
    summed = given.group_by(*_SLICE, "month", *_PLACE).agg(total=total)
    return summed.with_columns(measure=pl.lit("expected"), value=value)
