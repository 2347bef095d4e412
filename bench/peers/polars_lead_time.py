"""From a vedtak until the equipment works and is heard from, in Polars.

See ``queries/lead_time.sql``.
"""

from datetime import date

import polars as pl

from bench.peers.polars_calendar import week_of
from bench.peers.polars_lived import at_place, lived
from bench.peers.polars_signals import signals
from bench.peers.polars_spells import Tables, closed, working_devices
from bench.peers.polars_window import over_window

_COURSE = ["recipient_id", "service", "course"]
_PLACE = ["month", "geography", "grouping", "unit"]
_CELL = ["slice_kind", "slice", *_PLACE]
_FIGURE = ["measure", *_CELL, "value"]
_OPEN = pl.lit(date(9999, 1, 1))
#: Figures of a cell, and what they are called of vedtak followed until equipment works, and sends.
_WORKED = {
    "cases": "vedtak",
    "unstarted": "not_started",
    "waiting": "waiting",
    "median": "median_days",
    "within_14": "within_14_days",
    "within_28": "within_28_days",
}
_HEARD = {
    "cases": "signal_vedtak",
    "unstarted": "no_signal",
    "median": "signal_median_days",
    "within_28": "signal_within_28_days",
}


def lead_time(tables: Tables) -> pl.LazyFrame:
    """Vedtak of twelve months, and how long it took; null where nothing was ever heard."""
    sending = _sending(tables).collect(engine="streaming").lazy()
    dated = over_window(_cases(tables, sending), tables, begun_in="decided_in", months=12)
    dated = dated.collect(engine="streaming").lazy()
    waits = pl.col("over_on") > pl.col("last_day")
    parts = [
        _figures(_until(dated, "worked_on", waits), _WORKED, tables),
        _figures(_until(dated.filter("is_followed"), "heard_on", pl.lit(False)), _HEARD, tables),
        _unheard(sending, tables),
    ]
    return pl.concat(rows.select(_FIGURE) for rows in parts)


def _sending(tables: Tables) -> pl.LazyFrame:
    weeks = tables["panel_events"].drop_nulls("service")
    since = pl.col("week").min().dt.truncate("1mo")
    return weeks.group_by("service").agg(sends_since=since)


def _cases(tables: Tables, sending: pl.LazyFrame) -> pl.LazyFrame:
    begun = _begun(tables).collect(engine="streaming").lazy()
    known = (
        begun.join(_worked(begun, tables), on=_COURSE, how="left")
        .join(_heard(begun, tables), on=_COURSE, how="left")
        .join(sending, on="service", how="left")
        .with_columns(
            decided_in=pl.col("decided_on").dt.truncate("1mo"),
            is_followed=(pl.col("decided_on") >= pl.col("sends_since")).fill_null(False),
        )
    )
    return at_place(known, lived(tables), day="decided_on")


def _begun(tables: Tables) -> pl.LazyFrame:
    """Vedtak with what renews them; ``over_on``: no later than when she died or left."""
    by = ["recipient_id", "service"]
    vedtak = tables["vedtak"].filter(pl.col("status") == "granted")
    granted = closed(vedtak.join(tables["technology"], on="service", how="semi"))
    # a whole number, since Polars has no running maximum of dates
    reached = pl.col("ends_on").to_physical().cum_max().shift(1).over(by)
    is_new = reached.is_null() | (reached + 28 <= pl.col("starts_on").to_physical())
    left_on = pl.min_horizontal("died_on", "moved_out_on").min()
    here = tables["recipients"].group_by("recipient_id").agg(left_on=left_on)
    return (
        granted.group_by(*by, "starts_on")
        .agg(pl.col("decided_on").min(), pl.col("ends_on").max())
        .sort(*by, "starts_on")
        .with_columns(course=is_new.cum_sum().over(by))
        .group_by(_COURSE)
        .agg(
            pl.col("decided_on").fill_null(pl.col("starts_on")).sort_by("starts_on").first(),
            pl.col("ends_on").max(),
        )
        .join(tables["reach"].select("since"), how="cross")
        .filter(pl.col("decided_on") >= pl.col("since"))
        .join(here, on="recipient_id", how="left")
        .with_columns(over_on=pl.min_horizontal("ends_on", pl.col("left_on").fill_null(_OPEN)))
        .drop("since", "left_on")
    )


def _worked(begun: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    works = working_devices(tables).select(
        "recipient_id", "service", worked_on="starts_on", until="ends_on"
    )
    there = begun.join(works, on=["recipient_id", "service"]).filter(
        (pl.col("until") > pl.col("decided_on")) & (pl.col("worked_on") < pl.col("ends_on"))
    )
    return there.group_by(_COURSE).agg(pl.col("worked_on").min())


def _heard(begun: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """One from earlier in the same week says that the equipment was there already."""
    heard = pl.col("heard_on")
    there = (
        signals(tables)
        .join(begun, on=["recipient_id", "service"])
        .filter((heard >= week_of(pl.col("decided_on"))) & (heard < pl.col("over_on")))
    )
    return there.group_by(_COURSE).agg(heard.min())


def _until(dated: pl.LazyFrame, day: str, waits: pl.Expr) -> pl.LazyFrame:
    """Vedtak of each month by the days they were followed until a day that a column names."""
    is_started = (pl.col(day) <= pl.col("last_day")).fill_null(False)
    last = pl.min_horizontal("last_day", pl.col("over_on").dt.offset_by("-1d"))
    until = pl.when(is_started).then(day).otherwise(last)
    days = (until - pl.col("decided_on")).dt.total_days().clip(lower_bound=0)
    return dated.group_by("service", "month", "place", days=days).agg(
        cases=pl.len().cast(pl.Int64),
        started=is_started.sum().cast(pl.Int64),
        waiting=(waits & ~is_started).sum().cast(pl.Int64),
    )


def _figures(followed: pl.LazyFrame, named: dict[str, str], tables: Tables) -> pl.LazyFrame:
    counted = (
        followed.join(tables["members"], on="service")
        .join(tables["in_place"], on="place")
        .group_by(*_CELL, "days")
        .agg(pl.col("cases", "started", "waiting").sum())
        .sort(*_CELL, "days")
        .with_columns(at_risk=pl.col("cases").cum_sum(reverse=True).over(_CELL))
    )
    kept = 1 - pl.col("started") / pl.col("at_risk")
    cells = (
        counted.with_columns(remaining=kept.cum_prod().over(_CELL))
        .group_by(_CELL)
        .agg(
            pl.col("cases").sum(),
            unstarted=_above_zero(pl.col("cases").sum() - pl.col("started").sum()),
            waiting=_above_zero(pl.col("waiting").sum()),
            median=pl.col("days").filter(pl.col("remaining") <= 0.5 + 1e-9).min(),
            within_14=_within(14),
            within_28=_within(28),
        )
        .select(*_CELL, pl.col(list(named)).cast(pl.Float64))
        .rename(named)
    )
    return cells.unpivot(index=_CELL, variable_name="measure").drop_nulls("value")


def _above_zero(count: pl.Expr) -> pl.Expr:
    return pl.when(count > 0).then(count)


def _within(after: int) -> pl.Expr:
    """In percent; known where somebody was followed so long, or all had started."""
    days, remaining = pl.col("days"), pl.col("remaining")
    started = 1 - remaining.filter(days <= after).min().fill_null(1)
    percent = (started * 100).round(6, mode="half_away_from_zero")
    return pl.when((days.max() >= after) | (remaining.min() == 0)).then(percent)


def _unheard(sending: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """What nothing was ever heard from is missing, and not late."""
    known = tables["members"].join(sending, on="service", how="left")
    since = known.group_by("slice_kind", "slice").agg(pl.col("sends_since").min())
    silent = since.join(tables["ends"], how="cross").filter(
        pl.col("sends_since").is_null() | (pl.col("sends_since") > pl.col("last_day"))
    )
    measures = pl.LazyFrame({"measure": list(_HEARD.values())})
    everywhere = silent.join(tables["existing"], on="month").join(measures, how="cross")
    return everywhere.with_columns(value=pl.lit(None, pl.Float64))
