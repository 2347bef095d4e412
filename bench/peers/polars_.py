"""Polars with its streaming engine, written as its users write it."""

from collections.abc import Callable

import numpy as np
import polars as pl

from bench import given, inputs
from bench.job import Job
from bench.peers import polars_spells, polars_users
from bench.peers.polars_homes import foremost, homes, total

Tables = dict[str, pl.LazyFrame]


def prepare(job: Job) -> None:
    """Nothing to prepare: the files are read as they are."""


def answer(job: Job) -> None:
    """Write the answer as Parquet, cut by month."""
    tables = {
        table: pl.scan_parquet(files, hive_partitioning=True, try_parse_hive_dates=False)
        for table, files in inputs.files(job).items()
    }
    tables |= {name: pl.from_arrow(table).lazy() for name, table in given.tables(job).items()}
    found = _ANSWERS[job.question](tables).select(job.asked.columns)
    found.sink_parquet(
        pl.PartitionBy(job.answer, key="month", approximate_bytes_per_file=1 << 32),
        compression="zstd",
        mkdir=True,
        engine="streaming",
    )


def hand_over(job: Job) -> None:
    """The answer is already there."""


def panel_visits(tables: Tables) -> pl.LazyFrame:
    """See ``queries/panel_visits.sql``."""
    weekly = _weekly_visits(tables["visits"])
    has_minutes = (pl.col("with_minutes") > 0) | (pl.col("visits") == 0)
    has_weekend_minutes = (pl.col("with_weekend_minutes") > 0) | (pl.col("weekend_visits") == 0)
    lived = total(homes(tables), by="recipient_id", keep=["unit"])
    return (
        weekly.join(tables["weeks"], on="week")
        .join(lived, on="recipient_id", how="left")
        .filter(
            pl.col("starts_on").is_null()
            | pl.col("week_ends_on").is_between("starts_on", "followed_on", closed="right")
        )
        .with_columns(
            unit=pl.when(pl.col("ends_on") > pl.col("week")).then("unit"),
            day_part=pl.col("part").replace_strict([0, 1, 2], ["day", "evening", "night"]),
            minutes=pl.when(has_minutes).then("minutes"),
            weekend_minutes=pl.when(has_weekend_minutes).then("weekend_minutes"),
            without_minutes=pl.col("visits") - pl.col("with_minutes"),
        )
    )


def _weekly_visits(visits: pl.LazyFrame) -> pl.LazyFrame:
    executed = pl.col("status") == "executed"
    at_weekend = executed & (pl.col("local_date").dt.weekday() >= 6)
    return visits.group_by(
        "recipient_id",
        week=_week_of(pl.col("local_date")),
        part=_part_of(pl.col("local_minute")),
    ).agg(
        visits=executed.sum(),
        minutes=pl.col("minutes").filter(executed).sum(),
        weekend_visits=at_weekend.sum(),
        weekend_minutes=pl.col("minutes").filter(at_weekend).sum(),
        with_weekend_minutes=pl.col("minutes").filter(at_weekend).count(),
        with_minutes=pl.col("minutes").filter(executed).count(),
        planned_minutes=_sum_or_null("planned_minutes"),
        travel_minutes=_sum_or_null("travel_minutes"),
        unplanned=(executed & ~pl.col("planned")).sum(),
        cancelled=(pl.col("status") == "cancelled").sum(),
        not_home=(pl.col("status") == "not_home").sum(),
    )


def panel_services(tables: Tables) -> pl.LazyFrame:
    """See ``queries/panel_services.sql``."""
    spells = polars_spells.spells(tables).collect(engine="streaming")
    weeks = tables["weeks"].collect()
    # spells are few: their weeks are looked up at once, and rows made of the places
    place = {
        "first": np.searchsorted(weeks["week_ends_on"].to_numpy(), spells["starts_on"], "right"),
        "after": np.searchsorted(weeks["week"].to_numpy(), spells["ends_on"], "left"),
    }
    within = (
        spells.lazy()
        .with_columns(**{name: pl.Series(places) for name, places in place.items()})
        .filter(pl.col("first") < pl.col("after"))
        .with_columns(place=pl.int_ranges("first", "after"))
        .explode("place")
        .join(tables["weeks"].with_row_index("place").cast({"place": pl.Int64}), on="place")
        .with_columns(
            days=(
                pl.min_horizontal("ends_on", "week_ends_on")
                - pl.max_horizontal("starts_on", "week")
            ).dt.total_days()
        )
    )
    days = pl.col("days")
    return within.group_by("recipient_id", "service", "month", "week").agg(
        vedtak_days=days.filter("vedtak").sum(),
        device_days=days.filter("device").sum(),
        both_days=days.filter(pl.col("vedtak") & pl.col("device")).sum(),
    )


def panel_events(tables: Tables) -> pl.LazyFrame:
    """See ``queries/panel_events.sql``."""
    held = total(_holders(tables), by="device_id", keep=["recipient_id", "service"])
    day = pl.col("local_date")
    inside = day < pl.col("ends_on")
    return (
        tables["device_events"]
        .select("device_id", "local_date", kind=_kind())
        .join(held, on="device_id", how="left")
        .filter(
            pl.col("starts_on").is_null()
            | day.is_between("starts_on", "followed_on", closed="left")
        )
        .group_by(
            recipient_id=pl.when(inside).then("recipient_id"),
            service=pl.when(inside).then("service"),
            week=_week_of(day),
        )
        .agg(**{name: (pl.col("kind") == kind).sum() for kind, name in enumerate(_KINDS)})
        .join(tables["weeks"], on="week")
    )


_KINDS = (
    "tests",
    "technical",
    "doses_missed",
    "alarms",
    "doses_dispensed",
    "measurements",
    "other",
)
_ANSWERS: dict[str, Callable[[Tables], pl.LazyFrame]] = {
    "panel_visits": panel_visits,
    "panel_services": panel_services,
    "panel_events": panel_events,
    "concurrent_users": polars_users.concurrent_users,
}


def _week_of(day: pl.Expr) -> pl.Expr:
    return pl.max_horizontal(day.dt.truncate("1w"), day.dt.truncate("1mo"))


def _part_of(minute: pl.Expr) -> pl.Expr:
    night = (minute >= 1320) | (minute < 420)
    return pl.when(night).then(2).when(minute >= 900).then(1).otherwise(0)


def _sum_or_null(column: str) -> pl.Expr:
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum())


def _kind() -> pl.Expr:
    alert = pl.col("vocabulary") == "alert"
    dispensed = pl.col("code").is_in(["1", "1.1", "1.2", "1.3"])
    return (
        pl.when("test")
        .then(0)
        .when("technical")
        .then(1)
        .when(alert & pl.col("code").is_in(["1.1", "1.2"]))
        .then(2)
        .when(alert)
        .then(3)
        .when((pl.col("vocabulary") == "dispense") & dispensed)
        .then(4)
        .when(pl.col("vocabulary") == "measurement")
        .then(5)
        .otherwise(6)
    )


def _holders(tables: Tables) -> pl.LazyFrame:
    rank = pl.col("role").replace_strict(["primary", "shared"], [0, 2], default=1)
    order = [rank, -pl.col("starts_on").to_physical(), pl.col("recipient_id")]
    assigned = polars_spells.closed(tables["device_assignments"])
    alone = foremost(assigned, by="device_id", order=order, keep=["recipient_id"])
    service = tables["devices"].group_by("device_id").agg(pl.col("service").min())
    return alone.join(service, on="device_id", how="left")
