"""pandas, in memory, written as its users write it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from bench import given, inputs
from bench.job import Job
from bench.peers import pandas_concurrent_users, pandas_spells
from bench.peers.pandas_homes import foremost, homes
from bench.peers.pandas_spells import Frames, closed

#: What each question needs of the tables with many rows.
_NEEDED = {
    "visits": [
        "recipient_id",
        "local_date",
        "local_minute",
        "planned",
        "planned_minutes",
        "minutes",
        "travel_minutes",
        "status",
    ],
    "device_events": ["device_id", "local_date", "vocabulary", "code", "test", "technical"],
}
_COUNTS = [
    "visits",
    "weekend_visits",
    "unplanned",
    "cancelled",
    "not_home",
    "without_minutes",
]
_MINUTES = ["minutes", "weekend_minutes", "planned_minutes", "travel_minutes"]
_PARTS = np.array(["day", "evening", "night"])


def prepare(job: Job) -> None:
    """Nothing to prepare: the files are read as they are."""


def answer(job: Job) -> None:
    """Write the answer as Parquet, cut by month."""
    frames = {table: _read(table, files) for table, files in inputs.files(job).items()}
    frames |= {name: _given(table) for name, table in given.tables(job).items()}
    found = _ANSWERS[job.question](frames)[list(job.asked.columns)]
    pq.write_to_dataset(
        pa.Table.from_pandas(found, preserve_index=False),
        job.answer,
        partition_cols=["month"],
        compression="zstd",
    )


def hand_over(job: Job) -> None:
    """The answer is already there."""


def panel_visits(frames: Frames) -> pd.DataFrame:
    """See ``queries/panel_visits.sql``."""
    visits = frames["visits"]
    status, minute = visits["status"], visits["local_minute"]
    executed = status == "executed"
    at_weekend = executed & (visits["local_date"].dt.day_of_week >= 5)
    by = {
        "recipient_id": visits["recipient_id"],
        "week": _week_of(visits["local_date"]),
        "part": np.select([(minute >= 1320) | (minute < 420), minute >= 900], [2, 1], 0),
    }
    counted = pd.DataFrame(
        by
        | {
            "visits": executed,
            "minutes": visits["minutes"].where(executed),
            "weekend_visits": at_weekend,
            "weekend_minutes": visits["minutes"].where(at_weekend),
            "planned_minutes": visits["planned_minutes"],
            "travel_minutes": visits["travel_minutes"],
            "unplanned": executed & (visits["planned"] == False),  # noqa: E712 null is neither
            "cancelled": status == "cancelled",
            "not_home": status == "not_home",
            "without_minutes": executed & visits["minutes"].isna(),
        }
    )
    grouped = counted.groupby(list(by), sort=False)
    sums = grouped[_COUNTS].sum()
    may_lack = grouped[_MINUTES].sum(min_count=1)
    weekly = sums.join(may_lack).reset_index().merge(frames["weeks"], on="week")
    weekly.loc[weekly["visits"] == 0, "minutes"] = 0
    weekly.loc[weekly["weekend_visits"] == 0, "weekend_minutes"] = 0
    weekly["day_part"] = _PARTS[weekly["part"]]
    return _with_unit(weekly, homes(frames))


def panel_services(frames: Frames) -> pd.DataFrame:
    """See ``queries/panel_services.sql``."""
    spells, weeks = pandas_spells.spells(frames), frames["weeks"]
    first = np.searchsorted(weeks["week_ends_on"], spells["starts_on"], "right")
    after = np.searchsorted(weeks["week"], spells["ends_on"], "left")
    count = np.maximum(after - first, 0)
    within = spells.loc[spells.index.repeat(count)].reset_index(drop=True)
    begun = np.repeat(np.cumsum(count) - count, count)
    place = np.arange(count.sum()) - begun + np.repeat(first, count)
    within = within.join(weeks.loc[place].reset_index(drop=True))
    until = np.minimum(within["ends_on"], within["week_ends_on"])
    days = (until - np.maximum(within["starts_on"], within["week"])).dt.days
    within["vedtak_days"] = days.where(within["vedtak"], 0)
    within["device_days"] = days.where(within["device"], 0)
    within["both_days"] = days.where(within["vedtak"] & within["device"], 0)
    by = ["recipient_id", "service", "month", "week"]
    return (
        within.groupby(by, sort=False)[["vedtak_days", "device_days", "both_days"]]
        .sum()
        .reset_index()
    )


def panel_events(frames: Frames) -> pd.DataFrame:
    """See ``queries/panel_events.sql``."""
    events = frames["device_events"]
    counted = pd.DataFrame(
        {
            "device_id": events["device_id"],
            "local_date": events["local_date"].astype("datetime64[s]"),
            "kind": _kind(events),
        }
    ).sort_values("local_date", kind="stable")
    held = _holders(frames).sort_values("starts_on")
    counted = pd.merge_asof(
        counted, held, left_on="local_date", right_on="starts_on", by="device_id"
    )
    nobody = ~(counted["local_date"] < counted["ends_on"])
    counted.loc[nobody, ["recipient_id", "service"]] = None
    counted["week"] = _week_of(counted["local_date"])
    for kind, name in enumerate(_KINDS):
        counted[name] = counted["kind"] == kind
    counted["first_on"] = counted["local_date"].where(~counted["technical"])
    by = ["recipient_id", "service", "week"]
    of_week = counted.groupby(by, sort=False, dropna=False)
    weekly = of_week[list(_KINDS)].sum().join(of_week["first_on"].min()).reset_index()
    return weekly.merge(frames["weeks"], on="week")


_KINDS = (
    "tests",
    "technical",
    "doses_missed",
    "alarms",
    "doses_dispensed",
    "measurements",
    "other",
)
_ANSWERS: dict[str, Callable[[Frames], pd.DataFrame]] = {
    "panel_visits": panel_visits,
    "panel_services": panel_services,
    "panel_events": panel_events,
    "concurrent_users": pandas_concurrent_users.concurrent_users,
}


def _read(table: str, files: list[str]) -> pd.DataFrame:
    found = ds.dataset(files).to_table(columns=_NEEDED.get(table))
    three_valued = {pa.bool_(): pd.BooleanDtype()}
    return found.to_pandas(types_mapper=three_valued.get, date_as_object=False)


def _given(table: pa.Table) -> pd.DataFrame:
    found = table.to_pandas(date_as_object=False)
    days = found.select_dtypes("datetime").columns
    return found.astype(dict.fromkeys(days, "datetime64[s]"))


def _week_of(day: pd.Series) -> pd.Series:
    monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    first = day - pd.to_timedelta(day.dt.day - 1, unit="D")
    return monday.where(monday > first, first).astype("datetime64[s]")


def _kind(events: pd.DataFrame) -> Any:
    vocabulary, code = events["vocabulary"], events["code"]
    alert = vocabulary == "alert"
    return np.select(
        [
            events["test"].fillna(False),
            events["technical"].fillna(False),
            alert & code.isin(["1.1", "1.2"]),
            alert,
            (vocabulary == "dispense") & code.isin(["1", "1.1", "1.2", "1.3"]),
            vocabulary == "measurement",
        ],
        range(6),
        6,
    )


def _with_unit(weekly: pd.DataFrame, lived: pd.DataFrame) -> pd.DataFrame:
    weekly["last"] = weekly["week_ends_on"] - pd.Timedelta(days=1).as_unit("s")
    placed = pd.merge_asof(
        weekly.sort_values("last"),
        lived.sort_values("starts_on"),
        left_on="last",
        right_on="starts_on",
        by="recipient_id",
    )
    placed["unit"] = placed["unit"].where(placed["ends_on"] > placed["week"])
    return placed


def _holders(frames: Frames) -> pd.DataFrame:
    assigned = closed(frames["device_assignments"])
    assigned["rank"] = assigned["role"].map({"primary": 0, "shared": 2}).fillna(1)
    assigned["begun"] = -assigned["starts_on"].astype("int64")
    order = ["rank", "begun", "recipient_id"]
    alone = foremost(assigned, by="device_id", order=order, keep=["recipient_id"])
    service = frames["devices"].groupby("device_id")["service"].min()
    # a pseudonym does not fit in the float that a missing value would make of it
    return alone.astype({"recipient_id": "Int64"}).join(service, on="device_id")
