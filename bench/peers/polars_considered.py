"""What was considered for those who are new, in Polars; see ``queries/considered.sql``."""

import polars as pl

from bench.peers.polars_lived import in_places
from bench.peers.polars_newcomers import newcomers
from bench.peers.polars_spells import Tables
from bench.peers.polars_window import over_window

_BEST_FIRST = ["granted", "declined", "unsuitable", "not_considered", "not_documented"]
_CONSIDERED = _BEST_FIRST[:3]


def considered(tables: Tables) -> pl.LazyFrame:
    """New recipients of twelve months, by what the vedtak of the first days say."""
    by_month = (
        _told(tables)
        .group_by("place", "outcome", came_in=pl.col("came_on").dt.truncate("1mo"))
        .agg(value=pl.len().cast(pl.Int64))
    )
    of_year = (
        over_window(by_month, tables, begun_in="came_in", months=12)
        .group_by("month", "place", measure="outcome")
        .agg(pl.col("value").sum())
        .collect(engine="streaming")  # used three times below
        .lazy()
    )
    outcome = pl.col("measure")
    measured = pl.concat(
        [
            of_year,
            of_year.filter(outcome.is_in(_CONSIDERED)).with_columns(measure=pl.lit("considered")),
            of_year.with_columns(measure=pl.lit("new_recipients")),
        ]
    )
    everyone = {"slice_kind": pl.lit("everyone"), "slice": pl.lit("all")}
    return in_places(measured.with_columns(**everyone), tables)


def _told(tables: Tables) -> pl.LazyFrame:
    came = newcomers(tables).collect(engine="streaming").lazy()
    rank = pl.col("considered_technology").replace_strict(
        _BEST_FIRST, range(5), return_dtype=pl.Int8
    )
    vedtak = tables["vedtak"].drop_nulls("considered_technology")
    first = (
        came.join(vedtak.select("recipient_id", "starts_on", rank=rank), on="recipient_id")
        .filter(pl.col("starts_on").is_between("came_on", pl.col("came_on").dt.offset_by("28d")))
        .group_by("recipient_id", "came_on")
        .agg(pl.col("rank").min())
    )
    known = came.join(first, on=["recipient_id", "came_on"], how="left")
    outcome = pl.col("rank").fill_null(4).replace_strict(range(5), _BEST_FIRST)
    return known.with_columns(outcome=outcome)
