"""Which units and groups there were, in Polars; see ``queries/standing.sql``."""

from datetime import date

import polars as pl

from bench.peers.polars_spells import Tables, closed

_OPEN = pl.lit(date(9999, 1, 1))
_UNIT = ["month", "geography", "grouping", "unit"]


def standing(tables: Tables) -> pl.LazyFrame:
    """``(month, geography, grouping, unit)``: those of a day of the month, and those of today."""
    units = closed(tables["units"]).select("starts_on", "ends_on", home="code")
    # an era is cut wherever a unit changes: it is all within what a unit stood, or not at all
    begun = pl.col("starts_on")
    stood = (
        tables["eras"]
        .filter(pl.col("settled") == "")
        .join(units, on="home", suffix="_of_unit")
        .filter(
            (begun < pl.col("ends_on_of_unit")) & (pl.col("ends_on") > pl.col("starts_on_of_unit"))
        )
        .select("place", "starts_on", "ends_on")
        .join(tables["in_place"], on="place")
    )
    then = stood.filter(pl.col("geography") == "then").join_where(
        tables["ends"], begun <= pl.col("last_day"), pl.col("ends_on") > pl.col("first_day")
    )
    now = stood.filter((pl.col("geography") == "now") & (pl.col("ends_on") == _OPEN))
    now = now.join(tables["ends"], how="cross")
    return pl.concat([then.select(_UNIT), now.select(_UNIT)]).unique()
