"""How long those who call wait for an answer in Polars; see ``queries/response_time.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_weekly import measured, over_slices, with_place

_NAME = ["geography", "grouping", "unit"]
_SLICE = ["slice_kind", "slice"]
_CELL = ["slice_id", "month", "unit_id"]
#: Measure → the tenths of answered cases that were answered no later.
_TENTHS = {"p50": 5, "p90": 9}


def response_time(tables: Tables) -> pl.LazyFrame:
    """Seconds within which tenths of the answered cases were answered; who called."""
    cases, waited = pl.col("cases"), pl.col("answered_after")
    weeks = tables["panel_responses"].filter(cases > 0)
    weeks = weeks.select("recipient_id", "service", "month", "week", "cases", "answered_after")
    # used twice below: computed once
    placed = with_place(weeks, tables).collect(engine="streaming").lazy()
    told = placed.with_columns(answered=pl.when(waited.is_not_null()).then(cases).otherwise(0))
    counted = measured(
        over_slices(told, tables, by=["recipient_id", "mover"], sums=["cases", "answered"]),
        tables,
        counts={"with_case": "cases", "with_answer": "answered"},
        amounts={"cases": "cases", "answered": "answered"},
    )
    answered = placed.filter(waited.is_not_null())
    waits = over_slices(answered, tables, by=["answered_after"], sums=["cases"])
    return pl.concat([counted, _least_seconds(waits, tables)], how="diagonal")


def _least_seconds(waits: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """From how many cases waited how long in a place, to units and groups."""
    # numbers stand for what slices and units are called, since there are many rows
    named = tables["in_place"].with_columns(unit_id=pl.struct(_NAME).rank("dense"))
    slices = tables["members_or_none"].select(_SLICE).unique()
    slices = slices.with_columns(slice_id=pl.struct(_SLICE).rank("dense"))
    counted = (
        waits.join(slices, on=_SLICE)
        .select("slice_id", "month", "place", "answered_after", "cases")
        .join(named.select("place", "unit_id"), on="place")
        .group_by(*_CELL, "answered_after")
        .agg(pl.col("cases").sum())
    )
    units = named.select("unit_id", *_NAME).unique()
    told = _reached(counted).join(slices, on="slice_id").join(units, on="unit_id")
    index = [*_SLICE, "month", *_NAME]
    return told.unpivot(list(_TENTHS), index=index, variable_name="measure")


def _reached(counted: pl.LazyFrame) -> pl.LazyFrame:
    """The least number of seconds within which tenths of a cell's cases were answered."""
    cases = pl.col("cases")
    ranked = counted.sort("answered_after").with_columns(
        within=cases.cum_sum().over(_CELL), every=cases.sum().over(_CELL)
    )
    seconds = pl.col("answered_after")
    return ranked.group_by(_CELL).agg(
        **{
            measure: seconds.filter(pl.col("within") * 10 >= pl.col("every") * tenths).min()
            for measure, tenths in _TENTHS.items()
        }
    )
