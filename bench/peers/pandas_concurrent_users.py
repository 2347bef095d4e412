"""Concurrent users in pandas; see ``queries/concurrent_users.sql``."""

import numpy as np
import pandas as pd

from bench.peers.pandas_homes import homes
from bench.peers.pandas_spells import Frames, spells

_SLICE = ["slice_kind", "slice", "month"]
_HOME = ["home", "settled"]
_FIGURE = ["measure", *_SLICE, "geography", "grouping", "unit"]
_STOCKS = ["concurrent", "vedtak_only", "device_only"]
_DAY = pd.Timedelta(days=1).as_unit("s")


def concurrent_users(frames: Frames) -> pd.DataFrame:
    """Counts above zero for every unit, grouping, slice and month, then and now."""
    lived = homes(frames)
    held = spells(frames)
    held = held[held["service"].isin(frames["members"]["service"])]
    moved = _settlings(lived, frames)
    lives = _in_months(held, lived, moved, frames)
    by_home = pd.concat([_at_ends(held, lived, moved, frames), _one_home(lives)])
    placed = pd.concat([_placed(by_home, frames), _several_homes(lives, frames)])
    counted = placed.groupby(_FIGURE, sort=False)["value"].sum().reset_index()
    return counted[counted["value"] > 0]


def _settlings(lived: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    before = lived[["recipient_id", "unit"]].rename(columns={"unit": "home"})
    after = lived[["recipient_id", "starts_on", "unit"]].rename(columns={"unit": "lived_in"})
    moves = before.merge(frames["parts"], on="home").merge(after, on=["recipient_id", "lived_in"])
    first = moves.sort_values("starts_on").drop_duplicates(["recipient_id", "home"])
    return first[["recipient_id", "home", "settled"]]


def _at_ends(
    held: pd.DataFrame, lived: pd.DataFrame, moved: pd.DataFrame, frames: Frames
) -> pd.DataFrame:
    ends = frames["ends"]
    first = np.searchsorted(ends["last_day"], held["starts_on"], "left")
    after = np.searchsorted(ends["last_day"], held["ends_on"], "left")
    located = pd.merge_asof(
        _spread(held.drop(columns=["starts_on", "ends_on"]), ends, first, after).sort_values(
            "last_day"
        ),
        lived.sort_values("starts_on"),
        left_on="last_day",
        right_on="starts_on",
        by="recipient_id",
    )
    located["home"] = located["unit"].where(located["last_day"] < located["ends_on"]).fillna("")
    each = located.merge(frames["members"], on="service")
    each["concurrent"] = each["vedtak"] & each["device"]
    each["vedtak_only"] = each["vedtak"] & ~each["device"]
    each["device_only"] = each["device"] & ~each["vedtak"]
    persons = each.groupby([*_SLICE, "recipient_id", "home"], sort=False)[_STOCKS].max()
    settled = _with_settled(persons.reset_index(), moved)
    counted = settled.groupby([*_SLICE, *_HOME], sort=False)[_STOCKS].sum().reset_index()
    return counted.melt([*_SLICE, *_HOME], var_name="measure")


def _in_months(
    held: pd.DataFrame, lived: pd.DataFrame, moved: pd.DataFrame, frames: Frames
) -> pd.DataFrame:
    """Who used it in a month, and where; ``homes``: in how many."""
    ends = frames["ends"]
    both = held[held["vedtak"] & held["device"]]
    first = np.searchsorted(ends["last_day"], both["starts_on"], "left")
    after = np.searchsorted(ends["first_day"], both["ends_on"], "left")
    within = _spread(both, ends, first, after)
    within["stretch"] = within.index
    until = np.minimum(within["ends_on"] - _DAY, within["last_day"])
    since = np.maximum(within["starts_on"], within["first_day"])
    dated = within[["stretch", "recipient_id"]].assign(since=since, until=until)
    known = dated.merge(lived, on="recipient_id")
    known = known[(known["starts_on"] <= known["until"]) & (known["ends_on"] > known["since"])]
    known = known[["stretch", "unit"]].rename(columns={"unit": "home"})
    each = within.merge(known, on="stretch", how="left").fillna({"home": ""})
    sliced = _with_settled(each, moved).merge(frames["members"], on="service")
    people = sliced[[*_SLICE, "recipient_id", *_HOME]].drop_duplicates()
    by_person = people.groupby([*_SLICE, "recipient_id"], sort=False)
    return people.assign(homes=by_person["home"].transform("size"))


def _one_home(lives: pd.DataFrame) -> pd.DataFrame:
    one = lives[lives["homes"] == 1].groupby([*_SLICE, *_HOME], sort=False)
    return one.size().reset_index(name="value").assign(measure="unique_in_month")


def _several_homes(lives: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    several = lives[lives["homes"] > 1].assign(measure="unique_in_month", value=1)
    return _placed(several, frames).drop_duplicates([*_FIGURE, "recipient_id"])


def _placed(rows: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    then = rows.merge(frames["places_then"], on=["month", "home"]).assign(geography="then")
    now = rows.merge(frames["places_now"], on=_HOME).assign(geography="now")
    return pd.concat([then, now])


def _with_settled(rows: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    joined = rows.merge(moved, on=["recipient_id", "home"], how="left")
    return joined.fillna({"settled": ""})


def _spread(
    spans: pd.DataFrame, ends: pd.DataFrame, first: np.ndarray, after: np.ndarray
) -> pd.DataFrame:
    """Each span once for each month from the ``first`` until the ``after``-th."""
    count = np.maximum(after - first, 0)
    begun = np.repeat(np.cumsum(count) - count, count)
    place = np.arange(count.sum()) - begun + np.repeat(first, count)
    spread = spans.reset_index(drop=True)
    spread = spread.loc[spread.index.repeat(count)].reset_index(drop=True)
    return spread.join(ends.loc[place].reset_index(drop=True))
