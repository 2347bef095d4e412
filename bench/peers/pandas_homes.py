"""Where a recipient lives, one unit at a time, in pandas; see ``queries/homes.sql``."""

import pandas as pd

from bench.peers.pandas_spells import Frames, closed


def homes(frames: Frames) -> pd.DataFrame:
    """Units of recipients without overlaps."""
    units = frames["units"]
    level = units["level"].map({"municipality": 0, "district": 1, "part_district": 2})
    fine = level.groupby(units["code"]).max()
    stays = closed(frames["residences"])
    stays["fine"] = -stays["unit"].map(fine).fillna(-1)
    stays["begun"] = -stays["starts_on"].astype("int64")
    return foremost(stays, by="recipient_id", order=["fine", "begun", "unit"], keep=["unit"])


def foremost(spans: pd.DataFrame, *, by: str, order: list[str], keep: list[str]) -> pd.DataFrame:
    """One at a time: between two boundaries the first in order of those that hold."""
    days = [spans[[by, c]].set_axis([by, "piece"], axis=1) for c in ("starts_on", "ends_on")]
    pieces = pd.concat(days).drop_duplicates().sort_values([by, "piece"])
    pieces["until"] = pieces.groupby(by)["piece"].shift(-1)
    covering = pieces.dropna().merge(spans, on=by)
    covering = covering[
        (covering["starts_on"] <= covering["piece"]) & (covering["ends_on"] >= covering["until"])
    ]
    first = covering.sort_values([by, "piece", *order]).drop_duplicates([by, "piece"])
    chosen = first[[by, *keep]]
    return chosen.assign(starts_on=first["piece"], ends_on=first["until"])
