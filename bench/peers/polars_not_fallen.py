"""Starts after which visits or time have not fallen, in Polars; see ``queries/not_fallen.sql``."""

import polars as pl

from bench.peers.polars_courses import PERSON, uses
from bench.peers.polars_home_care import home_care_vedtak
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, closed, valid_vedtak
from bench.peers.polars_window import over_window

_START = ["recipient_id", "started_on"]
_CELL = ["slice_kind", "slice", "judged_in", "place"]
_DAY = pl.col("started_on")
_JUDGED_ON = _DAY.dt.offset_by("60d")


def not_fallen(tables: Tables) -> pl.LazyFrame:
    """Starts of twelve months by what is known of them, in every slice that is new."""
    begun = _begun(tables).collect(engine="streaming").lazy()
    is_new = pl.col("reached").is_null() | (
        pl.col("reached").dt.offset_by("365d") <= pl.col("starts_on")
    )
    new = uses(tables).filter(is_new).select(*PERSON, started_on="starts_on").unique()
    judged_in = _JUDGED_ON.dt.truncate("1mo")
    by_month = (
        _seen(begun, tables)
        .join(new, on=_START)
        .with_columns(judged_in=judged_in, starters=pl.lit(True))
        .group_by(_CELL)
        .agg(pl.selectors.boolean().sum().cast(pl.Int64))
    )
    counted = by_month.unpivot(index=_CELL, variable_name="measure").filter(pl.col("value") > 0)
    of_year = (
        over_window(counted, tables, begun_in="judged_in", months=12)
        .group_by("measure", "slice_kind", "slice", "month", "place")
        .agg(pl.col("value").sum())
    )
    return in_places(of_year, tables)


def _begun(tables: Tables) -> pl.LazyFrame:
    known = tables["panel_starts"].join(tables["reach"].select("since"), how="cross")
    told = known.filter(_DAY.dt.offset_by("-28d") >= pl.col("since"))
    begun = told.select(*_START, "visits_before", "visits_after")
    return at_place(begun, lived(tables), day="started_on")


def _seen(begun: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """A column for each measure; the first reason not to judge a start goes first."""
    starts = begun.select(_START)
    marked = begun
    for name, met in (
        ("left", _left(starts, tables)),
        ("trained", _trained(starts, tables)),
        ("absent", _absent(starts, tables)),
    ):
        mark = met.select(_START).unique().with_columns(pl.lit(True).alias(name))
        marked = marked.join(mark, on=_START, how="left")
    known = marked.join(_granted(starts, tables), on=_START, how="left").with_columns(
        pl.col("left", "trained", "absent").fill_null(False),
        as_many=pl.col("visits_after") >= pl.col("visits_before"),
        told=(pl.col("minutes_before") > 0) & pl.col("minutes_after").is_not_null(),
        as_much=pl.col("minutes_after") >= pl.col("minutes_before"),
    )
    here = ~pl.col("left")
    at_home = here & ~pl.col("trained") & ~pl.col("absent")
    judged = at_home & (pl.col("visits_before") > 0)
    as_many, told, as_much = pl.col("as_many"), pl.col("told"), pl.col("as_much")
    return known.select(
        *_START,
        "place",
        gone="left",
        in_reablement=here & pl.col("trained"),
        away=here & ~pl.col("trained") & pl.col("absent"),
        not_visited=at_home & (pl.col("visits_before") == 0),
        judged=judged,
        visits_not_fallen=judged & as_many,
        hours_judged=judged & told,
        hours_not_fallen=judged & told & as_much,
        neither_fallen=judged & told & as_much & as_many,
    )


def _left(starts: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    left_on = pl.min_horizontal("died_on", "moved_out_on")
    return starts.join(tables["recipients"], on="recipient_id").filter(left_on <= _JUDGED_ON)


def _trained(starts: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    met = starts.join(closed(tables["reablement"]), on="recipient_id")
    return met.filter(_overlaps("-28d", "61d"))


def _absent(starts: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    days = ["recipient_id", "starts_on", "ends_on"]
    granted = valid_vedtak(tables).filter(pl.col("service").is_in(["LS", "SS"]))
    of_home_care = tables["vedtak"].join(tables["home_care"], on="service", how="semi")
    paused = closed(tables["vedtak_pauses"]).join(
        of_home_care.select("vedtak_id", "recipient_id"), on="vedtak_id"
    )
    absences = pl.concat(rows.select(days) for rows in (closed(tables["stays"]), granted, paused))
    met = starts.join(absences, on="recipient_id")
    return met.filter(_overlaps("-28d", "0d") | _overlaps("33d", "61d"))


def _overlaps(first: str, beyond: str) -> pl.Expr:
    return (pl.col("starts_on") < _DAY.dt.offset_by(beyond)) & (
        pl.col("ends_on") > _DAY.dt.offset_by(first)
    )


def _granted(starts: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Minutes a week; null where a vedtak that is valid that day has no hours."""
    near = starts.join(home_care_vedtak(tables), on="recipient_id").filter(_overlaps("-1d", "61d"))
    sums = {}
    for name, valid in (
        ("minutes_before", pl.col("starts_on") < _DAY),
        ("minutes_after", pl.col("ends_on") > _JUDGED_ON),
    ):
        minutes = pl.col("minutes").filter(valid)
        sums[name] = pl.when(minutes.is_not_null().all()).then(minutes.sum())
    return near.group_by(_START).agg(**sums)
