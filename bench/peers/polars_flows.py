"""Who came, left and moved, in Polars; see ``queries/flows.sql``."""

import polars as pl

from bench.peers.polars_courses import PERSON, courses, reasons, uses
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, valid_vedtak

_SLICE = ["slice_kind", "slice"]
_CELL = [*_SLICE, "month", "place"]
_COUNTED = ["measure", *_CELL, "value"]
_PLACE = ["geography", "grouping", "unit"]
_MOVE = [*_SLICE, "month", "left_place", "place"]


def flows(tables: Tables) -> pl.LazyFrame:
    """Users at month ends, those of them who rest, and how they came to be as many."""
    used = uses(tables).collect(engine="streaming").lazy()
    homes_of = lived(tables).collect(engine="streaming").lazy()
    known = courses(used).collect(engine="streaming").lazy()
    why = reasons(known, valid_vedtak(tables), tables)
    pieces = _pieces(known, homes_of, tables).collect(engine="streaming").lazy()
    months = tables["ends"].with_columns(number=_number(pl.col("last_day")))
    counted = [
        *_stocks(pieces, months),
        _left_for(pieces, months, why),
        _resting(used, homes_of, tables),
    ]
    counts = pl.concat([rows.select(_COUNTED) for rows in counted], how="vertical_relaxed")
    return pl.concat([in_places(counts, tables), _across(_moves(pieces, months), tables)])


def _number(day: pl.Expr) -> pl.Expr:
    return day.dt.year() * 12 + day.dt.month()


def _pieces(known: pl.LazyFrame, homes_of: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Courses by months, cut by place, with the place before and whether she goes on.

    From the first month's end that a piece covers, until the first that it does not.
    """
    near = known.join(tables["reach"].select("first_day", "last_day"), how="cross").filter(
        (pl.col("starts_on") <= pl.col("last_day")) & (pl.col("ends_on") >= pl.col("first_day"))
    )
    homes_of = homes_of.rename({"starts_on": "lived_from", "ends_on": "lived_to"})
    pieces = (
        near.join(homes_of, on="recipient_id")
        .with_columns(
            since=_number(pl.max_horizontal("starts_on", "lived_from")),
            until=_number(pl.min_horizontal("ends_on", "lived_to")),
        )
        .filter(
            (pl.col("lived_from") < pl.col("ends_on"))
            & (pl.col("lived_to") > pl.col("starts_on"))
            & (pl.col("since") < pl.col("until"))
        )
        .sort(*PERSON, "since")
    )
    before, after = pl.col("until").shift(1).over(PERSON), pl.col("since").shift(-1).over(PERSON)
    return pieces.select(
        *PERSON,
        *("starts_on", "place", "since", "until"),
        left_place=pl.col("place").shift(1).over(PERSON),
        is_first=(before < pl.col("since")).fill_null(True),
        is_last=(after > pl.col("until")).fill_null(True),
    )


def _stocks(pieces: pl.LazyFrame, months: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Users, and those who are new and have ended, by sums of steps up and down."""
    cell = [*_SLICE, "place"]
    comes = {"users": pl.lit(1), "new": pl.col("is_first").cast(int), "ended": pl.lit(0)}
    leaves = {"users": pl.lit(-1), "new": pl.lit(0), "ended": pl.col("is_last").cast(int)}
    steps = [
        pieces.select(*cell, number=day, **{name: step.cast(pl.Int64) for name, step in of.items()})
        for day, of in (("since", comes), ("until", leaves))
    ]
    states = (
        pl.concat(steps)
        .group_by(*cell, "number")
        .agg(pl.col("users", "new", "ended").sum())
        .sort(*cell, "number")
        .with_columns(
            pl.col("users").cum_sum().over(cell),
            until=pl.col("number").shift(-1).over(cell),
            net=pl.col("new") - pl.col("ended"),
        )
        .collect(engine="streaming")
        .lazy()
    )
    held = states.rename({"number": "since"}).join_where(
        months, pl.col("since") <= pl.col("number"), pl.col("until") > pl.col("number")
    )
    happened = states.join(months, on="number")
    return [
        held.with_columns(measure=pl.lit("users"), value="users"),
        happened.unpivot(on=["new", "ended", "net"], index=_CELL, variable_name="measure"),
    ]


def _left_for(pieces: pl.LazyFrame, months: pl.LazyFrame, why: pl.LazyFrame) -> pl.LazyFrame:
    left = pieces.filter("is_last").join(months, left_on="until", right_on="number")
    told = left.join(why, on=[*PERSON, "starts_on"])
    measure = pl.concat_str(pl.lit("ended_"), "reason")
    return told.group_by(*_CELL, measure=measure).agg(value=pl.len().cast(pl.Int64))


def _resting(used: pl.LazyFrame, homes_of: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    rests = used.filter(
        (pl.col("reached") < pl.col("starts_on"))
        & (pl.col("starts_on") < pl.col("reached").dt.offset_by("28d"))
    )
    at_ends = rests.join_where(
        tables["ends"],
        pl.col("reached") <= pl.col("last_day"),
        pl.col("starts_on") > pl.col("last_day"),
    )
    placed = at_place(at_ends.drop("starts_on", "ends_on"), homes_of, day="last_day")
    counted = placed.group_by(_CELL).agg(value=pl.len().cast(pl.Int64))
    return counted.with_columns(measure=pl.lit("resting"))


def _moves(pieces: pl.LazyFrame, months: pl.LazyFrame) -> pl.LazyFrame:
    moved = pieces.filter(~pl.col("is_first") & (pl.col("left_place") != pl.col("place")))
    dated = moved.join(months, left_on="since", right_on="number")
    counted = dated.group_by(_MOVE).agg(value=pl.len().cast(pl.Int64))
    return counted.collect(engine="streaming").lazy()


def _across(moves: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Who moves within a unit has neither come to it nor left it."""
    sides = []
    for measure, side, other in (
        ("moved_in", "place", "left_place"),
        ("moved_out", "left_place", "place"),
    ):
        placed = moves.join(tables["in_place"], left_on=side, right_on="place")
        across = placed.join(
            tables["in_place"], left_on=[other, *_PLACE], right_on=["place", *_PLACE], how="anti"
        )
        counted = across.group_by(*_SLICE, "month", *_PLACE).agg(pl.col("value").sum())
        sides.append(
            counted.select(pl.lit(measure).alias("measure"), *_SLICE, "month", *_PLACE, "value")
        )
    return pl.concat(sides)
