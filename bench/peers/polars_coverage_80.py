"""Users of 80 and over who live at home, in Polars; see ``queries/coverage_80.sql``."""

import polars as pl

from bench.peers.polars_in_use import in_use
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, closed

_SLICE = ["slice_kind", "slice"]
_PLACE = ["month", "geography", "grouping", "unit"]
_FIGURE = ["measure", *_SLICE, *_PLACE, "value"]
_AGE = 80


def coverage_80(tables: Tables) -> pl.LazyFrame:
    """Users at home, those in long stay, and residents less those."""
    # both used twice below: computed once
    staying = _staying(tables).collect(engine="streaming").lazy()
    homes_of = lived(tables).collect(engine="streaming").lazy()
    away = _away(staying, homes_of, tables).collect(engine="streaming").lazy()
    users = _of_the_old(in_use(tables), tables).join(
        staying, on=["recipient_id", "month"], how="anti"
    )
    of_everyone = pl.concat([away.select("measure", *_PLACE, "value"), _at_home(away, tables)])
    slices = tables["members"].select(_SLICE).unique()
    return pl.concat(
        [
            of_everyone.join(slices, how="cross").select(_FIGURE),
            _users(users, homes_of, tables).select(_FIGURE),
        ]
    )


def _of_the_old(rows: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Those who were of age when the year of ``last_day`` began."""
    born = tables["recipients"].group_by("recipient_id").agg(pl.col("birth_year").max())
    of_age = pl.col("birth_year") + _AGE < pl.col("last_day").dt.year()
    return rows.join(born, on="recipient_id").filter(of_age).drop("birth_year")


def _staying(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, month, last_day)``: the old in long stay who are still here."""
    day = pl.col("last_day")
    long = closed(tables["stays"].filter(pl.col("kind") == "long"))
    at_ends = (
        long.join_where(tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day)
        .select("recipient_id", "month", "last_day")
        .unique()
    )
    left = pl.min_horizontal("died_on", "moved_out_on").min()
    left_on = tables["recipients"].group_by("recipient_id").agg(left_on=left)
    known = _of_the_old(at_ends, tables).join(left_on, on="recipient_id")
    return known.filter(pl.col("left_on").is_null() | (pl.col("left_on") > day)).drop("left_on")


def _users(users: pl.LazyFrame, homes_of: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    persons = users.join(tables["members"], on="service").drop("service").unique()
    by_place = (
        at_place(persons, homes_of, day="last_day")
        .group_by(*_SLICE, "month", "place")
        .agg(value=pl.len().cast(pl.Int64))
    )
    return in_places(by_place.with_columns(measure=pl.lit("users")), tables)


def _away(staying: pl.LazyFrame, homes_of: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    by_place = (
        at_place(staying, homes_of, day="last_day")
        .group_by("month", "place")
        .agg(value=pl.len().cast(pl.Int64))
    )
    named = {"measure": pl.lit("long_stay"), "slice_kind": pl.lit(""), "slice": pl.lit("")}
    return in_places(by_place.with_columns(**named), tables)


def _at_home(away: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Null where residents are not known, or were fewer than those in long stay."""
    counted = (
        tables["population"]
        .filter(pl.col("variant") == "counted")
        .group_by("year", counted="unit")
        .agg(residents=pl.col("persons").filter(pl.col("age") >= _AGE).sum())
    )
    residents = (
        tables["made_up_of"]
        .join(counted, on=["year", "counted"])
        .group_by(_PLACE)
        .agg(pl.col("residents").sum())
    )
    known = (
        tables["existing"]
        .join(residents, on=_PLACE, how="left")
        .join(away.select(*_PLACE, "value"), on=_PLACE, how="left")
    )
    left = pl.col("residents") - pl.col("value").fill_null(0)
    return known.select(pl.lit("at_home").alias("measure"), *_PLACE, value=left).with_columns(
        value=pl.when(pl.col("value") >= 0).then("value")
    )
