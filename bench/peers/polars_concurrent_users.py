"""Concurrent users in Polars; see ``queries/concurrent_users.sql``."""

import numpy as np
import polars as pl

from bench.peers.polars_homes import homes, total
from bench.peers.polars_spells import Tables, spells

_SLICE = ["slice_kind", "slice", "month"]
_HOME = ["home", "settled"]
_FIGURE = ["measure", *_SLICE, "geography", "grouping", "unit"]
_STOCKS = ("concurrent", "vedtak_only", "device_only")


def concurrent_users(tables: Tables) -> pl.LazyFrame:
    """Counts above zero for every unit, grouping, slice and month, then and now."""
    # used twice below: computed once
    lived = homes(tables).collect(engine="streaming").lazy()
    technology = tables["members"].select(pl.col("service").unique())
    held = spells(tables).join(technology, on="service", how="semi").collect(engine="streaming")
    moved = _settlings(lived, tables)
    lives = _in_months(held, lived, moved, tables).collect(engine="streaming").lazy()
    by_home = pl.concat(
        [_at_ends(held, lived, moved, tables), _one_home(lives)], how="vertical_relaxed"
    )
    placed = [
        *(rows.select(*_FIGURE, "value") for rows in _placed(by_home, tables)),
        _several_homes(lives, tables).select(*_FIGURE, "value"),
    ]
    counted = pl.concat(placed, how="vertical_relaxed").group_by(_FIGURE)
    return counted.agg(pl.col("value").sum()).filter(pl.col("value") > 0)


def _settlings(lived: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    before = lived.select("recipient_id", home="unit").join(tables["parts"], on="home")
    after = lived.select("recipient_id", "starts_on", lived_in="unit")
    moves = before.join(after, on=["recipient_id", "lived_in"]).sort("starts_on")
    first = moves.unique(["recipient_id", "home"], keep="first", maintain_order=True)
    return first.select("recipient_id", "home", "settled")


def _at_ends(
    held: pl.DataFrame, lived: pl.LazyFrame, moved: pl.LazyFrame, tables: Tables
) -> pl.LazyFrame:
    ends = tables["ends"].collect()
    first = np.searchsorted(ends["last_day"].to_numpy(), held["starts_on"], "left")
    after = np.searchsorted(ends["last_day"].to_numpy(), held["ends_on"], "left")
    day = pl.col("last_day")
    located = (
        _spread(held.drop("starts_on", "ends_on"), ends, first, after)
        .join(total(lived, by="recipient_id", keep=["unit"]), on="recipient_id", how="left")
        .filter(
            pl.col("starts_on").is_null()
            | day.is_between("starts_on", "followed_on", closed="left")
        )
        .with_columns(home=pl.when(day < pl.col("ends_on")).then("unit").fill_null(""))
        .join(tables["members"], on="service")
    )
    vedtak, device = pl.col("vedtak"), pl.col("device")
    persons = located.group_by(*_SLICE, "recipient_id", "home").agg(
        concurrent=(vedtak & device).any(),
        vedtak_only=(vedtak & ~device).any(),
        device_only=(device & ~vedtak).any(),
    )
    counted = _with_settled(persons, moved).group_by(*_SLICE, *_HOME).agg(pl.col(_STOCKS).sum())
    long = counted.unpivot(index=[*_SLICE, *_HOME], variable_name="measure")
    return long.select("measure", *_SLICE, *_HOME, pl.col("value").cast(pl.Int64))


def _in_months(
    held: pl.DataFrame, lived: pl.LazyFrame, moved: pl.LazyFrame, tables: Tables
) -> pl.LazyFrame:
    """``(*_SLICE, recipient_id, home, settled, homes)``: who used it in a month, and where."""
    ends = tables["ends"].collect()
    both = held.filter(pl.col("vedtak") & pl.col("device"))
    first = np.searchsorted(ends["last_day"].to_numpy(), both["starts_on"], "left")
    after = np.searchsorted(ends["first_day"].to_numpy(), both["ends_on"], "left")
    within = _spread(both, ends, first, after).with_row_index("stretch")
    known = (
        within.join(lived, on="recipient_id", suffix="_of_home")
        .filter(
            (
                pl.col("starts_on_of_home")
                <= pl.min_horizontal(pl.col("ends_on").dt.offset_by("-1d"), "last_day")
            )
            & (pl.col("ends_on_of_home") > pl.max_horizontal("starts_on", "first_day"))
        )
        .select("stretch", home="unit")
    )
    each = within.join(known, on="stretch", how="left").with_columns(pl.col("home").fill_null(""))
    sliced = _with_settled(each, moved).join(tables["members"], on="service")
    people = sliced.select(*_SLICE, "recipient_id", *_HOME).unique()
    return people.with_columns(homes=pl.len().over(*_SLICE, "recipient_id"))


def _one_home(lives: pl.LazyFrame) -> pl.LazyFrame:
    counted = lives.filter(pl.col("homes") == 1).group_by(*_SLICE, *_HOME).len("value")
    return counted.select(
        pl.lit("unique_in_month").alias("measure"), *_SLICE, *_HOME, pl.col("value").cast(pl.Int64)
    )


def _several_homes(lives: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    several = lives.filter(pl.col("homes") > 1).with_columns(measure=pl.lit("unique_in_month"))
    each = [rows.select(*_FIGURE, "recipient_id").unique() for rows in _placed(several, tables)]
    return pl.concat(each).with_columns(value=pl.lit(1, pl.Int64))


def _placed(rows: pl.LazyFrame, tables: Tables) -> list[pl.LazyFrame]:
    then = rows.join(tables["places_then"], on=["month", "home"])
    now = rows.join(tables["places_now"], on=_HOME)
    return [
        then.with_columns(geography=pl.lit("then")),
        now.with_columns(geography=pl.lit("now")),
    ]


def _with_settled(rows: pl.LazyFrame, moved: pl.LazyFrame) -> pl.LazyFrame:
    joined = rows.join(moved, on=["recipient_id", "home"], how="left")
    return joined.with_columns(pl.col("settled").fill_null(""))


def _spread(
    spans: pl.DataFrame, ends: pl.DataFrame, first: np.ndarray, after: np.ndarray
) -> pl.LazyFrame:
    """Each span once for each month from the ``first`` until the ``after``-th."""
    numbered = ends.lazy().with_row_index("place").cast({"place": pl.Int64})
    return (
        spans.lazy()
        .with_columns(first=pl.Series(first), after=pl.Series(after))
        .filter(pl.col("first") < pl.col("after"))
        .with_columns(place=pl.int_ranges("first", "after"))
        .explode("place")
        .join(numbered, on="place")
    )
