"""What is known of recipients beside their vedtak: need, reablement and stays."""

from typing import Any

import numpy as np

from bench.data.people import AFTER, NONE, Columns, People, stacked

_NEEDS = np.array(["low", "medium", "high", ""], dtype="U6")


def assessments(who: People, rng: np.random.Generator) -> Columns:
    """Most are assessed when they come, and again after a year or two; some never are."""
    index = np.flatnonzero(rng.random(len(who.id)) < 0.85)
    day = who.begin[index] + rng.integers(-10, 20, len(index))
    parts = []
    while len(index):
        parts.append({"recipient_id": who.id[index], "assessed_on": day})
        again = rng.random(len(index)) < 0.8
        index, day = index[again], day[again] + rng.integers(150, 800, again.sum())
        lasts = day < np.minimum(who.end[index], AFTER)
        index, day = index[lasts], day[lasts]
    told = stacked(parts)
    need = rng.choice(4, len(told["assessed_on"]), p=(0.4, 0.34, 0.2, 0.06))
    return told | {"need_group": _NEEDS[need]}


def reablement(who: People, rng: np.random.Generator) -> Columns:
    """An eighth are trained for four to eight weeks in their first months."""
    index = np.flatnonzero(rng.random(len(who.id)) < 0.125)
    starts = who.begin[index] + rng.integers(-20, 60, len(index))
    return _spans(who, index, starts, starts + rng.integers(28, 57, len(index)))


def stays(who: People, rng: np.random.Generator) -> Columns:
    """In hospital or for a short while, now and then; for good, some at the end."""
    parts = []
    for kind, share, longest in (("hospital", 0.3, 15), ("hospital", 0.1, 15), ("short", 0.12, 40)):
        index = np.flatnonzero(rng.random(len(who.id)) < share)
        starts = rng.integers(who.begin[index], who.end[index])
        ends = starts + rng.integers(1, longest, len(index))
        parts.append(_spans(who, index, starts, ends) | _of_kind(kind, len(index)))
    index = np.flatnonzero((rng.random(len(who.id)) < 0.12) & (who.end < AFTER - 30))
    starts = who.end[index] - rng.integers(0, 60, len(index))
    ends = starts + rng.integers(100, 900, len(index))
    ends = np.where(ends < AFTER, ends, NONE)
    parts.append(_spans(who, index, starts, ends) | _of_kind("long", len(index)))
    rows = stacked(parts)
    return rows | {"stay_id": np.char.add("S", np.arange(len(rows["kind"])).astype("U9"))}


def _spans(who: People, index: Any, starts: Any, ends: Any) -> Columns:
    return {"recipient_id": who.id[index], "starts_on": starts, "ends_on": ends}


def _of_kind(kind: str, count: int) -> Columns:
    return {"kind": np.full(count, kind, dtype="U8")}
