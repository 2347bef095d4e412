"""How long those who call wait for an answer in Polars; see ``queries/response_time.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_weekly import measured, over_slices, with_place

_UNIT = ["slice_kind", "slice", "month", "geography", "grouping", "unit"]
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
    cases = pl.col("cases")
    ranked = (
        waits.join(tables["in_place"], on="place")
        .group_by(*_UNIT, "answered_after")
        .agg(cases.sum())
        .sort("answered_after")
        .with_columns(within=cases.cum_sum().over(_UNIT), every=cases.sum().over(_UNIT))
    )
    reached = {
        measure: pl.col("answered_after")
        .filter(pl.col("within") * 10 >= pl.col("every") * tenths)
        .min()
        for measure, tenths in _TENTHS.items()
    }
    found = ranked.group_by(_UNIT).agg(**reached)
    return found.unpivot(list(_TENTHS), index=_UNIT, variable_name="measure")
