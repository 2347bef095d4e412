"""Who got technology at once, in Polars; see ``queries/technology_first.sql``."""

import polars as pl

from bench.peers.polars_lived import in_places
from bench.peers.polars_newcomers import newcomers
from bench.peers.polars_spells import Tables, spells
from bench.peers.polars_window import over_window

_SLICE = ["slice_kind", "slice"]


def technology_first(tables: Tables) -> pl.LazyFrame:
    """New recipients of twelve months, and those who used technology within four weeks."""
    came = newcomers(tables).collect(engine="streaming").lazy()
    sliced = tables["members"].filter(pl.col("service") != "TA")
    everyone = _by_month(came).join(sliced.select(_SLICE).unique(), how="cross")
    got = _by_month(_at_once(came, sliced, tables), *_SLICE)
    parts = {"new_recipients": everyone, "with_technology": got}
    by_month = pl.concat(
        rows.select(*_SLICE, "came_in", "place", "value", measure=pl.lit(measure))
        for measure, rows in parts.items()
    )
    of_year = (
        over_window(by_month, tables, begun_in="came_in", months=12)
        .group_by("measure", *_SLICE, "month", "place")
        .agg(pl.col("value").sum())
    )
    return in_places(of_year, tables)


def _at_once(came: pl.LazyFrame, sliced: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    used = spells(tables).filter(pl.col("vedtak") & pl.col("device"))
    met = came.join(used, on="recipient_id").filter(
        (pl.col("starts_on") <= pl.col("came_on").dt.offset_by("28d"))
        & (pl.col("ends_on") > pl.col("came_on"))
    )
    within = met.join(sliced, on="service")
    return within.select("recipient_id", "came_on", "place", *_SLICE).unique()


def _by_month(cases: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    month = pl.col("came_on").dt.truncate("1mo")
    return cases.group_by(*by, "place", came_in=month).agg(value=pl.len().cast(pl.Int64))
