"""Cases at the response service in Polars; see ``queries/panel_responses.sql``."""

import polars as pl

from bench.peers.polars_calendar import part_of, week_of
from bench.peers.polars_holders import holders
from bench.peers.polars_homes import total
from bench.peers.polars_spells import Tables

_CASE = ["source", "response_id"]


def panel_responses(tables: Tables) -> pl.LazyFrame:
    """Cases of a recipient in a week, by part of the day and how long it took to answer."""
    cases = _cases(tables).collect(engine="streaming").lazy()
    answered_after = _second("answered_at") - _second("received_at")
    known = (
        cases.with_columns(week=week_of(pl.col("local_date")))
        .join(tables["weeks"], on="week")
        .join(_repeated(cases), on=_CASE, how="left")
        .with_columns(
            pl.col("repeated").fill_null(value=False),
            day_part=part_of(pl.col("local_minute")).replace_strict(
                [0, 1, 2], ["day", "evening", "night"]
            ),
            answered_after=pl.when("is_real").then(answered_after),
        )
    )
    outcome, clarified = pl.col("outcome"), pl.col("clarified")
    return known.group_by(
        "recipient_id", "service", "month", "week", "day_part", "answered_after"
    ).agg(
        cases=pl.col("is_real").sum(),
        clarified=(clarified & ~pl.col("repeated")).sum(),
        repeated=(clarified & pl.col("repeated")).sum(),
        undocumented=(outcome == "").sum(),
        tests=(outcome == "test").sum(),
        technical=(outcome == "technical").sum(),
    )


def _cases(tables: Tables) -> pl.LazyFrame:
    """Cases with whom they are about, the device's service, and when they were over."""
    held = total(holders(tables), by="device_id", keep=["recipient_id", "service"])
    day, outcome = pl.col("local_date"), pl.col("outcome").fill_null("")
    inside = day < pl.col("ends_on")
    ended = pl.coalesce("closed_at", "answered_at", "received_at")
    holder = pl.when(inside).then("recipient_id_of_holder")
    return (
        tables["responses"]
        .join(held, on="device_id", how="left", suffix="_of_holder")
        .filter(
            pl.col("starts_on").is_null()
            | day.is_between("starts_on", "followed_on", closed="left")
        )
        .select(
            *_CASE,
            *("local_date", "local_minute", "received_at", "answered_at"),
            recipient_id=pl.coalesce("recipient_id", holder),
            service=pl.when(inside).then("service"),
            outcome=outcome,
            is_real=~outcome.is_in(["test", "technical"]),
            clarified=(outcome == "clarified") & pl.col("dispatched_at").is_null(),
            ended_at=pl.max_horizontal(ended, "received_at"),
        )
    )


def _repeated(cases: pl.LazyFrame) -> pl.LazyFrame:
    """``(*_CASE, repeated)``: whether the recipient's next real case came within the hour."""
    known = cases.filter(pl.col("recipient_id").is_not_null())
    later = known.filter("is_real").select("recipient_id", came_at="received_at").sort("came_at")
    met = (
        known.filter("clarified")
        .sort("ended_at")
        .join_asof(
            later,
            left_on="ended_at",
            right_on="came_at",
            by="recipient_id",
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
    )
    soon = pl.col("came_at") <= pl.col("ended_at").dt.offset_by("60m")
    return met.select(*_CASE, repeated=soon.fill_null(value=False))


def _second(moment: str) -> pl.Expr:
    return pl.col(moment).dt.epoch("us") // 1_000_000
