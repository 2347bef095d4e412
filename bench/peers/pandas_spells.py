"""When a recipient has a vedtak for a service, and when her equipment works, in pandas."""

from datetime import datetime

import pandas as pd

Frames = dict[str, pd.DataFrame]

OPEN = pd.Timestamp(datetime(9999, 1, 1)).as_unit("s")  # noqa: DTZ001 dates have no zone
_BY = ["recipient_id", "service"]


def closed(spans: pd.DataFrame) -> pd.DataFrame:
    """Those that run on get an end; those that cover nothing go."""
    ended = spans.assign(
        starts_on=spans["starts_on"].astype("datetime64[s]"),
        ends_on=spans["ends_on"].astype("datetime64[s]").fillna(OPEN),
    )
    return ended[ended["starts_on"] < ended["ends_on"]].copy()


def spells(frames: Frames) -> pd.DataFrame:
    """Intervals per recipient and service, without overlaps; see ``queries/spells.sql``."""
    granted = closed(frames["vedtak"].query("status == 'granted'"))
    vedtak = _outside(
        granted.rename(columns={"vedtak_id": "id"}), frames["vedtak_pauses"], "vedtak_id"
    )
    working = _outside(_working(frames), frames["device_downtimes"], "device_id")
    laid = pd.concat(
        [
            *_steps(_while_here(vedtak, frames), vedtak=1, device=0),
            *_steps(_while_here(working, frames), vedtak=0, device=1),
        ]
    )
    found = _states(laid, by=_BY, parts=["vedtak", "device"])
    found["vedtak"], found["device"] = found["vedtak"] > 0, found["device"] > 0
    return found[found["vedtak"] | found["device"]].reset_index(drop=True)


def _working(frames: Frames) -> pd.DataFrame:
    equipment = frames["devices"].groupby("device_id")[["service", "retired_on"]].min()
    assigned = closed(frames["device_assignments"])
    assigned = assigned.merge(equipment, left_on="device_id", right_index=True)
    return _until(assigned, assigned["retired_on"]).rename(columns={"device_id": "id"})


def _until(spans: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    limit = day.astype("datetime64[s]").fillna(OPEN)
    return closed(spans.assign(ends_on=spans["ends_on"].where(spans["ends_on"] < limit, limit)))


def _outside(spans: pd.DataFrame, rests: pd.DataFrame, key: str) -> pd.DataFrame:
    rests = closed(rests.rename(columns={key: "id"}))[["id", "starts_on", "ends_on"]]
    columns = ["id", *_BY, "starts_on", "ends_on"]
    has_rests = spans["id"].isin(rests["id"])
    whole, broken = spans.loc[~has_rests, columns], spans.loc[has_rests, columns]
    owned = rests.merge(broken[["id", *_BY]].drop_duplicates(), on="id")
    laid = pd.concat([*_steps(broken, span=1, gap=0), *_steps(owned, span=0, gap=1)])
    left = _states(laid, by=["id", *_BY], parts=["span", "gap"])
    left = left[(left["span"] > 0) & (left["gap"] == 0)]
    return pd.concat([whole, left[columns]])


def _while_here(spans: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    people = frames["recipients"].groupby("recipient_id")[["died_on", "moved_out_on"]].min()
    left_on = people.min(axis=1)
    return _until(spans, spans["recipient_id"].map(left_on))


def _steps(spans: pd.DataFrame, **parts: int) -> list[pd.DataFrame]:
    bare = spans.drop(columns=["starts_on", "ends_on"])
    return [
        bare.assign(day=spans[column], **{part: sign * step for part, step in parts.items()})
        for column, sign in (("starts_on", 1), ("ends_on", -1))
    ]


def _states(laid: pd.DataFrame, *, by: list[str], parts: list[str]) -> pd.DataFrame:
    daily = laid.groupby([*by, "day"])[parts].sum().reset_index()
    grouped = daily.groupby(by)
    daily[parts] = grouped[parts].cumsum()
    daily["ends_on"] = grouped["day"].shift(-1)
    return daily.rename(columns={"day": "starts_on"}).dropna(subset="ends_on")
